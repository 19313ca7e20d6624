"""The doors to enrolments and attempts, and who the learners of a trainer are."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, exists, or_, select, true

from db import db
from people.access import in_scope
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer
from training.assigning.models import Assignment
from training.enrolment_models import LIVE, Attempt, AttemptQuestion, Enrolment
from training.models import Course, Module, QuestionVersion


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt with its enrolment and module; with one of its questions and its place where that was asked for."""

    attempt: Attempt
    enrolment: Enrolment
    module: Module
    question: QuestionVersion | None = None
    place: AttemptQuestion | None = None


def learners_of(trainer_id: int) -> ColumnElement[bool]:
    """A criterion on Employee: has a live assignment to this trainer."""
    live = select(Assignment.learner_id).where(Assignment.trainer_id == trainer_id, Assignment.ends_at.is_(None))
    return Employee.id.in_(live)


def taught_by(trainer_id: int) -> ColumnElement[bool]:
    """A criterion on Enrolment: its learner has a live assignment to this trainer for its course."""
    live = exists().where(
        Assignment.trainer_id == trainer_id,
        Assignment.learner_id == Enrolment.learner_id,
        Assignment.course_id == Enrolment.course_id,
        Assignment.ends_at.is_(None),
    )
    return live.correlate(Enrolment)


def enrolments_in_scope(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """A criterion on Enrolment joined with its Employee: one's own, those one teaches, or all, as `permission` says.

    A trainer sees a learner in the course of the assignment, and in no other.
    """
    if viewer.may_about_all(permission):
        return true()
    return in_scope(viewer, permission) & or_(Enrolment.learner_id == viewer.id, taught_by(viewer.id))


def access_enrolment(viewer: Viewer, slug: str, *, lock: bool = False) -> tuple[Enrolment, Course]:
    """One's own live enrolment in a course, locked where something will change; else 404."""
    query = (
        select(Enrolment, Course)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Course.slug == slug, Enrolment.state.in_(LIVE), in_scope(viewer, Permission.TRAINING_COURSE_TAKE))
    )
    if lock:
        query = query.with_for_update(of=Enrolment)
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]


def access_attempt(
    viewer: Viewer, attempt_id: int, permission: Permission, *, position: int | None = None, lock: bool = False
) -> OpenAttempt:
    """An attempt about whose learner `viewer` holds `permission`, with the question at `position`; else 404.

    An attempt can be taken only while its enrolment is live. Whoever changes it locks it, and its enrolment: what is
    done in two modules at once may complete the course.
    """
    query = (
        select(Attempt, Enrolment, Module)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Module, Module.id == Attempt.module_id)
        .where(Attempt.id == attempt_id, enrolments_in_scope(viewer, permission))
    )
    if position is not None:
        query = (
            query.add_columns(QuestionVersion, AttemptQuestion)
            .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
            .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
            .where(AttemptQuestion.position == position)
        )
    if permission is Permission.TRAINING_ATTEMPT_TAKE:
        query = query.where(Enrolment.state.in_(LIVE))
    if lock:
        query = query.with_for_update(of=[Attempt, Enrolment])
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return OpenAttempt(*row)
