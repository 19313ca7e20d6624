"""How far learners are, for trainers, managers and reports."""

from datetime import date, timedelta

from sqlalchemy import true

from db import db
from people.models import Employee
from tests.support.cast import NOW
from tests.support.learning import begin, read_lessons, take
from training.enrolment_models import EnrolmentState
from training.learners.progress import course_shape, learners_in
from training.rules.progress import StepKind
from training.rules.standing import Status

TODAY = date(2026, 3, 10)


def by_name(school, criterion=None):
    found = learners_in(course_shape(school.slug), true() if criterion is None else criterion, TODAY)
    return {one.name.split()[0]: one for one in found}


def test_a_course_that_is_not_there_has_no_shape(app):
    assert course_shape("none") is None


def test_the_shape_of_a_course_counts_lessons_and_knows_quizzes(school):
    shape = course_shape(school.slug)
    assert [(one.title, one.lessons, one.has_quiz) for one in shape.modules] == [
        ("Listen first", 2, True),
        ("Answer the person", 1, True),
    ]


def test_each_learner_has_what_was_done_and_what_comes_next(cast, school):
    take(school.enrolment(cast.ben), school.modules["listen"], right=2, at=NOW + timedelta(days=1))
    take(school.enrolment(cast.ben), school.modules["listen"], at=NOW + timedelta(days=2))
    begin(school.enrolment(cast.carla), school.modules["listen"], at=NOW + timedelta(days=3))
    found = by_name(school)
    ben, carla, tomas = found["Ben"], found["Carla"], found["Tomás"]
    assert ben.progress.modules_done == 1
    assert (ben.step.kind, ben.step.module) == (StepKind.READ_LESSON, 2)
    assert (ben.done[school.modules["listen"]].finished, ben.done[school.modules["listen"]].best) == (2, 1.0)
    assert ben.last_active_at == NOW + timedelta(days=2)
    assert (carla.step.kind, carla.last_active_at) == (StepKind.TAKE_QUIZ, NOW + timedelta(days=3))
    assert (tomas.step.kind, tomas.last_active_at) == (StepKind.READ_LESSON, None)


def test_standing_follows_the_date(cast, school):
    school.enrolment(cast.ben).due_on = TODAY - timedelta(days=1)
    take(school.enrolment(cast.carla), school.modules["listen"])
    take(school.enrolment(cast.carla), school.modules["answer"])
    found = by_name(school)
    assert found["Ben"].standing.status is Status.NEEDS_ATTENTION
    assert found["Carla"].standing.status is Status.DONE
    assert found["Tomás"].standing.status is Status.ON_TRACK


def test_who_is_not_in_the_course_or_has_left_the_company_is_not_counted(cast, school):
    school.enrolment(cast.ben).state = EnrolmentState.WITHDRAWN
    db.session.get_one(Employee, cast.carla.id).deactivated_at = NOW
    db.session.flush()
    assert set(by_name(school)) == {"Tomás"}


def test_a_criterion_keeps_to_some(cast, school):
    assert set(by_name(school, Employee.team_id == cast.care_porto)) == {"Ben"}


def test_the_number_of_statements_does_not_grow(cast, school, statements):
    for person in (cast.ben, cast.carla, cast.tomas):
        read_lessons(school.enrolment(person), "listen")
    with statements() as sent:
        by_name(school)
    assert len(sent) == 4, str(sent)
