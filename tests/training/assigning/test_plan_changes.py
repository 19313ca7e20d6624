"""What a proposal changes against now: kept, moved, new, lost and ended, each with why, and what publishing does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.models import Champion
from db import db
from messages.kinds import Kind
from messages.models import Message
from people.models import Employee
from tests.support.cast import NOW
from tests.support.planned import approve, computed_plan, live_pairs, published_plan, row_of
from tests.support.taught import everybody_speaks, make_champions, make_course
from training.assigning import operations as plan_operations
from training.assigning.models import PairChange, PlanPair
from training.trainers import operations as trainer_operations

LATER = NOW + timedelta(days=3)


@pytest.fixture
def course(cast):
    make_champions(cast, cast.amara, cast.otto, capacity=100)
    everybody_speaks("pt;en")
    return make_course()


def leave(person):
    db.session.get_one(Employee, person.id).deactivated_at = LATER
    db.session.flush()


def test_the_first_pairs_are_new(course, cast):
    plan = computed_plan(course.id, cast)
    kinds = set(db.session.scalars(select(PlanPair.change).where(PlanPair.plan_id == plan.id)))
    assert kinds == {PairChange.JOIN, ""}  # "": dev, who had nobody and gets nobody


def test_a_second_contact_has_its_reason(course, cast):
    plan = computed_plan(course.id, cast)
    ben = row_of(plan, cast.ben.id)
    assert {ben.trainer_id, ben.second_id} == {cast.amara.id, cast.otto.id}
    assert ben.second_reason
    published = published_plan(course.id, cast, LATER)
    assert "second contact already" not in ben.second_reason
    again = computed_plan(course.id, cast, LATER + timedelta(days=1))
    assert "Is the second contact already." in row_of(again, cast.ben.id).second_reason
    assert published.summary["seconds"] > 0


def test_of_a_trainer_who_leaves_every_learner_moves_and_is_told_why(course, cast):
    published_plan(course.id, cast)
    mine = [learner for learner, trainer in live_pairs().items() if trainer == cast.amara.id]
    leave(cast.amara)
    plan = computed_plan(course.id, cast, LATER)
    for learner in mine:
        row = row_of(plan, learner)
        assert (row.change, row.trainer_id, row.before_id) == (PairChange.MOVE, cast.otto.id, cast.amara.id)
        assert row.because.endswith("teaches no longer, or has not agreed to.")
    assert live_pairs()[mine[0]] == cast.amara.id  # nothing changes before it is published
    plan_operations.publish(plan, actor_id=cast.petra.id, at=LATER)
    assert set(live_pairs().values()) == {cast.otto.id}


def test_whoever_no_rule_allows_any_more_is_left_without_until_the_next_plan(course, cast):
    published_plan(course.id, cast)
    for trainer in (cast.amara, cast.otto):
        trainer_operations.keep_apart(cast.ben.id, trainer.id, "A complaint is open.", actor_id=cast.petra.id, at=LATER)
    plan = computed_plan(course.id, cast, LATER)
    row = row_of(plan, cast.ben.id)
    assert (row.change, row.trainer_id, row.because) == (PairChange.LOSE, None, "The two are kept apart now.")
    plan_operations.publish(plan, actor_id=cast.petra.id, at=LATER)
    assert cast.ben.id not in live_pairs()


def test_the_pair_of_a_learner_who_leaves_ends_with_the_plan_and_comes_back_with_undoing(course, cast):
    published_plan(course.id, cast)
    before = live_pairs()
    leave(cast.ben)
    plan = computed_plan(course.id, cast, LATER)
    assert row_of(plan, cast.ben.id).because == "The learner has left the company."
    plan_operations.publish(plan, actor_id=cast.petra.id, at=LATER)
    assert cast.ben.id not in live_pairs()
    plan_operations.undo(plan, actor_id=cast.petra.id, at=LATER)
    assert live_pairs() == before


def test_a_learner_who_becomes_a_trainer_is_asked_no_more(course, cast):
    published_plan(course.id, cast)
    approve(cast, cast.carla)
    plan = computed_plan(course.id, cast, LATER)
    assert row_of(plan, cast.carla.id).because == "The learner has become a trainer."
    plan_operations.publish(plan, actor_id=cast.petra.id, at=LATER)
    assert cast.carla.id not in live_pairs()


def test_fewer_places_move_as_few_as_must(course, cast):
    published_plan(course.id, cast)
    load = list(live_pairs().values()).count(cast.amara.id)
    assert load > 1
    champion = db.session.scalars(select(Champion).where(Champion.employee_id == cast.amara.id)).one()
    champion.capacity = load - 1
    plan = computed_plan(course.id, cast, LATER)
    assert plan.summary["moves"] == 1
    [moved] = db.session.scalars(
        select(PlanPair).where(PlanPair.plan_id == plan.id, PlanPair.change == PairChange.MOVE)
    ).all()
    assert "more learners than places" in moved.because


def test_the_page_says_who_moves_why_and_that_it_is_the_best(course, cast, client_of):
    published_plan(course.id, cast)
    leave(cast.amara)
    plan = computed_plan(course.id, cast, LATER)
    page = client_of(cast.petra).get(f"/assignments/{plan.id}").text
    assert "teaches no longer, or has not agreed to." in page
    assert "No other choice under these rules and settings" in page
    assert "Share of present pairs that end" in page
    assert "As now" not in page
    assert "At least" in page  # the floors of sites and languages


def test_the_page_names_trainers_who_get_nobody(course, cast, client_of):
    trainer_operations.pause(cast.amara.id, NOW.date(), NOW.date(), actor_id=cast.amara.id, at=NOW)
    plan = computed_plan(course.id, cast)
    assert f"{cast.amara.name} gets no new learners: has a pause now." in client_of(cast.petra).get(
        f"/assignments/{plan.id}"
    ).text.replace("\n", " ")


def test_the_pages_keep_to_their_statements(course, cast, client_of, statements):
    published_plan(course.id, cast)
    leave(cast.amara)
    plan = computed_plan(course.id, cast, LATER)
    client = client_of(cast.petra)
    for address in (f"/assignments/{plan.id}", "/assignments", "/assignments/waves", "/assignments/changes"):
        client.get(address)
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, (address, str(sent))


def test_publishing_tells_learners_and_trainers_and_nobody_before(course, cast, client_of):
    plan = computed_plan(course.id, cast)
    mine = select(Message.employee_id, Message.subject).where(Message.kind == Kind.ASSIGNMENT_CHANGED)
    assert db.session.execute(mine).all() == []
    client_of(cast.petra).post(f"/assignments/{plan.id}/publish")
    told = dict(db.session.execute(mine).all())
    assert told[cast.ben.id] == "You have a new trainer"
    assert told[cast.amara.id] == "Your learners have changed"
    assert cast.dev.id not in told  # left over: not told
    client_of(cast.petra).post(f"/assignments/{plan.id}/undo")
    assert ("A change of trainers was taken back",) in db.session.execute(
        select(Message.subject).where(Message.employee_id == cast.ben.id)
    ).all()
