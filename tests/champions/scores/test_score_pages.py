"""The shortlist and the pages about scores: who may look, what they see, and that every look is noted."""

import pytest
from sqlalchemy import func, select

from champions.models import Nomination, Score, ScoreView
from champions.nominations import operations as nomination_operations
from champions.runs.operations import compute_run
from champions.scores import opting
from champions.scoring.parameters import Parameters
from db import db
from people.auditing import audit
from people.models import Employee
from tests.support.cast import NOW

REASON = "Her answers are taken up, again and again."


def test_the_shortlist_names_the_few_and_nobody_else(cast, run, client_of):
    text = client_of(cast.petra).get("/shortlist").text
    assert cast.amara.name in text
    assert cast.ben.name not in text
    assert "Crowd 7" not in text


@pytest.mark.parametrize("name", ["ben", "amara", "dev"])
def test_the_shortlist_is_for_those_who_decide(cast, run, client_of, name):
    client = client_of(getattr(cast, name))
    assert client.get("/shortlist").status_code == 403
    assert client.get("/shortlist.csv").status_code == 403
    assert client.get(f"/scores/{cast.amara.id}").status_code == 403


def test_one_sees_ones_own_score_and_who_looked(cast, run, client_of):
    client_of(cast.petra).get(f"/scores/{cast.amara.id}")
    text = client_of(cast.amara).get("/my-score").text
    assert "You are" in text
    assert cast.petra.name in text


def test_a_look_is_noted_once_a_day_in_the_trail_too(cast, run, client_of):
    client = client_of(cast.rafa)
    for _ in range(3):
        assert client.get(f"/scores/{cast.amara.id}").status_code == 200
    looks = select(func.count()).where(ScoreView.viewer_id == cast.rafa.id, ScoreView.employee_id == cast.amara.id)
    assert db.session.scalar(looks) == 1


def test_the_parts_add_up_to_the_score(cast, run):
    for score in db.session.scalars(select(Score)):
        assert sum(score.parts.values()) == pytest.approx(score.value, abs=1e-9)


def test_a_run_stores_a_range_around_each_score(cast, run):
    rows = db.session.scalars(select(Score).where(Score.run_id == run.id)).all()
    assert len(rows) == run.people
    assert all(row.lower <= row.value <= row.upper for row in rows)


def test_who_leaves_the_scoring_vanishes_at_once(cast, run, client_of):
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = nomination_operations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    assert client_of(cast.amara).post("/my-score/leave").status_code == 302
    assert cast.amara.name not in client_of(cast.petra).get("/shortlist").text
    assert client_of(cast.petra).get(f"/scores/{cast.amara.id}").status_code == 404
    assert "You take no part in the scoring" in client_of(cast.amara).get("/my-score").text
    assert db.session.get_one(Nomination, nomination.id).state == "withdrawn"


def test_who_left_is_not_scored_in_the_next_run(cast, run):
    opting.opt_out(cast.amara.id, at=NOW)
    later = compute_run(as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda *news: None)
    assert db.session.get(Score, (later.id, cast.amara.id)) is None
    assert later.people == run.people - 1


def test_nominating_asks_the_person(cast, run, client_of):
    answer = client_of(cast.petra).post(f"/scores/{cast.amara.id}/nominate", data={"reason": REASON})
    assert answer.status_code == 302
    number = db.session.scalar(select(Nomination.id))
    page = client_of(cast.amara).get(f"/nominations/{number}/answer")
    assert REASON in page.text
    client_of(cast.amara).post(f"/nominations/{number}/answer", data={"answer": "yes"})
    assert db.session.get_one(Nomination, number).state == "accepted"


def test_a_reason_that_is_too_short_is_said_beside_the_field_and_kept(cast, run, client_of):
    answer = client_of(cast.petra).post(f"/scores/{cast.amara.id}/nominate", data={"reason": "good"})
    assert answer.status_code == 422
    assert "at least ten characters" in answer.text
    assert ">good</textarea>" in answer.text.replace("\r\n", "").replace("\n", "")
    assert db.session.scalar(select(Nomination.id)) is None


def test_somebody_elses_question_does_not_exist_for_me(cast, run, client_of):
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = nomination_operations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    assert client_of(cast.ben).get(f"/nominations/{nomination.id}/answer").status_code == 404
    assert client_of(cast.ben).post(f"/nominations/{nomination.id}/answer", data={"answer": "no"}).status_code == 404


def test_pages_keep_to_their_statements(cast, run, client_of, statements):
    audit.append(audit.Verb.TEAM_CHANGED, actor_id=None, subject_id=None, at=NOW)  # the trail has begun
    db.session.commit()
    for person, address in (
        (cast.rafa, f"/scores/{cast.amara.id}"),  # a first look: it is noted
        (cast.petra, "/shortlist"),
        (cast.petra, f"/scores/{cast.amara.id}"),
        (cast.amara, "/my-score"),
        (cast.petra, "/runs"),
        (cast.petra, f"/runs/{run.id}"),
    ):
        client = client_of(person)
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, (address, str(sent))


def test_the_few_as_csv_hold_no_formula(cast, run, client_of):
    amara = db.session.get_one(Employee, cast.amara.id)
    amara.name = "=cmd()"
    db.session.commit()
    text = client_of(cast.petra).get("/shortlist.csv").text
    assert "'=cmd()" in text


def test_before_the_first_run_the_pages_say_so(cast, client_of):
    assert "There is no scoring run yet" in client_of(cast.petra).get("/shortlist").text
    assert "Nothing has been scored yet" in client_of(cast.ben).get("/my-score").text


def test_what_the_score_says_is_told_on_one_page_without_a_formula(cast, run, client_of):
    client = client_of(cast.ben)
    assert 'href="/my-score/about"' in client.get("/my-score").text
    text = client.get("/my-score/about").text
    for words in ("What never counts.", "How sure it is.", "If you are new or work part-time.", "What you can do."):
        assert f"<strong>{words}</strong>" in text
    assert "scoring.md" not in text
    assert " = " not in text[text.index("<article") : text.index("</article>")]
