"""Reads for who runs the courses: how far learners are, and the first attempts that item analysis works on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, exists, func, or_, select

from db import Base, db
from training.enrolment_models import LIVE, Attempt, AttemptQuestion, Enrolment, EnrolmentState, LessonRead
from training.models import Course, Lesson, Module, Question, QuestionVersion
from training.rules.kinds.protocol import Part, State

MOST_ATTEMPTS = 1_000
"""The latest so many first attempts at each quiz are analysed. More would narrow the ranges little and cost much."""


@dataclass(frozen=True)
class CourseLine:
    """One course with what its learners did. `passed` of `tried` first attempts at a quiz passed it."""

    slug: str
    title: str
    audience: str
    loaded_at: datetime
    modules: int
    questions: int
    learners: int
    begun: int
    done: int
    tried: int
    passed: int


@dataclass(frozen=True)
class ModuleLine:
    """One module with what learners did at its quiz: `passed_first` of `tried` first attempts, `passed` in the end."""

    id: int
    position: int
    title: str
    pass_mark: float
    lessons: int
    tried: int
    passed_first: int
    passed: int


@dataclass(frozen=True)
class CurrentQuestion:
    """A question that is asked now, in its newest version."""

    id: int
    slug: str
    position: int
    module_id: int
    version: QuestionVersion


def course_lines() -> list[CourseLine]:
    """Every course, by title. One statement."""
    of_course, in_course = (
        (Module.course_id == Course.id) & Module.retired_at.is_(None),
        Enrolment.course_id == Course.id,
    )
    live = (in_course, Enrolment.state.in_(LIVE))
    begun = or_(
        exists().where(LessonRead.enrolment_id == Enrolment.id), exists().where(Attempt.enrolment_id == Enrolment.id)
    )
    tried = (Attempt.module_id == Module.id, of_course, Attempt.number == 1, Attempt.finished_at.is_not(None))
    query = select(
        Course.slug,
        Course.title,
        Course.audience,
        Course.loaded_at,
        _count(Module.id, of_course),
        _count(Question.id, Question.module_id == Module.id, of_course, Question.retired_at.is_(None)),
        _count(Enrolment.id, *live),
        _count(Enrolment.id, *live, begun),
        _count(Enrolment.id, in_course, Enrolment.state == EnrolmentState.COMPLETED),
        _count(Attempt.id, *tried),
        _count(Attempt.id, *tried, Attempt.passed.is_(True)),
    ).order_by(Course.title)
    return [CourseLine(*tuple(row)) for row in db.session.execute(query)]


def module_lines(course_id: int) -> list[ModuleLine]:
    """The modules of a course in order. One statement."""
    here, tried = Attempt.module_id == Module.id, (Attempt.number == 1, Attempt.finished_at.is_not(None))
    query = (
        select(
            Module.id,
            Module.position,
            Module.title,
            Module.pass_mark,
            _count(Lesson.id, Lesson.module_id == Module.id, Lesson.retired_at.is_(None), of=Module),
            _count(Attempt.id, here, *tried, of=Module),
            _count(Attempt.id, here, *tried, Attempt.passed.is_(True), of=Module),
            _count(Attempt.enrolment_id.distinct(), here, Attempt.passed.is_(True), of=Module),
        )
        .where(Module.course_id == course_id, Module.retired_at.is_(None))
        .order_by(Module.position)
    )
    return [ModuleLine(*row) for row in db.session.execute(query)]


def _count(column: Any, *criteria: ColumnElement[bool], of: type[Base] = Course) -> ScalarSelect[int]:
    """Count within each row of `of`."""
    return select(func.count(column)).where(*criteria).correlate(of).scalar_subquery()


def current_questions(course_id: int) -> list[CurrentQuestion]:
    """The questions of a course that are asked now, by module and place. One statement."""
    newest = _newest()
    query = (
        select(Question.id, Question.slug, Question.position, Question.module_id, QuestionVersion)
        .join(Module, Module.id == Question.module_id)
        .join(newest, newest.c.question_id == Question.id)
        .join(
            QuestionVersion,
            (QuestionVersion.question_id == Question.id) & (QuestionVersion.number == newest.c.number),
        )
        .where(Module.course_id == course_id, Question.retired_at.is_(None))
        .order_by(Module.position, Question.position)
    )
    return [CurrentQuestion(row[0], row[1], row[2], row[3], row[4]) for row in db.session.execute(query)]


def _newest() -> Subquery:
    return (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
        .group_by(QuestionVersion.question_id)
        .subquery()
    )


def first_answers(version_ids: Sequence[int]) -> list[tuple[int, int, float]]:
    """(attempt, version, fraction) of the answers to these versions in first attempts. One statement.

    Only graded answers, and of each module only the latest MOST_ATTEMPTS attempts that have an answer to them.
    """
    recent = (
        select(
            Attempt.id,
            func.row_number()
            .over(partition_by=Attempt.module_id, order_by=(Attempt.finished_at.desc(), Attempt.id.desc()))
            .label("place"),
        )
        .where(Attempt.number == 1, Attempt.finished_at.is_not(None), Attempt.module_id.in_(_modules_of(version_ids)))
        .subquery()
    )
    query = (
        select(AttemptQuestion.attempt_id, AttemptQuestion.version_id, AttemptQuestion.fraction)
        .join(recent, recent.c.id == AttemptQuestion.attempt_id)
        .where(
            recent.c.place <= MOST_ATTEMPTS,
            AttemptQuestion.version_id.in_(version_ids),
            AttemptQuestion.state.not_in((State.UNGRADED, State.NEEDS_GRADING)),
        )
        .order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
    )
    return [(row[0], row[1], float(row[2] or 0.0)) for row in db.session.execute(query)]


def _modules_of(version_ids: Sequence[int]) -> Any:
    return (
        select(Question.module_id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(QuestionVersion.id.in_(version_ids))
    )


def answers_in_words(version_id: int, attempt_ids: Sequence[int]) -> dict[int, tuple[str, tuple[Part, ...]]]:
    """By attempt, what was answered to one version, in words, and its parts as graded. One statement."""
    query = select(AttemptQuestion.attempt_id, AttemptQuestion.summary, AttemptQuestion.parts).where(
        AttemptQuestion.version_id == version_id, AttemptQuestion.attempt_id.in_(attempt_ids)
    )
    return {
        row.attempt_id: (row.summary, tuple(Part(**part) for part in row.parts or ()))
        for row in db.session.execute(query)
    }


def versions_of(question_id: int) -> list[tuple[int, datetime]]:
    """(number, since when) of every version of a question, the newest first."""
    query = select(QuestionVersion.number, QuestionVersion.created_at).where(QuestionVersion.question_id == question_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(QuestionVersion.number.desc()))]
