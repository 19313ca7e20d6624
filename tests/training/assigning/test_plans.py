"""Who teaches whom: proposed with reasons, published by a person, taken back within a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db import db
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.taught import active_people, everybody_speaks, make_champions, make_course
from training.assigning import operations as plan_operations
from training.assigning.models import Assignment, Plan, PlanPair, PlanState
from training.enrolment_models import Enrolment


@pytest.fixture
def course(cast):
    make_champions(cast, cast.amara, cast.otto)
    everybody_speaks("pt;en")
    return make_course()


def computed(course, cast, at=NOW):
    plan = plan_operations.ask(course.id, actor_id=cast.petra.id, at=at)
    plan_operations.compute(plan, at=at, progress=lambda *news: None)
    db.session.commit()
    return db.session.get_one(Plan, plan.id, populate_existing=True)


def live_pairs():
    query = select(Assignment.learner_id, Assignment.trainer_id).where(Assignment.ends_at.is_(None))
    return dict(db.session.execute(query).all())


def test_everybody_who_is_no_champion_is_asked_for(course, cast):
    plan = computed(course, cast)
    rows = set(db.session.scalars(select(PlanPair.learner_id).where(PlanPair.plan_id == plan.id)))
    assert rows == active_people() - {cast.amara.id, cast.otto.id}


def test_nobody_is_paired_within_one_line_of_management(course, cast):
    plan = computed(course, cast)
    dev = db.session.execute(select(PlanPair).where(PlanPair.learner_id == cast.dev.id)).scalar_one()
    assert plan.state == PlanState.READY
    assert dev.trainer_id is None  # both trainers report to dev
    assert "line of management" in dev.reason
    assert dev.cure


def test_every_pair_has_its_reason_in_words(course, cast):
    plan = computed(course, cast)
    pairs = db.session.scalars(select(PlanPair).where(PlanPair.plan_id == plan.id, PlanPair.trainer_id.is_not(None)))
    assert all(pair.reason and pair.told for pair in pairs)


def test_nothing_changes_before_a_person_publishes(course, cast):
    computed(course, cast)
    assert live_pairs() == {}
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_publishing_pairs_enrols_and_is_in_the_audit_trail(course, cast):
    plan = computed(course, cast)
    number = plan_operations.publish(plan, actor_id=cast.petra.id, at=NOW)
    assert number == plan.summary["pairs"] == len(live_pairs())
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == number
    assert cast.ben.id in live_pairs()
    verbs = db.session.scalars(select(audit.AuditEntry.verb).where(audit.AuditEntry.subject_id == cast.ben.id))
    assert "assigned" in set(verbs)
    assert audit.verify() is None


def test_a_proposal_is_published_once(course, cast):
    plan = computed(course, cast)
    plan_operations.publish(plan, actor_id=cast.petra.id, at=NOW)
    with pytest.raises(RefusedError, match="published"):
        plan_operations.publish(plan, actor_id=cast.petra.id, at=NOW)


def test_of_two_owners_who_publish_the_second_is_told(course, cast):
    first, second = computed(course, cast), computed(course, cast)
    plan_operations.publish(first, actor_id=cast.petra.id, at=NOW + timedelta(minutes=1))
    with pytest.raises(RefusedError, match="Another proposal"):
        plan_operations.publish(second, actor_id=cast.petra.id, at=NOW + timedelta(minutes=2))


def test_taking_back_restores_the_pairs_before(course, cast):
    first = computed(course, cast)
    plan_operations.publish(first, actor_id=cast.petra.id, at=NOW)
    before = live_pairs()
    later = NOW + timedelta(days=30)
    everybody_speaks("pt;en")
    db.session.get_one(Employee, cast.amara.id).site = "Elsewhere"
    second = computed(course, cast, later)
    plan_operations.publish(second, actor_id=cast.petra.id, at=later)
    plan_operations.undo(second, actor_id=cast.petra.id, at=later + timedelta(hours=3))
    assert live_pairs() == before
    assert second.state == PlanState.UNDONE


def test_after_a_day_it_is_too_late_to_take_back(course, cast):
    plan = computed(course, cast)
    plan_operations.publish(plan, actor_id=cast.petra.id, at=NOW)
    with pytest.raises(RefusedError, match="more than a day"):
        plan_operations.undo(plan, actor_id=cast.petra.id, at=NOW + timedelta(hours=25))


def test_a_new_proposal_keeps_present_pairs(course, cast):
    plan_operations.publish(computed(course, cast), actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    again = computed(course, cast, NOW + timedelta(days=1))
    assert again.summary["keeps"] == again.summary["pairs"]


def test_without_any_champion_everybody_is_left_over_and_told_why(cast):
    everybody_speaks("en")
    course = make_course()
    plan = computed(course, cast)
    assert plan.summary["pairs"] == 0
    reasons = set(db.session.scalars(select(PlanPair.reason).where(PlanPair.plan_id == plan.id)))
    assert reasons == {"There is no trainer yet."}


def test_only_the_owner_opens_the_pages(course, cast, client_of):
    plan = computed(course, cast)
    for address in ("/assignments", f"/assignments/{plan.id}"):
        assert client_of(cast.petra).get(address).status_code == 200
        assert client_of(cast.amara).get(address).status_code == 403
    assert client_of(cast.petra).get("/assignments/9999").status_code == 404
    assert client_of(cast.rafa).post(f"/assignments/{plan.id}/publish").status_code == 403
    assert live_pairs() == {}


def test_the_owner_publishes_and_takes_back_on_the_page(course, cast, client_of):
    plan = computed(course, cast)
    client = client_of(cast.petra)
    client.post(f"/assignments/{plan.id}/publish")
    assert len(live_pairs()) == plan.summary["pairs"]
    client.post(f"/assignments/{plan.id}/undo")
    assert live_pairs() == {}


def test_the_pages_keep_to_their_statements(course, cast, client_of, statements):
    plan = computed(course, cast)
    client = client_of(cast.petra)
    for address in ("/assignments", f"/assignments/{plan.id}"):
        with statements() as sent:
            client.get(address)
        assert len(sent) <= 12, (address, str(sent))


def test_publishing_costs_the_same_statements_whatever_the_number(course, cast, statements):
    plan = computed(course, cast)
    with statements() as sent:
        plan_operations.publish(plan, actor_id=cast.petra.id, at=NOW)
    assert len(sent) <= 16, str(sent)


def test_where_the_directory_states_no_language_the_rule_keeps_nobody_apart(cast, client_of):
    everybody_speaks("")
    make_champions(cast, cast.amara, cast.otto)
    plan = plan_operations.begin(make_course().id, actor_id=cast.petra.id, at=NOW)
    plan_operations.compute(plan, at=NOW, progress=lambda done, total, message: None)
    db.session.commit()
    assert plan.summary["pairs"] > 0
    page = client_of(cast.petra).get(f"/assignments/{plan.id}").text
    assert "No language is stated in the directory" in page
    assert "Every pair shares a language" not in page
