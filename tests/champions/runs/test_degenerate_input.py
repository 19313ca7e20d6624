"""Bad or thin input: a clear statement each time, and never a list that only looks like one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from activity.models import ActivityEvent, Outcome, OutcomeCredit
from champions.models import Score
from champions.runs.operations import compute_run
from champions.scores.unknown_words import of_person, of_run
from champions.scoring.parameters import Parameters
from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast

NOTHING = "No list is better than a wrong one"


def did(person, number, *, days=5, won=0, target=None, reply_to=None, kind="accepted"):
    """`person` answers `number` times, `won` of them with an outcome."""
    for place in range(number):
        event = ActivityEvent(
            source="desk",
            external_id=f"{person.id}-{days}-{place}",
            at=NOW - timedelta(days=days, minutes=place),
            employee_id=person.id,
            target_id=target,
            verb="answer",
            channel="desk",
            in_reply_to=reply_to,
        )
        db.session.add(event)
        db.session.flush()
        if place < won:
            outcome = Outcome(source="desk", external_id=f"o{event.id}", at=event.at, kind=kind, value=1.0)
            db.session.add(outcome)
            db.session.flush()
            db.session.add(OutcomeCredit(outcome_id=outcome.id, employee_id=person.id, event_id=event.id))
    db.session.flush()


def scored(**changed):
    run = compute_run(
        as_of=NOW,
        parameters=Parameters(**changed),
        created_by_id=None,
        at=NOW,
        progress=lambda done, total, message: None,
    )
    db.session.commit()
    return run


def no_events(cast: Cast):
    return "there is no activity to look at"


def nobody_active(cast: Cast):
    for person in (cast.amara, cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10, days=500, won=5)
    return "nobody did anything in the last 365 days"


def no_outcomes(cast: Cast):
    for person in (cast.amara, cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10)
    return "there are no outcomes that count"


def only_attention(cast: Cast):
    for person in (cast.amara, cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10, won=5, kind="post_likes")
    return "there are no outcomes that count"


def one_person(cast: Cast):
    did(cast.amara, 40, won=30)
    return "1 person is too few to compare"


def few_outcomes(cast: Cast):
    for person in (cast.amara, cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10, won=1)
    return "there are too few outcomes"


def all_tied(cast: Cast):
    for person in (cast.amara, cast.otto, cast.ben, cast.dev):
        did(person, 10, won=4)
    for person in (cast.petra, cast.rafa, cast.sunniva):
        did(person, 10, won=4)
    return "everybody stands alike"


CASES = [no_events, nobody_active, no_outcomes, only_attention, one_person, few_outcomes, all_tied]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_thin_input_names_nobody_and_says_why(cast, client_of, case):
    said = case(cast)
    scored()
    text = client_of(cast.petra).get("/shortlist").text
    assert NOTHING in text
    assert said in text
    assert "Not enough evidence to name anyone: needs" in text
    assert not db.session.scalars(select(Score.employee_id).where(Score.band != "not_shown")).all()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_other_pages_stand_such_input_too(cast, client_of, case):
    case(cast)
    run = scored()
    client = client_of(cast.petra)
    for address in ("/what-if", "/looking-back", "/runs", f"/runs/{run.id}", "/shortlist.csv"):
        assert client.get(address).status_code == 200, address
    assert client_of(cast.amara).get("/my-score").status_code == 200


def test_everybody_new_is_said_beside_each(cast, client_of):
    for person, won in ((cast.amara, 18), (cast.otto, 3), (cast.ben, 3), (cast.carla, 2), (cast.tomas, 3)):
        did(person, 20, won=won, days=12)
    scored()
    text = client_of(cast.petra).get("/shortlist").text
    assert "New: 1 month of evidence" in text


def test_a_window_without_events_names_nobody(cast, client_of):
    for person in (cast.amara, cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10, days=300, won=5)
    scored(window_days=60)
    assert NOTHING in client_of(cast.petra).get("/shortlist").text


def test_what_people_did_who_left_names_nobody_and_is_counted(cast, client_of):
    did(cast.lena, 40, won=30)
    for person in (cast.amara, cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10, won=3 if person is not cast.amara else 8)
    run = scored()
    assert db.session.get(Score, (run.id, cast.lena.id)) is None
    assert run.card["events"]["by_nobody_scored"] == 40
    assert "by people who have left" in client_of(cast.petra).get("/shortlist").text


def test_clocks_that_disagree_are_said(cast):
    did(cast.ben, 1, days=3)
    question = db.session.scalars(select(ActivityEvent)).one()
    for person in (cast.amara, cast.otto, cast.carla, cast.tomas):
        did(person, 3, days=6, won=3, reply_to=question.external_id)
    run = scored()
    assert run.card["events"]["before_their_question"] == 12
    assert any("clocks of two systems disagree" in sentence for sentence in of_run(run.card))


def test_somebody_who_moved_to_another_team_is_one_person(cast):
    did(cast.amara, 20, won=15)
    for person in (cast.otto, cast.ben, cast.carla, cast.tomas):
        did(person, 10, won=2)
    db.session.get_one(Employee, cast.amara.id).team_id = cast.sales
    run = scored()
    rows = db.session.scalars(select(Score).where(Score.run_id == run.id, Score.employee_id == cast.amara.id)).all()
    assert len(rows) == 1


def test_what_is_not_known_about_a_person_is_short():
    assert of_person({"own": 40, "days": 400, "not_stated": 0}, team="Care", languages="en") == []
    said = of_person({"own": 40, "days": 100, "not_stated": 30}, team="", languages="")
    assert said == [
        "New: 3 months of evidence",
        "75 in 100 events do not say if reach was paid",
        "The directory states no team and no language",
    ]
    assert of_person({}, team="Care", languages="en") == []


def test_the_list_is_narrowed_by_channel_and_by_decision(cast, run, client_of):
    client = client_of(cast.petra)
    assert cast.amara.name in client.get("/shortlist?channel=forum").text
    assert "Nobody in the bands fits" in client.get("/shortlist?channel=nowhere").text
    assert cast.amara.name in client.get("/shortlist?decision=open").text
    assert "Nobody in the bands fits" in client.get("/shortlist?decision=champion").text
