"""Rules put into effect: who comes in, who goes out and keeps what was done, and whom no rule ever touches."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from db import db
from messages.models import Message
from people.models import Employee, Role
from people.refusal import RefusedError
from people.roles.operations import grant_role
from tests.support.cast import NOW
from tests.support.enrolling import SIX_WEEKS, in_team, make_rule, text_of, those
from tests.support.learning import read_lessons, take
from training.enrolling import rule_operations, watch
from training.enrolling.criteria import means
from training.enrolling.evaluation import evaluate
from training.enrolment_models import Enrolment, EnrolmentState, LessonRead
from training.learning.enrolment_operations import enrol
from training.rules.enrolling.conditions import About, Condition, Join, Result, Start
from training.rules.enrolling.due_dates import DueFrom, DuePlan

LATER = NOW + timedelta(days=3)


def meant(cast, *conditions: Condition, join: Join = Join.ALL) -> set[str]:
    ids = set(db.session.scalars(select(Employee.id).where(means(those(*conditions, join=join), NOW))))
    return {key for key in cast.__dict__ if getattr(getattr(cast, key), "id", None) in ids}


def row_of(person) -> Enrolment | None:
    query = select(Enrolment).where(Enrolment.learner_id == person.id).execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def move(person, team_id: int) -> None:
    db.session.execute(update(Employee).where(Employee.id == person.id).values(team_id=team_id))


def test_a_team_means_those_below_it_as_well_and_nobody_who_has_left(cast):
    porto = meant(cast, in_team(cast.care_porto))
    everybody = meant(cast, in_team(cast.company))
    assert "ben" in porto
    assert "carla" not in porto
    assert porto < everybody
    assert "lena" not in everybody
    assert not porto & meant(cast, in_team(cast.care_porto, negated=True))


def test_conditions_on_role_site_language_and_first_day(cast):
    db.session.execute(update(Employee).where(Employee.id == cast.ben.id).values(starts_on=NOW.date()))
    db.session.execute(
        update(Employee).where(Employee.id == cast.carla.id).values(starts_on=None, languages="en;pt-br")
    )
    assert meant(cast, Condition(About.ROLE, "reviewer")) == {"rafa", "sunniva"}
    assert meant(cast, Condition(About.STARTED, test=Start.WITHIN.value, days=30)) == {"ben"}
    assert "ben" not in meant(cast, Condition(About.STARTED, test=Start.BEFORE.value, day=NOW.date()))
    assert meant(cast, Condition(About.STARTED, test=Start.AFTER.value, day=NOW.date())) == {"ben"}
    assert "ben" in meant(cast, Condition(About.LANGUAGE, "pt"))
    assert "carla" not in meant(cast, Condition(About.LANGUAGE, "pt"))
    both = (Condition(About.SITE, "Porto"), Condition(About.ROLE, "manager"))
    assert "ben" not in meant(cast, *both)
    assert "ben" in meant(cast, *both, join=Join.ANY)


def test_nobody_whose_first_day_is_not_known_fulfils_a_condition_about_it_neither_way(cast):
    db.session.execute(update(Employee).where(Employee.id == cast.ben.id).values(starts_on=None))
    started = Condition(About.STARTED, test=Start.WITHIN.value, days=30)
    assert "ben" not in meant(cast, started)
    assert "ben" not in meant(cast, Condition(About.STARTED, test=Start.WITHIN.value, days=30, negated=True))


def test_conditions_on_the_trainer_and_on_the_result_of_a_course(cast, school):
    assert meant(cast, Condition(About.TRAINER, cast.amara.id)) == {"ben"}
    course, ben = school.course_id, school.enrolment(cast.ben)
    failed = Condition(About.RESULT, course, test=Result.FAILED.value)
    take(ben, school.modules["answer"], right=0)
    assert meant(cast, failed) == {"ben"}
    take(ben, school.modules["answer"])
    assert meant(cast, failed) == set()
    take(ben, school.modules["listen"])
    read_lessons(ben)
    assert meant(cast, Condition(About.RESULT, course, test=Result.COMPLETED.value)) == {"ben"}
    assert meant(cast, Condition(About.RESULT, course, test=Result.PASSED.value, fraction=1.0)) == {"ben"}


def test_who_is_meant_is_enrolled_and_told_with_the_days_of_the_rule(cast, school):
    enrol([], course_id=school.course_id, due_on=None, at=NOW)
    rule = make_rule(school.course_id, in_team(cast.company), cast=cast)
    amara = row_of(cast.amara)
    assert (amara.state, amara.rule_id, amara.enrolled_at) == (EnrolmentState.ACTIVE, rule.id, NOW)
    assert amara.due_on == NOW.date() + timedelta(days=42)
    assert row_of(cast.lena) is None
    told = db.session.scalars(select(Message.employee_id).where(Message.kind == "enrolment")).all()
    assert cast.amara.id in told
    assert cast.ben.id not in told


def test_days_count_from_the_first_day_of_work_unless_they_are_over(cast, school):
    lately = NOW.date() - timedelta(days=10)
    db.session.execute(update(Employee).where(Employee.id == cast.amara.id).values(starts_on=lately))
    make_rule(school.course_id, in_team(cast.company), cast=cast, due=DuePlan(DueFrom.HIRING, days=30))
    assert row_of(cast.amara).due_on == lately + timedelta(days=30)
    assert row_of(cast.otto).due_on == NOW.date() + timedelta(days=30)


def test_a_fixed_day_and_no_day(cast, school):
    day = date(2026, 12, 1)
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast, due=DuePlan(DueFrom.FIXED, day=day))
    make_rule(school.course_id, in_team(cast.company), cast=cast, due=DuePlan())
    assert {row_of(person).due_on for person in (cast.otto, cast.mina)} == {day, None}


def test_leaving_a_rule_keeps_what_was_done_and_coming_back_goes_on_there(cast, school):
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    otto = row_of(cast.otto)
    read_lessons(otto, "listen")
    move(cast.otto, cast.sales)
    assert evaluate(LATER).out == 1
    assert row_of(cast.otto).state == EnrolmentState.WITHDRAWN
    move(cast.otto, cast.care_porto)
    assert evaluate(LATER).back == 1
    back = row_of(cast.otto)
    assert (back.id, back.state, back.due_on) == (otto.id, EnrolmentState.ACTIVE, LATER.date() + timedelta(days=42))
    read = select(func.count()).select_from(LessonRead).where(LessonRead.enrolment_id == otto.id)
    assert db.session.scalar(read) == 2


def test_a_rule_never_touches_whom_a_person_enrolled_or_took_out(cast, school):
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    assert row_of(cast.ben).rule_id is None
    move(cast.ben, cast.sales)
    evaluate(LATER)
    assert row_of(cast.ben).state == EnrolmentState.ACTIVE
    move(cast.ben, cast.care_porto)
    row_of(cast.ben).state = EnrolmentState.WITHDRAWN
    evaluate(LATER)
    assert row_of(cast.ben).state == EnrolmentState.WITHDRAWN


def test_a_completed_course_stays_completed(cast, school):
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    otto = row_of(cast.otto)
    for module in ("listen", "answer"):
        take(otto, school.modules[module])
    move(cast.otto, cast.sales)
    evaluate(LATER)
    assert row_of(cast.otto).state == EnrolmentState.COMPLETED


def test_whom_another_rule_of_the_course_means_stays(cast, school):
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    make_rule(school.course_id, Condition(About.ROLE, "trainer"), cast=cast)
    move(cast.otto, cast.sales)
    assert evaluate(LATER).out == 0
    assert row_of(cast.otto).state == EnrolmentState.ACTIVE


def test_who_leaves_the_company_is_withdrawn_and_comes_back_with_them(cast, school):
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    db.session.execute(update(Employee).where(Employee.id == cast.otto.id).values(deactivated_at=NOW))
    assert evaluate(LATER).out == 1
    db.session.execute(update(Employee).where(Employee.id == cast.otto.id).values(deactivated_at=None))
    assert evaluate(LATER).back == 1


def test_switched_off_a_rule_moves_nobody_and_lets_leave_only_if_asked(cast, school):
    rule = make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    assert rule_operations.switch_off(rule, withdrawing=False, actor_id=cast.petra.id, at=NOW) == 0
    move(cast.otto, cast.sales)
    assert evaluate(LATER).rules == 0
    assert row_of(cast.otto).state == EnrolmentState.ACTIVE
    rule_operations.switch_on(rule, actor_id=cast.petra.id, at=LATER)
    assert row_of(cast.otto).state == EnrolmentState.WITHDRAWN
    move(cast.otto, cast.care_porto)
    evaluate(LATER)
    assert rule_operations.switch_off(rule, withdrawing=True, actor_id=cast.petra.id, at=LATER) >= 1
    assert row_of(cast.otto).state == EnrolmentState.WITHDRAWN
    assert row_of(cast.ben).state == EnrolmentState.ACTIVE
    with pytest.raises(RefusedError):
        rule_operations.switch_off(rule, withdrawing=True, actor_id=cast.petra.id, at=LATER)


def test_a_deletion_can_be_taken_back_and_leaves_the_rule_off(cast, school):
    rule = make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    rule_operations.delete(rule, actor_id=cast.petra.id, at=NOW)
    assert row_of(cast.otto).state == EnrolmentState.ACTIVE
    with pytest.raises(RefusedError):
        rule_operations.switch_on(rule, actor_id=cast.petra.id, at=NOW)
    rule_operations.restore(rule, actor_id=cast.petra.id, at=LATER)
    assert (rule.deleted_at, rule.switched_off_at) == (None, LATER)
    with pytest.raises(RefusedError):
        rule_operations.restore(rule, actor_id=cast.petra.id, at=LATER)


def test_a_rule_stays_with_its_course(cast, school):
    rule = make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    with pytest.raises(RefusedError):
        rule_operations.change(rule, text_of(987, in_team(1)), actor_id=cast.petra.id, at=NOW)


def test_a_look_finds_a_new_role_and_does_nothing_while_nothing_changes(cast, school):
    make_rule(school.course_id, Condition(About.ROLE, "reviewer"), cast=cast, due=SIX_WEEKS)
    watch.evaluate_all(NOW)
    assert watch.look(LATER) is None
    grant_role(db.session.get_one(Employee, cast.otto.id), Role.REVIEWER, actor_id=cast.petra.id, at=LATER)
    moved = watch.look(LATER)
    assert moved is not None
    assert moved.new == 1
    assert watch.look(LATER) is None


def test_the_number_of_statements_does_not_grow_with_people(cast, school, statements):
    make_rule(school.course_id, in_team(cast.company), cast=cast)
    with statements() as sent:
        evaluate(LATER)
    assert len(sent) <= 8, str(sent)
