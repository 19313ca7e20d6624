"""Reads about discussions. A line that was deleted or hidden is shown as such, without its words."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select, union

from db import db
from people.models import Employee
from people.viewer import Viewer
from training.assigning.models import Assignment
from training.discussions.access import moderated_by
from training.discussions.models import Contribution, EarlierWording, Mention, Report
from training.enrolment_models import LIVE, Enrolment
from training.models import Course, Lesson, Module
from web import Page

QUESTIONS_A_PAGE = 10
ANSWERS_A_PAGE = 25
SHOWN_UNDER_A_LESSON = 2
MOST_FOUND = 8


@dataclass(frozen=True)
class Said:
    """One contribution with its author's name, whom it names, and earlier wordings where they are asked for."""

    row: Contribution
    author: str
    mentions: Sequence[str] = ()
    earlier: Sequence[EarlierWording] = ()


@dataclass(frozen=True)
class Asked:
    """A question with answers, a trainer's first; `total` is how many there are in all."""

    said: Said
    answers: Sequence[Said]
    total: int


@dataclass(frozen=True)
class Reported:
    """A contribution for moderators: where it stands, why it was reported; without reasons it waits for an answer."""

    row: Contribution
    author: str
    lesson: str
    course: str
    reasons: Sequence[str] = field(default=())


def under_lesson(lesson_id: int) -> tuple[Sequence[Asked], int]:
    """The newest questions with their first answer, and how many questions there are. Two statements."""
    query = _questions(lesson_id).add_columns(func.count().over()).where(Contribution.hidden_at.is_(None))
    rows = db.session.execute(query.where(Contribution.deleted_at.is_(None)).limit(SHOWN_UNDER_A_LESSON)).all()
    if not rows:
        return [], 0
    answers = _answers_to([row[0].id for row in rows], 1)
    return [Asked(Said(row[0], row[1]), *answers[row[0].id]) for row in rows], rows[0][2]


def questions_page(lesson_id: int, number: int) -> Page[Asked]:
    """Questions under a lesson, the newest first, each with its first answers. Three statements."""
    query = _questions(lesson_id).add_columns(func.count().over())
    rows = db.session.execute(query.limit(QUESTIONS_A_PAGE).offset((number - 1) * QUESTIONS_A_PAGE)).all()
    answers = _answers_to([row[0].id for row in rows], 3) if rows else {}
    ids = [row[0].id for row in rows] + [one.row.id for found, _ in answers.values() for one in found]
    named = _mentions(ids)
    asked = [
        Asked(
            Said(row[0], row[1], named[row[0].id]),
            [Said(one.row, one.author, named[one.row.id]) for one in answers[row[0].id][0]],
            answers[row[0].id][1],
        )
        for row in rows
    ]
    return Page(asked, number, rows[0][2] if rows else 0, QUESTIONS_A_PAGE)


def thread_page(question: Contribution, number: int) -> tuple[Said, Page[Said]]:
    """A question, and a page of its answers, trainers' first. Four statements."""
    query = (
        select(Contribution, Employee.name, func.count().over())
        .join(Employee, Employee.id == Contribution.author_id)
        .where(Contribution.question_id == question.id)
        .order_by(Contribution.as_trainer.desc(), Contribution.at, Contribution.id)
        .limit(ANSWERS_A_PAGE)
        .offset((number - 1) * ANSWERS_A_PAGE)
    )
    rows = db.session.execute(query).all()
    ids = [question.id, *(row[0].id for row in rows)]
    named, earlier = _mentions(ids), _earlier(ids)
    name = db.session.scalars(select(Employee.name).where(Employee.id == question.author_id)).one()
    answers = [Said(row[0], row[1], named[row[0].id], earlier[row[0].id]) for row in rows]
    page = Page(answers, number, rows[0][2] if rows else 0, ANSWERS_A_PAGE)
    return Said(question, name, named[question.id], earlier[question.id]), page


def readers(course_id: int) -> int:
    """How many learners can read the discussions of a course. One statement."""
    query = select(func.count()).where(Enrolment.course_id == course_id, Enrolment.state.in_(LIVE))
    return db.session.scalar(query) or 0


def people_to_name(course_id: int, viewer_id: int, thread_id: int | None, words: str) -> list[tuple[int, str]]:
    """(id, name) of members of the course to choose from. One statement.

    With `words`, those whose name holds them; without, who takes part in the thread, and the viewer's trainers.
    """
    query = select(Employee.id, Employee.name).where(Employee.id != viewer_id, Employee.id.in_(_members(course_id)))
    if words:
        pattern = words.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(func.lower(Employee.name).like(f"%{pattern}%", escape="\\"))
    else:
        trainers = select(Assignment.trainer_id).where(
            Assignment.learner_id == viewer_id, Assignment.course_id == course_id, Assignment.ends_at.is_(None)
        )
        in_thread = select(Contribution.author_id).where(
            or_(Contribution.id == thread_id, Contribution.question_id == thread_id)
        )
        query = query.where(or_(Employee.id.in_(trainers), Employee.id.in_(in_thread)))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Employee.name).limit(MOST_FOUND))]


