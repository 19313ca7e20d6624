"""Reads about practical tasks: on the course page, on a task's own page, and in the trainer's queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, literal, select

from db import db
from people.models import Employee
from people.viewer import Viewer
from training.enrolment_models import Enrolment
from training.grading.access import to_grade_by
from training.grading.queries import GradeShown
from training.models import Course, Module
from training.tasks.models import HandIn, HandInGrade, HandInState, PeerReview, Task


@dataclass(frozen=True)
class TaskLine:
    """A task on the course page: how the learner's work stands (empty: none yet), and how much of others waits."""

    id: int
    title: str
    state: str
    fraction: float | None
    to_review: int

    @property
    def is_done(self) -> bool:
        """Whether it is handed in and graded."""
        return self.state == HandInState.GRADED


@dataclass(frozen=True)
class PeerVerdict:
    """What one peer said about a piece of work; who it was is not told to the learner."""

    name: str
    at: datetime | None
    levels: tuple[int, ...]
    comment: str


def task_lines(enrolment: Enrolment) -> dict[int, TaskLine]:
    """The tasks of a course as one learner has them, by module. One statement."""
    mine = and_(HandIn.task_id == Task.id, HandIn.enrolment_id == enrolment.id, HandIn.state != HandInState.REPLACED)
    other = HandIn.__table__.alias("other")
    to_review = (
        select(func.count())
        .select_from(PeerReview)
        .join(other, other.c.id == PeerReview.hand_in_id)
        .where(
            PeerReview.peer_id == enrolment.learner_id,
            PeerReview.at.is_(None),
            other.c.task_id == Task.id,
            other.c.state == HandInState.WAITING,
        )
        .scalar_subquery()
    )
    query = (
        select(Task.module_id, Task.id, Task.title, func.coalesce(HandIn.state, ""), HandIn.fraction, to_review)
        .join(Module, Module.id == Task.module_id)
        .outerjoin(HandIn, mine)
        .where(Module.course_id == enrolment.course_id, Task.retired_at.is_(None))
    )
    return {row[0]: TaskLine(*row[1:]) for row in db.session.execute(query)}


def hand_ins(task_id: int, enrolment_id: int) -> Sequence[HandIn]:
    """What a learner has handed in for a task, the newest first. One statement."""
    query = select(HandIn).where(HandIn.task_id == task_id, HandIn.enrolment_id == enrolment_id)
    return db.session.scalars(query.order_by(HandIn.number.desc())).all()


def grades_of(hand_in_id: int) -> list[GradeShown]:
    """Every grade of a piece of work, the first first; without a name where two peers agreed. One statement."""
    query = (
        select(HandInGrade, func.coalesce(Employee.name, "Two colleagues"))
        .outerjoin(Employee, Employee.id == HandInGrade.grader_id)
        .where(HandInGrade.hand_in_id == hand_in_id)
        .order_by(HandInGrade.number)
    )
    return [
        GradeShown(row.number, name, row.at, tuple(row.levels), row.comment, row.fraction)
        for row, name in db.session.execute(query)
    ]


def peer_verdicts(hand_in_id: int) -> list[PeerVerdict]:
    """Who was drawn for a piece of work and what they said. One statement."""
    query = (
        select(Employee.name, PeerReview.at, PeerReview.levels, PeerReview.comment)
        .join(Employee, Employee.id == PeerReview.peer_id)
        .where(PeerReview.hand_in_id == hand_in_id)
        .order_by(PeerReview.id)
    )
    return [PeerVerdict(row[0], row[1], tuple(row[2] or ()), row[3]) for row in db.session.execute(query)]


def to_review(task_id: int, employee_id: int) -> list[tuple[int, datetime]]:
    """(id, drawn when) of the work of others that waits for this person's grade. One statement."""
    query = (
        select(PeerReview.id, PeerReview.drawn_at)
        .join(HandIn, HandIn.id == PeerReview.hand_in_id)
        .where(
            HandIn.task_id == task_id,
            HandIn.state == HandInState.WAITING,
            PeerReview.peer_id == employee_id,
            PeerReview.at.is_(None),
        )
        .order_by(PeerReview.drawn_at, PeerReview.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def in_queue(viewer: Viewer, at: datetime) -> Any:
    """Work that waits for a trainer, with the columns of the queue: theirs, in dispute, or long with peers."""
    return (
        select(
            literal("task").label("kind"),
            HandIn.id.label("id"),
            Enrolment.learner_id.label("learner_id"),
            Employee.name.label("learner"),
            Course.title.label("course"),
            Module.title.label("module"),
            (Task.title + case((HandIn.disputed, ": two colleagues differ"), else_="")).label("title"),
            HandIn.at.label("handed_in_at"),
            Course.slug.label("slug"),
        )
        .join(Task, Task.id == HandIn.task_id)
        .join(Module, Module.id == Task.module_id)
        .join(Enrolment, Enrolment.id == HandIn.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(HandIn.state == HandInState.WAITING, HandIn.decide_from <= at, to_grade_by(viewer))
    )
