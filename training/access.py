"""The doors to enrolments and attempts, and who the learners of a trainer are."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, select

from db import db
from people.access import in_scope
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer
from training.assignment_models import Assignment
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, EnrolmentState
from training.models import Course, Module, QuestionVersion


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt with its enrolment and module; with one of its questions where a place was asked for."""

    attempt: Attempt
    enrolment: Enrolment
    module: Module
    question: QuestionVersion | None = None


def learners_of(trainer_id: int) -> ColumnElement[bool]:
    """A criterion on Employee: has a live assignment to this trainer."""
    live = select(Assignment.learner_id).where(Assignment.trainer_id == trainer_id, Assignment.ends_at.is_(None))
    return Employee.id.in_(live)


def access_enrolment(viewer: Viewer, slug: str, *, lock: bool = False) -> tuple[Enrolment, Course]:
    """One's own live enrolment in a course, locked where something will change; else 404."""
    query = (
        select(Enrolment, Course)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(
            Course.slug == slug,
            Enrolment.state.in_((EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)),
            in_scope(viewer, Permission.TRAINING_COURSE_TAKE),
        )
    )
    if lock:
        query = query.with_for_update(of=Enrolment)
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]


def access_attempt(
    viewer: Viewer, attempt_id: int, permission: Permission, *, position: int | None = None
) -> OpenAttempt:
    """An attempt about whose learner `viewer` holds `permission`, with the question at `position`; else 404.

    To take an attempt is to change it: then its row is locked until the transaction ends.
    """
    query = (
        select(Attempt, Enrolment, Module)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Module, Module.id == Attempt.module_id)
        .where(Attempt.id == attempt_id, in_scope(viewer, permission))
    )
    if position is not None:
        query = (
            query.add_columns(QuestionVersion)
            .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
            .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
            .where(AttemptQuestion.position == position)
        )
    if permission is Permission.TRAINING_ATTEMPT_TAKE:
        query = query.with_for_update(of=Attempt)
    row = db.session.execute(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        abort(404)
    return OpenAttempt(*row)
