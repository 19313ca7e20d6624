"""Reads about grading: what waits, and what was said about an attempt."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, literal, or_, select, union_all

from db import db
from people.models import Employee
from people.viewer import Viewer
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment
from training.grading.access import to_grade_by
from training.grading.models import AnswerGrade, AnswerToGrade
from training.models import Course, Module, QuestionVersion
from web import Page

PIECES_A_PAGE = 25


@dataclass(frozen=True)
class Piece:
    """One piece of work in the queue. `kind` is that of the question, or "task"; `title` says which work."""

    kind: str
    id: int
    learner_id: int
    learner: str
    course: str
    module: str
    title: str
    handed_in_at: datetime


@dataclass(frozen=True)
class GradeShown:
    """A grade as those see it who may: by whom, when, and what was said."""

    number: int
    grader: str
    at: datetime
    levels: tuple[int, ...]
    comment: str
    fraction: float


def queue(viewer: Viewer, number: int, at: datetime, *, words: str = "", slug: str = "") -> Page[Piece]:
    """What waits for `viewer`, the oldest first; `words` look in names and titles, `slug` names a course. Two reads."""
    everything = _everything(viewer, at)
    query = select(everything)
    for word in words.split():
        pattern = f"%{_escaped(word.lower())}%"
        named = [func.lower(everything.c[name]).like(pattern, escape="\\") for name in ("learner", "course", "module")]
        query = query.where(or_(*named))
    if slug:
        query = query.where(everything.c.slug == slug)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (everything.c.handed_in_at, everything.c.kind, everything.c.id)
    rows = db.session.execute(query.order_by(*order).limit(PIECES_A_PAGE).offset((number - 1) * PIECES_A_PAGE))
    return Page([Piece(*row[:8]) for row in rows], number, total, PIECES_A_PAGE)


def waiting_for(viewer: Viewer, at: datetime) -> int:
    """How many pieces wait for `viewer`. One statement."""
    everything = _everything(viewer, at)
    return db.session.scalar(select(func.count()).select_from(everything)) or 0


def courses_of(viewer: Viewer, at: datetime) -> list[tuple[str, str]]:
    """(slug, title) of the courses in which something waits for `viewer`. One statement."""
    everything = _everything(viewer, at)
    query = select(everything.c.slug, everything.c.course).distinct().order_by(everything.c.course)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def grades_of_answer(answer_id: int) -> list[GradeShown]:
    """Every grade of one answer, the first first. One statement."""
    query = _graded().where(AnswerGrade.answer_id == answer_id).order_by(AnswerGrade.number)
    return [_shown(row) for row in db.session.execute(query)]


def grades_of_attempt(attempt_id: int) -> dict[int, list[GradeShown]]:
    """The grades of an attempt by the position of their questions, the first first. One statement."""
    query = _graded(AnswerToGrade.position).where(AnswerToGrade.attempt_id == attempt_id).order_by(AnswerGrade.number)
    found: dict[int, list[GradeShown]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row[6]].append(_shown(row))
    return found


def _graded(*more: Any) -> Any:
    columns = (AnswerGrade.number, Employee.name, AnswerGrade.at, AnswerGrade.levels, AnswerGrade.comment)
    return (
        select(*columns, AnswerGrade.fraction, *more)
        .join(AnswerToGrade, AnswerToGrade.id == AnswerGrade.answer_id)
        .join(Employee, Employee.id == AnswerGrade.grader_id)
    )


def _shown(row: Any) -> GradeShown:
    return GradeShown(row[0], row[1], row[2], tuple(row[3]), row[4], row[5])


def _everything(viewer: Viewer, at: datetime) -> Any:
    return union_all(*(part(viewer, at) for part in _parts)).subquery()


def _answers(viewer: Viewer, at: datetime) -> Any:
    """Answers in the queue; every part of the queue has these columns."""
    return (
        select(
            QuestionVersion.kind.label("kind"),
            AnswerToGrade.id.label("id"),
            Enrolment.learner_id.label("learner_id"),
            Employee.name.label("learner"),
            Course.title.label("course"),
            Module.title.label("module"),
            (literal("Question ") + cast(AnswerToGrade.position, String)).label("title"),
            AnswerToGrade.handed_in_at.label("handed_in_at"),
            Course.slug.label("slug"),
        )
        .join(Attempt, Attempt.id == AnswerToGrade.attempt_id)
        .join(
            AttemptQuestion,
            (AttemptQuestion.attempt_id == AnswerToGrade.attempt_id)
            & (AttemptQuestion.position == AnswerToGrade.position),
        )
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Module, Module.id == Attempt.module_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(AnswerToGrade.graded_at.is_(None), to_grade_by(viewer))
    )


_parts = [_answers]


def add_part(part: Any) -> None:
    """Add another kind of work to the queue: a select with the columns of `_answers`, for a viewer and a moment."""
    if part not in _parts:
        _parts.append(part)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
