"""Contests: everybody may say that a score is wrong, and somebody with fresh eyes answers with reasons."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.contests import operations as contests
from champions.contests.models import ContestKind, ContestResult, ScoreContest
from champions.nominations import operations as nomination_operations
from db import db
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW

TEXT = "The answer of 3 January was taken up, and nobody noted it."
WHY = "The forum shows it: it was accepted on 4 January."


def opened(cast, run, kind=ContestKind.FACT):
    return contests.open_contest(cast.amara.id, run_id=run.id, kind=kind, text=TEXT, actor_id=cast.amara.id, at=NOW)


def test_a_contest_is_answered_within_fourteen_days_with_reasons(cast, run):
    row = opened(cast, run)
    assert row.due_at == NOW + timedelta(days=14)
    contests.answer(row, result=ContestResult.CHANGED, text=WHY, actor_id=cast.rafa.id, at=NOW)
    assert (row.state, row.result, row.answered_by_id) == ("answered", "changed", cast.rafa.id)


def test_both_steps_stand_in_the_trail_without_the_words(cast, run):
    contests.answer(opened(cast, run), result=ContestResult.STANDS, text=WHY, actor_id=cast.rafa.id, at=NOW)
    query = select(audit.AuditEntry).where(audit.AuditEntry.subject_id == cast.amara.id).order_by(audit.AuditEntry.id)
    entries = db.session.scalars(query).all()
    assert [entry.verb for entry in entries] == ["contested", "contest answered"]
    assert not any(TEXT in str(entry.detail) or WHY in str(entry.detail) for entry in entries)


def test_only_the_person_contests(cast, run):
    with pytest.raises(RefusedError, match="Only the person"):
        contests.open_contest(
            cast.amara.id, run_id=run.id, kind=ContestKind.FACT, text=TEXT, actor_id=cast.ben.id, at=NOW
        )


def test_one_of_a_kind_waits_at_a_time(cast, run):
    opened(cast, run)
    opened(cast, run, ContestKind.REVIEW)
    with pytest.raises(RefusedError, match="already"):
        opened(cast, run)


def test_it_needs_words(cast, run):
    with pytest.raises(RefusedError, match="what is wrong"):
        contests.open_contest(
            cast.amara.id, run_id=run.id, kind=ContestKind.FACT, text="  no  ", actor_id=cast.amara.id, at=NOW
        )
    with pytest.raises(RefusedError, match="reasons"):
        contests.answer(opened(cast, run), result=ContestResult.STANDS, text="no", actor_id=cast.rafa.id, at=NOW)


def test_nobody_answers_about_themselves(cast, run):
    with pytest.raises(RefusedError, match="yourself"):
        contests.answer(opened(cast, run), result=ContestResult.STANDS, text=WHY, actor_id=cast.amara.id, at=NOW)


def test_nothing_is_answered_twice(cast, run):
    row = opened(cast, run)
    contests.answer(row, result=ContestResult.STANDS, text=WHY, actor_id=cast.rafa.id, at=NOW)
    with pytest.raises(RefusedError, match="already"):
        contests.answer(row, result=ContestResult.CHANGED, text=WHY, actor_id=cast.sunniva.id, at=NOW)


def test_who_proposed_or_decided_does_not_answer(cast, run):
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = nomination_operations.propose(amara, run_id=run.id, reason=WHY, actor_id=cast.petra.id, at=NOW)
    nomination_operations.answer(nomination, accepts=True, actor_id=cast.amara.id, at=NOW)
    nomination_operations.decide(nomination, approves=True, reason=WHY, actor_id=cast.rafa.id, at=NOW)
    row = opened(cast, run)
    for actor in (cast.petra, cast.rafa):
        with pytest.raises(RefusedError, match="fresh eyes"):
            contests.answer(row, result=ContestResult.STANDS, text=WHY, actor_id=actor.id, at=NOW)
    contests.answer(row, result=ContestResult.STANDS, text=WHY, actor_id=cast.sunniva.id, at=NOW)


def test_who_answered_once_does_not_answer_the_next(cast, run):
    contests.answer(opened(cast, run), result=ContestResult.STANDS, text=WHY, actor_id=cast.rafa.id, at=NOW)
    with pytest.raises(RefusedError, match="fresh eyes"):
        contests.answer(opened(cast, run), result=ContestResult.STANDS, text=WHY, actor_id=cast.rafa.id, at=NOW)


def test_from_the_portal_to_the_answer(cast, run, client_of):
    amara, rafa = client_of(cast.amara), client_of(cast.rafa)
    assert amara.post("/my-score/contest", data={"kind": "review", "text": TEXT}).status_code == 302
    number = db.session.scalars(select(ScoreContest.id)).one()
    assert "Under review until" in amara.get("/my-score").text
    assert "Under review until" in rafa.get("/shortlist").text
    assert "Under review until" in rafa.get(f"/scores/{cast.amara.id}").text
    assert TEXT in rafa.get(f"/contests/{number}").text
    assert cast.amara.name in rafa.get("/contests").text
    assert rafa.post(f"/contests/{number}", data={"result": "stands", "text": WHY}).status_code == 302
    assert WHY in amara.get("/my-score/contest").text
    assert "Under review until" not in amara.get("/my-score").text
    assert cast.amara.name in rafa.get("/contests?state=answered").text


def test_what_was_typed_is_kept_when_something_is_missing(cast, run, client_of):
    answer = client_of(cast.amara).post("/my-score/contest", data={"text": TEXT})
    assert answer.status_code == 422
    assert TEXT in answer.text
    assert db.session.scalar(select(ScoreContest.id)) is None


def test_an_answer_past_its_deadline_is_marked(cast, run, client_of):
    opened(cast, run).due_at = NOW + timedelta(days=1)
    db.session.commit()
    assert "past the deadline" in client_of(cast.rafa).get("/contests").text


@pytest.mark.parametrize("name", ["ben", "dev", "amara"])
def test_contests_are_read_by_those_who_review_alone(cast, run, client_of, name):
    number = opened(cast, run).id
    db.session.commit()
    client = client_of(getattr(cast, name))
    assert client.get("/contests").status_code == 403
    assert client.post(f"/contests/{number}", data={"result": "stands", "text": WHY}).status_code == 403
    assert db.session.get_one(ScoreContest, number).state == "open"
