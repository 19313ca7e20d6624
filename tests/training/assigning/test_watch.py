"""The watch: joiners, leavers, moves, pauses, returns and limits make a proposal that owners are told of. No more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from jobs.running import run_now
from messages.kinds import Kind
from messages.models import Message
from people.auditing import audit
from people.models import Employee
from tests.support.cast import NOW
from tests.support.planned import approve, live_pairs, published_plan
from tests.support.taught import everybody_speaks, make_champions, make_course
from training.assigning import operations as plan_operations
from training.assigning.happenings import What, happened_since, in_words
from training.assigning.models import Plan, PlanState
from training.assigning.watching import look
from training.trainers import operations as trainer_operations
from training.trainers.operations import Teaching

LATER = NOW + timedelta(days=3)


@pytest.fixture
def plan(cast):
    make_champions(cast, cast.amara, cast.otto, capacity=100)
    everybody_speaks("pt;en")
    return published_plan(make_course().id, cast)


def looked(plan, at=LATER):
    found = look(plan.course_id, at=at, progress=lambda *news: None)
    db.session.commit()
    return found


def leave(person):
    db.session.get_one(Employee, person.id).deactivated_at = LATER
    db.session.flush()


def hire(name="Nadia"):
    row = Employee(external_id=name, name=name, languages="pt", time_zone="Europe/Lisbon", created_at=LATER)
    db.session.add(row)
    db.session.flush()
    return row.id


def told():
    mine = select(Message).where(Message.kind == Kind.ASSIGNMENT_CHANGED)
    return db.session.scalars(mine.order_by(Message.id)).all()


def test_where_nothing_happened_nothing_is_proposed(plan, cast):
    assert looked(plan) is None
    assert told() == []


def test_before_the_first_plan_there_is_nothing_to_watch(cast):
    assert look(make_course().id, at=LATER, progress=lambda *news: None) is None


def test_what_happens_makes_one_proposal_and_one_message_to_the_owner(plan, cast):
    new = hire()
    before = live_pairs()
    proposal = looked(plan)
    assert (proposal.state, proposal.created_by_id) == (PlanState.READY, None)
    assert proposal.summary["happened"] == ["1 person has joined."]
    assert proposal.summary["joins"] == 1
    assert [message.employee_id for message in told()] == [cast.petra.id]
    assert "1 person has joined." in told()[0].text
    assert live_pairs() == before
    assert new not in live_pairs()


def test_the_same_is_not_proposed_twice_and_more_takes_the_place_of_less(plan, cast):
    hire()
    first = looked(plan)
    assert looked(plan, LATER + timedelta(hours=1)) is None
    hire("Nora")
    second = looked(plan, LATER + timedelta(hours=2))
    assert db.session.get_one(Plan, first.id).state == PlanState.DISCARDED
    assert second.summary["happened"] == ["2 people have joined."]
    assert len(told()) == 1  # once a day at most


def test_a_proposal_of_the_watch_that_was_put_away_does_not_come_back(plan, cast):
    hire()
    plan_operations.discard(looked(plan))
    assert looked(plan, LATER + timedelta(hours=1)) is None


def test_after_publishing_all_is_quiet_again(plan, cast):
    hire()
    proposal = looked(plan)
    plan_operations.publish(proposal, actor_id=cast.petra.id, at=LATER + timedelta(hours=1))
    assert looked(proposal, LATER + timedelta(hours=2)) is None


def happened(plan, at=LATER):
    return {What(what): ids for what, ids in happened_since(plan, at).items()}


def test_a_learner_who_leaves(plan, cast):
    leave(cast.ben)
    assert happened(plan) == {What.LEFT: [cast.ben.id]}


def test_a_trainer_who_leaves(plan, cast):
    leave(cast.amara)
    assert happened(plan) == {What.TRAINER_GONE: [cast.amara.id]}


def test_a_learner_who_becomes_a_trainer(plan, cast):
    approve(cast, cast.carla)
    assert happened(plan) == {What.BECAME_TRAINER: [cast.carla.id]}


def test_a_pause_and_the_return(plan, cast):
    days = NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=4)
    trainer_operations.pause(cast.amara.id, *days, actor_id=cast.amara.id, at=NOW)
    assert happened(plan) == {What.TRAINER_PAUSED: [cast.amara.id]}
    assert happened(plan, NOW + timedelta(days=5)) == {What.CAME_BACK: [cast.amara.id]}


def test_learners_whom_nobody_else_can_take_stay_with_a_trainer_on_a_pause(plan, cast):
    before = live_pairs()
    for trainer in (cast.amara, cast.otto):
        trainer_operations.pause(trainer.id, LATER.date(), LATER.date(), actor_id=trainer.id, at=NOW)
    proposal = looked(plan)
    assert (proposal.summary["loses"], proposal.summary["held"]) == (0, len(before))
    plan_operations.publish(proposal, actor_id=cast.petra.id, at=LATER)
    assert live_pairs() == before


def test_a_changed_limit_and_one_below_the_load(plan, cast):
    chosen = {"takes_learners": True, "languages": [], "hours": [], "topics": []}
    trainer_operations.set_teaching(
        cast.amara.id, Teaching(places=130, **chosen), ceiling=1000, actor_id=cast.amara.id, at=LATER
    )
    assert happened(plan) == {What.PLACES_CHANGED: [cast.amara.id]}
    trainer_operations.set_teaching(
        cast.amara.id, Teaching(places=0, **chosen), ceiling=1000, actor_id=cast.amara.id, at=LATER
    )
    assert set(happened(plan)) == {What.PLACES_CHANGED, What.OVER_LIMIT}


def test_half_the_company_moves_by_a_directory_import(plan, cast):
    learner, trainer = next(pair for pair in live_pairs().items() if pair[0] == cast.tomas.id)
    everybody = [cast.ben.id, cast.carla.id, cast.tomas.id, cast.rafa.id]
    decisions = [audit.Decision(audit.Verb.TEAM_CHANGED, one, {"from": 1, "to": 2}) for one in everybody]
    audit.append_many(decisions, actor_id=None, at=LATER)
    db.session.get_one(Employee, learner).manager_id = trainer
    found = happened(plan)
    assert found == {What.MOVED: sorted(everybody), What.RULE_BROKEN: [learner]}
    assert in_words({what.value: ids for what, ids in found.items()}) == [
        "1 learner breaks a rule with the present trainer now.",
        "4 people have changed teams.",
    ]
    proposal = looked(plan)
    assert proposal.summary["moves"] == 1


def test_the_job_does_it_and_the_page_says_to_whom(plan, cast, client_of):
    leave(cast.amara)
    hire()
    db.session.commit()
    run_now("training.watch", {}, actor_id=cast.petra.id, at=LATER)
    page = client_of(cast.petra).get("/assignments/changes").text
    assert "Two kinds of things have happened" in page
    assert cast.amara.name in page
    assert "Nadia" in page
    assert "1 trainer teaches no longer" in client_of(cast.petra).get("/assignments").text
    ready = db.session.scalars(select(Plan).where(Plan.state == PlanState.READY)).one()
    assert "because something happened" in client_of(cast.petra).get(f"/assignments/{ready.id}").text


def test_looking_can_be_asked_for(plan, cast, client_of):
    answer = client_of(cast.petra).post("/assignments/changes")
    assert "/jobs/" in answer.headers["Location"]
    assert client_of(cast.amara).post("/assignments/changes").status_code == 403
