"""A school for tests: a small course, ben, carla and tomas in it, amara teaches ben, otto teaches carla."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from db import db
from tests.support.cast import NOW, Cast, Person
from tests.support.small_course import small_course
from tests.training.rules.kinds.specifications import form_of
from training.assigning.models import Assignment, Plan, PlanState
from training.attempts import operations as attempt_operations
from training.attempts.operations import SentAnswer
from training.attempts.queries import placed_questions
from training.courses.loading import load_course
from training.enrolment_models import Attempt, Enrolment, LessonRead
from training.learning.enrolment_operations import complete_if_done, enrol
from training.models import Course, Lesson, Module, Question
from training.rules.course_files.course_text import CourseText
from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.keys import key_of

DUE = date(2027, 6, 1)


@dataclass(frozen=True)
class School:
    """The course by its ids, and who learns in it."""

    course_id: int
    slug: str
    modules: dict[str, int]
    lessons: dict[str, int]
    enrolments: dict[int, int]

    def enrolment(self, person: Person) -> Enrolment:
        """The row of somebody's enrolment."""
        return db.session.get_one(Enrolment, self.enrolments[person.id])


@pytest.fixture
def school(cast: Cast) -> School:
    """A small course with three learners, two of whom have a trainer."""
    return make_school(cast)


def make_school(cast: Cast, text: CourseText | None = None, at: datetime = NOW) -> School:
    """Load the course, enrol ben, carla and tomas, assign two of them; commit."""
    course = load_course(text or small_course(), at).course
    enrol([cast.ben.id, cast.carla.id, cast.tomas.id], course_id=course.id, due_on=DUE, at=at)
    assign(cast.amara, cast.ben, course.id, at)
    assign(cast.otto, cast.carla, course.id, at)
    db.session.commit()
    lessons = select(Lesson.slug, Lesson.id).join(Module, Module.id == Lesson.module_id)
    return School(
        course_id=course.id,
        slug=course.slug,
        modules=_pairs(select(Module.slug, Module.id).where(Module.course_id == course.id)),
        lessons=_pairs(lessons.where(Module.course_id == course.id)),
        enrolments=_pairs(select(Enrolment.learner_id, Enrolment.id).where(Enrolment.course_id == course.id)),
    )


def assign(trainer: Person, learner: Person, course_id: int, at: datetime = NOW) -> Assignment:
    """Let a trainer teach a learner in a course."""
    plan = Plan(course_id=course_id, state=PlanState.PUBLISHED, settings={}, summary={}, created_at=at)
    db.session.add(plan)
    db.session.flush()
    assignment = Assignment(
        plan_id=plan.id, course_id=course_id, trainer_id=trainer.id, learner_id=learner.id, starts_at=at
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment


def read_lessons(enrolment: Enrolment, *module_slugs: str, at: datetime = NOW) -> None:
    """Read every lesson of these modules; of all modules if none is named."""
    query = select(Lesson.id).join(Module, Module.id == Lesson.module_id)
    query = query.where(Module.course_id == enrolment.course_id)
    for lesson_id in db.session.scalars(query.where(Module.slug.in_(module_slugs)) if module_slugs else query).all():
        if db.session.get(LessonRead, (enrolment.id, lesson_id)) is None:
            db.session.add(LessonRead(enrolment_id=enrolment.id, lesson_id=lesson_id, at=at))
    db.session.flush()
    complete_if_done(enrolment, at)


def begin(enrolment: Enrolment, module_id: int, at: datetime = NOW) -> Attempt:
    """Read the module's lessons and start its quiz."""
    read_lessons(enrolment, db.session.get_one(Module, module_id).slug, at=at)
    return attempt_operations.start(enrolment, module_id, at)


def answer_all(attempt: Attempt, right: int | None = None, at: datetime = NOW) -> None:
    """Answer the first `right` questions rightly (all, if None) and leave the others."""
    for question in placed_questions(attempt.id)[:right]:
        response = kind_of(question.specification).right_response(question.specification)
        attempt_operations.save(attempt, question.position, SentAnswer(response), at)


def take(enrolment: Enrolment, module_id: int, right: int | None = None, at: datetime = NOW) -> Attempt:
    """Sit a module's quiz from start to finish."""
    attempt = begin(enrolment, module_id, at)
    answer_all(attempt, right, at)
    attempt_operations.finish(attempt, enrolment, at)
    return attempt


def right_forms(attempt_id: int) -> dict[int, dict[str, list[str]]]:
    """By position, the fields that a browser sends for the right answer (any, where none is right or wrong)."""
    forms = {}
    for question in placed_questions(attempt_id):
        kind = kind_of(question.specification)
        response = kind.right_response(question.specification) or _opinion(question.specification)
        forms[question.position] = form_of(kind.name, response)
    return forms


def _opinion(specification: Mapping[str, Any]) -> dict[str, Any]:
    return {"agreed": {key_of(specification, text): 2 for text in specification.get("statements", ())}}


def question_at(attempt_id: int, kind: str) -> int:
    """The place of the question of this kind."""
    found = (one.position for one in placed_questions(attempt_id) if one.specification["kind"] == kind)
    return next(found)


def course_named(slug: str) -> Course:
    """The course with this slug."""
    return db.session.scalars(select(Course).where(Course.slug == slug)).one()


def question_ids(module_id: int) -> dict[str, int]:
    """The questions of a module by slug."""
    return _pairs(select(Question.slug, Question.id).where(Question.module_id == module_id))


def _pairs(query):
    return {row[0]: row[1] for row in db.session.execute(query)}
