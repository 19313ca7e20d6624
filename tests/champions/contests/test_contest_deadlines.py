"""Deadlines of contests: the owner's setting, reminders to those with fresh eyes, and what is late is seen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.contests import operations as contests
from champions.contests.models import ContestKind, ContestResult
from champions.contests.telling import remind
from champions.nominations import operations as nomination_operations
from db import db
from messages.models import Message
from people.models import CompanySetting, Employee
from people.settings.company_settings import choices
from tests.support.cast import NOW

TEXT = "The answer of 3 January was taken up, and nobody noted it."


def opened(cast, run):
    return contests.open_contest(
        cast.amara.id, run_id=run.id, kind=ContestKind.FACT, text=TEXT, actor_id=cast.amara.id, at=NOW
    )


def told(subject):
    query = select(Message.employee_id).where(Message.kind == "contest", Message.subject.contains(subject))
    return set(db.session.scalars(query))


def test_the_owner_sets_the_days(cast, run):
    db.session.add(CompanySetting(name="contest_days", value="5"))
    db.session.flush()
    assert opened(cast, run).due_at == NOW + timedelta(days=5)


@pytest.mark.parametrize("text", ["", "two", "2", "61", "-3", "7.5"])
def test_days_that_make_no_sense_are_refused(app, text):
    choice = next(one for one in choices() if one.name == "contest_days")
    with pytest.raises(ValueError, match="whole number of days"):
        choice.check(text)
    assert choice.check(" 21 ") == "21"


def test_those_with_fresh_eyes_are_told_and_reminded_and_owners_when_it_is_late(cast, run):
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = nomination_operations.propose(amara, run_id=run.id, reason=TEXT, actor_id=cast.petra.id, at=NOW)
    nomination_operations.withdraw(nomination, actor_id=cast.petra.id, at=NOW)
    row = opened(cast, run)
    fresh = {cast.rafa.id, cast.sunniva.id}  # petra proposed amara
    assert told("A score is contested") == fresh
    assert remind(NOW) == 0
    assert remind(row.due_at - timedelta(days=1)) == 2
    assert told("due soon") == fresh
    assert remind(row.due_at - timedelta(hours=1)) == 0
    assert remind(row.due_at + timedelta(hours=1)) == 3
    assert told("past its deadline") == fresh | {cast.petra.id}


def test_whose_score_it_is_is_told_of_the_answer(cast, run):
    row = opened(cast, run)
    contests.answer(row, result=ContestResult.STANDS, text=TEXT, actor_id=cast.rafa.id, at=NOW)
    assert told("is answered") == {cast.amara.id}
    assert remind(row.due_at + timedelta(days=1)) == 0


def test_owners_are_told_when_nobody_has_fresh_eyes(cast, run):
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = nomination_operations.propose(amara, run_id=run.id, reason=TEXT, actor_id=cast.petra.id, at=NOW)
    nomination_operations.answer(nomination, accepts=True, actor_id=cast.amara.id, at=NOW)
    for decider in (cast.rafa, cast.sunniva):
        nomination_operations.decide(nomination, approves=True, reason=TEXT, actor_id=decider.id, at=NOW)
    opened(cast, run)
    assert told("Nobody with fresh eyes") == {cast.petra.id}


def test_a_late_contest_is_seen_on_the_shortlist(cast, run, client_of):
    opened(cast, run).due_at = NOW + timedelta(days=1)
    db.session.commit()
    assert "One contest is past the deadline" in client_of(cast.petra).get("/shortlist").text
