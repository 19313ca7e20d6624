"""What trainers set reaches every proposal: limit, agreement, languages, hours, topics, pauses, and the course."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from jobs.models import Job
from people.auditing import audit
from people.models import CompanySetting
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.taught import everybody_speaks, make_champions, make_course
from tests.support.teachers import has_learnt_to_teach, make_course_for_trainers
from training.assigning import operations as plan_operations
from training.assigning.gathering import situation_of
from training.assigning.models import PlanPair
from training.trainers import operations as trainer_operations
from training.trainers.operations import Teaching
from training.trainers.queries import known_trainers, trainer_lines

AS_BEFORE = {"places": 40, "takes_learners": True, "languages": ["pt", "en"], "hours": [], "topics": []}
EVENING = [[18 * 60, 22 * 60]] * 4 + [[9 * 60, 12 * 60], None, None]


@pytest.fixture
def course(cast):
    make_champions(cast, cast.amara, cast.otto)
    everybody_speaks("pt;en")
    return make_course()


def set_teaching(person, ceiling=1000, **changed):
    chosen = Teaching(**{**AS_BEFORE, **changed})
    trainer_operations.set_teaching(person.id, chosen, ceiling=ceiling, actor_id=person.id, at=NOW)


def pairs(course, cast, at=NOW):
    """Trainer of each learner in a new proposal."""
    plan = plan_operations.begin(course.id, actor_id=cast.petra.id, at=at)
    plan_operations.compute(plan, at=at, progress=lambda *news: None)
    query = select(PlanPair.learner_id, PlanPair.trainer_id).where(PlanPair.plan_id == plan.id)
    return dict(db.session.execute(query).all())


def teachers(course, cast, at=NOW):
    return {trainer for trainer in pairs(course, cast, at).values() if trainer is not None}


def test_a_trainer_takes_no_more_than_they_set(course, cast):
    set_teaching(cast.amara, places=1)
    found = list(pairs(course, cast).values())
    assert found.count(cast.amara.id) == 1


def test_nobody_sets_more_than_the_owner_allows(course, cast):
    with pytest.raises(RefusedError, match="25 learners as the most"):
        set_teaching(cast.amara, ceiling=25)


def test_the_owners_limit_holds_for_whoever_set_more_before(course, cast):
    db.session.add(CompanySetting(name="most_learners", value="2"))
    db.session.flush()
    assert set(situation_of(course.id, NOW).trainers.places[:2]) == {2}


def test_who_does_not_agree_gets_nobody(course, cast):
    set_teaching(cast.amara, takes_learners=False)
    assert teachers(course, cast) == {cast.otto.id}


def test_who_teaches_in_another_language_only_gets_those_who_speak_it(course, cast):
    set_teaching(cast.amara, languages=["fi"])
    assert teachers(course, cast) == {cast.otto.id}


def test_hours_are_those_of_the_usual_day_on_the_trainers_clock(course, cast):
    set_teaching(cast.amara, hours=EVENING)
    situation = situation_of(course.id, NOW)
    row = list(situation.trainers.ids).index(cast.amara.id)
    assert (situation.trainers.hours_from[row], situation.trainers.hours_long[row]) == (18 * 60, 4 * 60)
    assert teachers(course, cast) == {cast.otto.id}  # nobody else works in the evening


def test_a_pause_keeps_new_learners_away_from_its_first_to_its_last_day(course, cast):
    first, last = NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=5)
    trainer_operations.pause(cast.amara.id, first, last, actor_id=cast.amara.id, at=NOW)
    both = {cast.amara.id, cast.otto.id}
    assert [teachers(course, cast, NOW + timedelta(days=n)) == both for n in (0, 1, 5, 6)] == [True, False, False, True]


def test_a_pause_can_be_ended_early_and_only_by_whose_it_is(course, cast):
    today = NOW.date()
    row = trainer_operations.pause(
        cast.amara.id, today - timedelta(days=3), today + timedelta(days=3), actor_id=cast.amara.id, at=NOW
    )
    with pytest.raises(RefusedError):
        trainer_operations.end_pause(cast.otto.id, row.id, actor_id=cast.otto.id, at=NOW)
    trainer_operations.end_pause(cast.amara.id, row.id, actor_id=cast.amara.id, at=NOW)
    assert not known_trainers(NOW)[cast.amara.id].paused


@pytest.mark.parametrize(("first", "last", "why"), [(3, 1, "ends before"), (-9, -2, "over already"), (0, 400, "year")])
def test_days_that_make_no_pause_are_refused(course, cast, first, last, why):
    days = [NOW.date() + timedelta(days=n) for n in (first, last)]
    with pytest.raises(RefusedError, match=why):
        trainer_operations.pause(cast.amara.id, *days, actor_id=cast.amara.id, at=NOW)


def test_people_kept_apart_are_no_pair_and_may_be_again_once_it_ends(course, cast):
    for trainer in (cast.amara, cast.otto):
        trainer_operations.keep_apart(cast.tomas.id, trainer.id, "They were a couple.", actor_id=cast.petra.id, at=NOW)
    assert pairs(course, cast)[cast.tomas.id] is None
    kept = db.session.scalars(select(trainer_operations.KeptApart.id)).all()
    trainer_operations.let_together(kept[0], actor_id=cast.petra.id, at=NOW)
    assert pairs(course, cast)[cast.tomas.id] == cast.amara.id
    with pytest.raises(RefusedError, match="any more"):
        trainer_operations.let_together(kept[0], actor_id=cast.petra.id, at=NOW)


def test_two_are_kept_apart_once_with_a_reason_and_nobody_from_themselves(course, cast):
    apart = {"actor_id": cast.petra.id, "at": NOW}
    trainer_operations.keep_apart(cast.ben.id, cast.otto.id, "A complaint is open.", **apart)
    with pytest.raises(RefusedError, match="already"):
        trainer_operations.keep_apart(cast.otto.id, cast.ben.id, "A complaint is open.", **apart)
    with pytest.raises(RefusedError, match="sentence"):
        trainer_operations.keep_apart(cast.carla.id, cast.ben.id, "so", **apart)
    with pytest.raises(RefusedError, match="two different"):
        trainer_operations.keep_apart(cast.ben.id, cast.ben.id, "A complaint is open.", **apart)


def test_without_the_course_for_trainers_nobody_gets_a_first_learner(course, cast):
    for_trainers = make_course_for_trainers()
    assert teachers(course, cast) == set()
    has_learnt_to_teach(for_trainers, cast.otto)
    assert teachers(course, cast) == {cast.otto.id}


def test_an_owner_waives_the_course_with_a_reason_that_is_on_record(course, cast):
    make_course_for_trainers()
    with pytest.raises(RefusedError, match="sentence"):
        trainer_operations.waive_course(cast.amara.id, "ok", actor_id=cast.petra.id, at=NOW)
    trainer_operations.waive_course(cast.amara.id, "Taught here for ten years.", actor_id=cast.petra.id, at=NOW)
    assert teachers(course, cast) == {cast.amara.id}
    verbs = set(db.session.scalars(select(audit.AuditEntry.verb).where(audit.AuditEntry.subject_id == cast.amara.id)))
    assert audit.Verb.TRAINERS_COURSE_WAIVED in verbs
    with pytest.raises(RefusedError, match="already"):
        trainer_operations.waive_course(cast.amara.id, "Taught here for ten years.", actor_id=cast.petra.id, at=NOW)
    with pytest.raises(RefusedError, match="Only a trainer"):
        trainer_operations.waive_course(cast.ben.id, "Taught here for ten years.", actor_id=cast.petra.id, at=NOW)


def test_who_has_taught_before_is_not_sent_back_to_school(course, cast):
    plan = plan_operations.begin(course.id, actor_id=cast.petra.id, at=NOW)
    plan_operations.compute(plan, at=NOW, progress=lambda *news: None)
    plan_operations.publish(plan, actor_id=cast.petra.id, at=NOW)
    make_course_for_trainers()
    assert all(one.trained and not one.completed for one in known_trainers(NOW).values())


def test_every_change_asks_for_a_look_at_the_plan(course, cast):
    set_teaching(cast.amara, places=3)
    assert db.session.scalars(select(Job.kind)).all().count("training.watch") == 1


def test_the_owners_list_costs_the_same_whatever_the_number(course, cast, statements):
    with statements() as sent:
        lines = trainer_lines(NOW)
    assert [line.name for line in lines] == [cast.amara.name, cast.otto.name]
    assert len(sent) <= 3, str(sent)