def members_among(course_id: int, ids: Collection[int]) -> dict[int, str]:
    """Which of these people are members of the course, with their names. One statement; none for nobody."""
    if not ids:
        return {}
    query = select(Employee.id, Employee.name).where(Employee.id.in_(ids), Employee.id.in_(_members(course_id)))
    return {row[0]: row[1] for row in db.session.execute(query)}


def reported(viewer: Viewer) -> list[Reported]:
    """What was reported and is not decided, in courses that the viewer moderates, the oldest first. One statement."""
    query = (
        _placed(select(Contribution, Employee.name, Lesson.title, Course.title, Report.reason))
        .join(Report, Report.contribution_id == Contribution.id)
        .where(Report.settled_at.is_(None), moderated_by(viewer))
        .order_by(Report.at, Contribution.id)
        .limit(200)
    )
    rows: dict[int, tuple[Any, list[str]]] = {}
    for row in db.session.execute(query):
        rows.setdefault(row[0].id, (row, []))[1].append(row[4])
    return [Reported(row[0], row[1], row[2], row[3], reasons) for row, reasons in rows.values()]


def unanswered(viewer: Viewer, number: int) -> Page[Reported]:
    """Questions without any answer in courses that the viewer moderates, the oldest first. One statement."""
    answer = Contribution.__table__.alias("answer")
    answered = select(answer.c.id).where(answer.c.question_id == Contribution.id, answer.c.deleted_at.is_(None))
    query = (
        _placed(select(Contribution, Employee.name, Lesson.title, Course.title, func.count().over()))
        .where(
            Contribution.question_id.is_(None),
            Contribution.deleted_at.is_(None),
            Contribution.hidden_at.is_(None),
            Contribution.author_id != viewer.id,
            moderated_by(viewer),
            ~answered.exists(),
        )
        .order_by(Contribution.at, Contribution.id)
        .limit(ANSWERS_A_PAGE)
        .offset((number - 1) * ANSWERS_A_PAGE)
    )
    rows = db.session.execute(query).all()
    found = [Reported(row[0], row[1], row[2], row[3]) for row in rows]
    return Page(found, number, rows[0][4] if rows else 0, ANSWERS_A_PAGE)


def _placed(query: Any) -> Any:
    return (
        query.join(Employee, Employee.id == Contribution.author_id)
        .join(Lesson, Lesson.id == Contribution.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
    )


def _members(course_id: int) -> Any:
    learners = select(Enrolment.learner_id).where(Enrolment.course_id == course_id, Enrolment.state.in_(LIVE))
    trainers = select(Assignment.trainer_id).where(Assignment.course_id == course_id, Assignment.ends_at.is_(None))
    return union(learners, trainers)


def _questions(lesson_id: int) -> Any:
    return (
        select(Contribution, Employee.name)
        .join(Employee, Employee.id == Contribution.author_id)
        .where(Contribution.lesson_id == lesson_id, Contribution.question_id.is_(None))
        .order_by(Contribution.at.desc(), Contribution.id.desc())
    )


def _answers_to(ids: Sequence[int], most: int) -> dict[int, tuple[list[Said], int]]:
    """By question, its first answers, trainers' first, and how many there are. One statement."""
    order = (Contribution.as_trainer.desc(), Contribution.at, Contribution.id)
    place = func.row_number().over(partition_by=Contribution.question_id, order_by=order).label("place")
    total = func.count().over(partition_by=Contribution.question_id).label("total")
    shown = (Contribution.hidden_at.is_(None), Contribution.deleted_at.is_(None))
    ranked = select(Contribution.id, place, total).where(Contribution.question_id.in_(ids), *shown).subquery()
    query = (
        select(Contribution, Employee.name, ranked.c.total)
        .join(ranked, ranked.c.id == Contribution.id)
        .join(Employee, Employee.id == Contribution.author_id)
        .where(ranked.c.place <= most)
        .order_by(Contribution.question_id, ranked.c.place)
    )
    found: dict[int, tuple[list[Said], int]] = {one: ([], 0) for one in ids}
    for row, name, number in db.session.execute(query):
        found[row.question_id] = ([*found[row.question_id][0], Said(row, name)], number)
    return found


def _mentions(ids: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(Mention.contribution_id, Employee.name)
        .join(Employee, Employee.id == Mention.employee_id)
        .where(Mention.contribution_id.in_(ids))
        .order_by(Employee.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(query) if ids else ():
        found[row[0]].append(row[1])
    return found


def _earlier(ids: Sequence[int]) -> dict[int, list[EarlierWording]]:
    query = select(EarlierWording).where(EarlierWording.contribution_id.in_(ids)).order_by(EarlierWording.number)
    found: dict[int, list[EarlierWording]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.contribution_id].append(row)
    return found
