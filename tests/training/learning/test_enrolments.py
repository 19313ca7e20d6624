"""Enrolments: beginning, reading, completing."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from db import db
from tests.support.cast import NOW
from tests.support.learning import begin, read_lessons, take
from tests.support.small_course import small_course
from training.courses.loading import load_course
from training.enrolment_models import Enrolment, EnrolmentState, LessonRead
from training.learning.enrolment_operations import enrol, mark_read

LATER = NOW + timedelta(days=3)
DUE = date(2026, 5, 1)


def states():
    return dict(db.session.execute(select(Enrolment.learner_id, Enrolment.state)).all())


def test_only_who_is_not_in_the_course_is_enrolled(cast):
    course = load_course(small_course(), NOW).course
    assert enrol([cast.ben.id, cast.carla.id], course_id=course.id, due_on=DUE, at=NOW) == 2
    assert enrol([cast.ben.id, cast.tomas.id, cast.tomas.id], course_id=course.id, due_on=None, at=LATER) == 1
    assert states() == dict.fromkeys((cast.ben.id, cast.carla.id, cast.tomas.id), EnrolmentState.ACTIVE)
    ben = db.session.scalars(select(Enrolment).where(Enrolment.learner_id == cast.ben.id)).one()
    assert (ben.enrolled_at, ben.due_on) == (NOW, DUE)


def test_who_left_the_course_comes_back_with_what_was_done(cast, school):
    enrolment = school.enrolment(cast.ben)
    read_lessons(enrolment, "listen")
    enrolment.state = EnrolmentState.WITHDRAWN
    db.session.flush()
    assert enrol([cast.ben.id], course_id=school.course_id, due_on=DUE, at=LATER) == 1
    db.session.refresh(enrolment)
    assert (enrolment.state, enrolment.due_on) == (EnrolmentState.ACTIVE, DUE)
    assert db.session.scalar(select(func.count()).select_from(LessonRead)) == 2


def test_the_number_of_statements_does_not_grow_with_the_learners(cast, statements):
    course = load_course(small_course(), NOW).course
    with statements() as sent:
        enrol([person.id for person in cast.people], course_id=course.id, due_on=DUE, at=NOW)
    assert len(sent) <= 4, str(sent)


def test_a_lesson_is_read_once_and_the_first_time_counts(cast, school):
    enrolment = school.enrolment(cast.ben)
    mark_read(enrolment, school.lessons["hear"], NOW)
    mark_read(enrolment, school.lessons["hear"], LATER)
    assert list(db.session.scalars(select(LessonRead.at))) == [NOW]


def test_a_course_is_complete_when_every_lesson_is_read_and_every_quiz_passed(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["listen"])
    assert enrolment.state == EnrolmentState.ACTIVE
    take(enrolment, school.modules["answer"], at=LATER)
    assert (enrolment.state, enrolment.completed_at) == (EnrolmentState.COMPLETED, LATER)


def test_the_last_lesson_completes_a_course_whose_quizzes_are_passed(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["answer"])
    take(enrolment, school.modules["listen"])
    db.session.delete(db.session.get_one(LessonRead, (enrolment.id, school.lessons["hear"])))
    enrolment.state, enrolment.completed_at = EnrolmentState.ACTIVE, None
    db.session.flush()
    mark_read(enrolment, school.lessons["hear"], LATER)
    assert enrolment.completed_at == LATER


def test_a_quiz_that_is_not_passed_completes_nothing(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["listen"])
    take(enrolment, school.modules["answer"], right=0)
    assert enrolment.state == EnrolmentState.ACTIVE


def test_a_module_without_questions_has_no_quiz_to_pass(cast, school):
    first, second = small_course().modules
    load_course(replace(small_course(), modules=(first, replace(second, questions=()))), NOW)
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["listen"])
    read_lessons(enrolment, at=LATER)
    assert enrolment.completed_at == LATER


def test_an_open_attempt_is_no_pass(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["listen"])
    begin(enrolment, school.modules["answer"])
    read_lessons(enrolment)
    assert enrolment.state == EnrolmentState.ACTIVE


def test_what_others_read_and_passed_completes_nothing(cast, school):
    for person in (cast.carla, cast.tomas):
        take(school.enrolment(person), school.modules["listen"])
        take(school.enrolment(person), school.modules["answer"])
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["answer"])
    mark_read(enrolment, school.lessons["hear"], LATER)
    take(enrolment, school.modules["listen"], right=1)
    assert enrolment.state == EnrolmentState.ACTIVE
