"""More time for one person: an extension with a reason, or a leave that stops the clock. Nothing here commits.

`Enrolment.due_on` is always the day that counts, so whoever reads it (portal, trainers, reports) needs to know nothing
of this room. `settle` works it out anew from the planned day, what was granted, and the days away.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from training.enrolling.evaluation import LEARNING
from training.enrolling.models import DueExtension, LeaveOfAbsence
from training.enrolment_models import Enrolment
from training.models import Course
from training.rules.enrolling.due_dates import Leave, effective_due, own_day, without_leave
from training.rules.enrolling.words import day_in_words

LONGEST = timedelta(days=730)
"""The longest leave, and the furthest extension: beyond it somebody mistyped a year."""


def extend(
    enrolment: Enrolment, course: Course, learner: Employee, *, to: date, reason: str, actor_id: int, at: datetime
) -> None:
    """Give a learner until `to`. They are told, with the reason; the enrolment must be locked."""
    if enrolment.state not in LEARNING:
        raise RefusedError("Only a course that is being learnt can be given more time.", "to")
    if enrolment.due_on is None:
        raise RefusedError("This course has no due date, so there is nothing to extend.", "to")
    if to <= enrolment.due_on:
        raise RefusedError(f"Choose a day after {day_in_words(enrolment.due_on)}, when the course is due now.", "to")
    if to - own_day(at, learner.time_zone) > LONGEST:
        raise RefusedError("Choose a day within the next two years.", "to")
    leaves = leaves_of([learner.id])[learner.id]
    if any(leave.first <= to <= leave.last for leave in leaves):
        raise RefusedError("That day is one of leave. Choose one after it.", "to")
    before = without_leave(to, enrolled_on=own_day(enrolment.enrolled_at, learner.time_zone), leaves=leaves)
    db.session.add(
        DueExtension(
            enrolment_id=enrolment.id, granted_to=to, before_leave=before, reason=reason, by_id=actor_id, at=at
        )
    )
    db.session.flush()
    detail = {"course": course.id, "until_day": to.isoformat()}
    audit.append(audit.Verb.DUE_DATE_EXTENDED, actor_id=actor_id, subject_id=learner.id, at=at, detail=detail)
    settle([Enrolment.id == enrolment.id], at)
    _tell_extended(enrolment, course, to, reason, at)


def _tell_extended(enrolment: Enrolment, course: Course, to: date, reason: str, at: datetime) -> None:
    telling = Telling(
        kind=Kind.DUE_DATE,
        subject=f"“{course.title}” is due on {day_in_words(to)} now",
        text=f"You were given more time. The reason: {reason}",
        path="/my-due-dates",
        key=f"due {enrolment.id} extended to {to}",
    )
    tell([enrolment.learner_id], telling, at=at)


def enter_leave(learner: Employee, *, first: date, last: date, actor_id: int, at: datetime) -> LeaveOfAbsence:
    """Stop the clock from the first to the last day. No reason is asked for and none is kept."""
    if last < first:
        raise RefusedError("The last day is before the first.", "last")
    if last - first > LONGEST or last - own_day(at, learner.time_zone) > LONGEST:
        raise RefusedError("A leave is at most two years long. Check the year.", "last")
    leave = LeaveOfAbsence(employee_id=learner.id, first_day=first, last_day=last, by_id=actor_id, at=at)
    db.session.add(leave)
    db.session.flush()
    audit.append(audit.Verb.LEAVE_ENTERED, actor_id=actor_id, subject_id=learner.id, at=at)
    settle([Enrolment.learner_id == learner.id], at)
    telling = Telling(
        kind=Kind.DUE_DATE,
        subject="The clock of your courses stands still while you are away",
        text=f"From {day_in_words(first)} to {day_in_words(last)}. Due dates have moved by the days you are away.",
        path="/my-due-dates",
        key=f"leave {leave.id}",
    )
    tell([learner.id], telling, at=at)
    return leave


def remove_leave(leave: LeaveOfAbsence, *, actor_id: int, at: datetime) -> None:
    """Take a leave out again: the clock counts those days."""
    learner_id = leave.employee_id
    db.session.delete(leave)
    db.session.flush()
    audit.append(audit.Verb.LEAVE_REMOVED, actor_id=actor_id, subject_id=learner_id, at=at)
    settle([Enrolment.learner_id == learner_id], at)


def settle_all(at: datetime) -> int:
    """Work out the due day of everybody who is or was away lately, or was given time; returns how many moved."""
    since = at.date() - timedelta(days=2)
    away = select(LeaveOfAbsence.employee_id).where(LeaveOfAbsence.last_day >= since)
    return settle([Enrolment.learner_id.in_(away)], at)


def settle(criteria: Sequence[ColumnElement[bool]], at: datetime) -> int:
    """Work out the day that counts for the enrolments that fit; returns how many moved. Four statements."""
    granted = (
        select(func.max(DueExtension.before_leave))
        .where(DueExtension.enrolment_id == Enrolment.id, DueExtension.at >= Enrolment.enrolled_at)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    query = (
        select(Enrolment, granted, Employee.time_zone)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Enrolment.state.in_(LEARNING), Enrolment.due_on.is_not(None), *criteria)
        .with_for_update(of=Enrolment)
    )
    rows = db.session.execute(query).all()
    leaves = leaves_of({row[0].learner_id for row in rows})
    moved = []
    for enrolment, extended_to, zone in rows:
        planned = enrolment.planned_due_on or enrolment.due_on
        assert planned is not None  # only those with a due day were read
        enrolled_on = own_day(enrolment.enrolled_at, zone)
        mine = leaves[enrolment.learner_id]
        due = effective_due(planned, enrolled_on=enrolled_on, extended_to=extended_to, leaves=mine)
        if due != enrolment.due_on:
            enrolment.planned_due_on, enrolment.due_on = (None if due == planned else planned), due
            moved.append(enrolment.id)
    db.session.flush()
    return len(moved)


def leaves_of(employee_ids: Sequence[int] | set[int]) -> dict[int, list[Leave]]:
    """The leaves of these people, in order; none is an empty list. One statement."""
    found: dict[int, list[Leave]] = defaultdict(list)
    if employee_ids:
        query = select(LeaveOfAbsence.employee_id, LeaveOfAbsence.first_day, LeaveOfAbsence.last_day)
        query = query.where(LeaveOfAbsence.employee_id.in_(employee_ids)).order_by(LeaveOfAbsence.first_day)
        for employee_id, first, last in db.session.execute(query):
            found[employee_id].append(Leave(first, last))
    return found
