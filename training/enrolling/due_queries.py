"""What the pages about due dates show, and the door to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, func, select

from db import db
from people.models import Employee, Team
from people.permissions import Permission
from people.roles.queries import is_active
from people.viewer import Viewer
from training.access import enrolments_in_scope
from training.enrolling.evaluation import LEARNING
from training.enrolling.models import DueExtension, EnrolmentRule, LeaveOfAbsence
from training.enrolment_models import Enrolment
from training.models import Course
from web import PAGE_SIZE, Page

EXTEND = Permission.TRAINING_ENROLMENT_EXTEND


@dataclass(frozen=True)
class OpenEnrolment:
    """An enrolment with its learner, course, and the rule that made it, if one did."""

    enrolment: Enrolment
    learner: Employee
    course: Course
    rule_name: str | None


@dataclass(frozen=True)
class DueRow:
    """One learner in the list of due dates."""

    enrolment_id: int
    name: str
    team: str
    course: str
    due_on: date
    planned_due_on: date | None


@dataclass(frozen=True)
class Granted:
    """An extension as it is read."""

    granted_to: date
    reason: str
    by: str
    at: datetime


def access_due(viewer: Viewer, enrolment_id: int, *, lock: bool = False) -> OpenEnrolment:
    """An enrolment that `viewer` may give more time; else 404."""
    query = (
        select(Enrolment, Employee, Course, EnrolmentRule.name)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(EnrolmentRule, EnrolmentRule.id == Enrolment.rule_id)
        .where(Enrolment.id == enrolment_id, enrolments_in_scope(viewer, EXTEND))
    )
    row = db.session.execute(query.with_for_update(of=Enrolment) if lock else query).one_or_none()
    return OpenEnrolment(*row) if row else abort(404)


def due_rows(viewer: Viewer, at: datetime, page: int, *, words: str = "", overdue: bool = False) -> Page[DueRow]:
    """Everybody in scope who is learning something that is due, the most urgent first. Two statements."""
    criteria: list[ColumnElement[bool]] = [
        Enrolment.state.in_(LEARNING),
        Enrolment.due_on.is_not(None),
        is_active(at),
        enrolments_in_scope(viewer, EXTEND),
    ]
    if words:
        criteria.append(Employee.name.icontains(words, autoescape=True))
    if overdue:
        criteria.append(Enrolment.due_on < at.date())
    base = select(Enrolment.id).join(Employee, Employee.id == Enrolment.learner_id).where(*criteria)
    total = db.session.scalar(select(func.count()).select_from(base.subquery())) or 0
    query = (
        select(
            Enrolment.id, Employee.name, func.coalesce(Team.name, ""), Course.title,
            Enrolment.due_on, Enrolment.planned_due_on,
        )
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(*criteria)
        .order_by(Enrolment.due_on, Employee.name, Enrolment.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )  # fmt: skip
    rows: list[Any] = list(db.session.execute(query))
    return Page([DueRow(*row) for row in rows], page, total)


def my_enrolments(learner_id: int) -> Sequence[OpenEnrolment]:
    """What somebody is learning, the first due first. One statement."""
    query = (
        select(Enrolment, Employee, Course, EnrolmentRule.name)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(EnrolmentRule, EnrolmentRule.id == Enrolment.rule_id)
        .where(Enrolment.learner_id == learner_id, Enrolment.state.in_(LEARNING))
        .order_by(Enrolment.due_on.is_(None), Enrolment.due_on, Course.title)
    )
    return [OpenEnrolment(*row) for row in db.session.execute(query)]


def extensions_of(enrolment_ids: Sequence[int]) -> dict[int, list[Granted]]:
    """What was granted, by enrolment, the latest first. One statement."""
    query = (
        select(DueExtension.enrolment_id, DueExtension.granted_to, DueExtension.reason, Employee.name, DueExtension.at)
        .join(Employee, Employee.id == DueExtension.by_id)
        .where(DueExtension.enrolment_id.in_(enrolment_ids))
        .order_by(DueExtension.at.desc(), DueExtension.id.desc())
    )
    found: dict[int, list[Granted]] = {}
    for row in db.session.execute(query):
        found.setdefault(row[0], []).append(Granted(*row[1:]))
    return found


def leave_rows(employee_id: int) -> Sequence[LeaveOfAbsence]:
    """Somebody's leaves, the latest first. One statement."""
    query = select(LeaveOfAbsence).where(LeaveOfAbsence.employee_id == employee_id)
    return db.session.scalars(query.order_by(LeaveOfAbsence.first_day.desc())).all()


def access_leave(opened: OpenEnrolment, leave_id: int) -> LeaveOfAbsence:
    """A leave of the learner of an enrolment that was opened by its door; else 404."""
    query = select(LeaveOfAbsence).where(LeaveOfAbsence.id == leave_id, LeaveOfAbsence.employee_id == opened.learner.id)
    return db.session.scalars(query.with_for_update()).one_or_none() or abort(404)
