"""The doors to discussions: who learns or teaches in the course, and owners, read and write; the latter moderate."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, exists, or_, select, true

from db import db
from people.permissions import Permission
from people.viewer import Viewer
from training.assigning.models import Assignment
from training.discussions.models import Contribution
from training.enrolment_models import LIVE, Enrolment
from training.models import Course, Lesson, Module

MODERATE = Permission.TRAINING_DISCUSSION_MODERATE
CHANGED_WITHIN = timedelta(hours=1)
"""How long one may edit or delete what one wrote: others may have answered by then."""


@dataclass(frozen=True)
class Place:
    """A lesson's discussion, and what the viewer is in it."""

    lesson: Lesson
    module: Module
    course: Course
    moderates: bool
    learns: bool


@dataclass(frozen=True)
class Thread:
    """A question with the place it stands in."""

    question: Contribution
    place: Place


def teaches(viewer_id: int) -> ColumnElement[bool]:
    """A criterion on Course: the viewer has a live assignment in it."""
    return exists().where(
        Assignment.course_id == Course.id, Assignment.trainer_id == viewer_id, Assignment.ends_at.is_(None)
    )


def moderated_by(viewer: Viewer) -> ColumnElement[bool]:
    """A criterion on Course: the viewer moderates its discussions."""
    return true() if viewer.may_about_all(MODERATE) else teaches(viewer.id) if viewer.may(MODERATE) else ~true()


def access_place(viewer: Viewer, lesson_id: int) -> Place:
    """The discussion of a lesson, if the viewer learns or teaches in its course, or runs it; else 404."""
    row = db.session.execute(_placed(viewer, select(Lesson)).where(Lesson.id == lesson_id)).one_or_none()
    return Place(*row) if row else abort(404)


def access_thread(viewer: Viewer, thread_id: int) -> Thread:
    """A question, by the same rule; else 404."""
    query = _placed(viewer, select(Contribution, Lesson).join(Lesson, Lesson.id == Contribution.lesson_id))
    query = query.where(Contribution.id == thread_id, Contribution.question_id.is_(None))
    row = db.session.execute(query).one_or_none()
    return Thread(row[0], Place(*row[1:])) if row else abort(404)


def access_moderated(viewer: Viewer, thread_id: int) -> Thread:
    """A question in a course whose discussions the viewer moderates; else 404."""
    thread = access_thread(viewer, thread_id)
    return thread if thread.place.moderates else abort(404)


def access_own(viewer: Viewer, contribution_id: int) -> tuple[Contribution, Place]:
    """What the viewer wrote, locked; else 404. Whether it can still be changed `is_changeable` says."""
    query = _placed(viewer, select(Contribution, Lesson).join(Lesson, Lesson.id == Contribution.lesson_id))
    query = query.where(Contribution.id == contribution_id, Contribution.author_id == viewer.id)
    row = db.session.execute(query.with_for_update(of=Contribution)).one_or_none()
    return (row[0], Place(*row[1:])) if row else abort(404)


def is_changeable(row: Contribution, at: datetime) -> bool:
    """Whether its author may still edit or delete it."""
    return row.deleted_at is None and row.hidden_at is None and at - row.at <= CHANGED_WITHIN


def part_of(thread: Thread, contribution_id: int | None) -> Contribution:
    """A contribution of a thread, locked: the question itself, or an answer to it; else 404."""
    wanted = contribution_id or thread.question.id
    query = select(Contribution).where(
        Contribution.id == wanted,
        or_(Contribution.id == thread.question.id, Contribution.question_id == thread.question.id),
    )
    return db.session.scalars(query.with_for_update()).one_or_none() or abort(404)


def _placed(viewer: Viewer, query: Any) -> Any:
    learns = exists().where(
        Enrolment.course_id == Course.id, Enrolment.learner_id == viewer.id, Enrolment.state.in_(LIVE)
    )
    learns, moderates = learns.correlate(Course), moderated_by(viewer)
    return (
        query.add_columns(Module, Course, moderates.label("moderates"), learns.label("learns"))
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(or_(learns, moderates))
    )
