"""Leaving the scoring and coming back: one click, no reason, no effect on training. Nothing here commits."""

from datetime import datetime

from sqlalchemy import select

from champions.models import Nomination
from champions.nominations.operations import actor_of, take
from champions.rules.nomination_life import OPEN, Step
from db import db
from people.auditing import audit
from people.models import Employee


def opt_out(employee_id: int, *, at: datetime) -> None:
    """Leave the scoring: the score vanishes from every page now and from every later run; open nominations end."""
    employee = db.session.scalars(select(Employee).where(Employee.id == employee_id).with_for_update()).one()
    if employee.opted_out_at is not None:
        return
    employee.opted_out_at = at
    waiting = select(Nomination).where(Nomination.employee_id == employee_id, Nomination.state.in_(OPEN))
    for nomination in db.session.scalars(waiting.with_for_update()):
        nomination.state = take(nomination, Step.LEAVE_SCORING, actor_of(nomination, employee_id))
        nomination.ended_at = at
    audit.append(audit.Verb.OPTED_OUT, actor_id=employee_id, subject_id=employee_id, at=at)


def opt_in(employee_id: int, *, at: datetime) -> None:
    """Take part again from the next run on."""
    employee = db.session.scalars(select(Employee).where(Employee.id == employee_id).with_for_update()).one()
    if employee.opted_out_at is None:
        return
    employee.opted_out_at = None
    audit.append(audit.Verb.OPTED_IN, actor_id=employee_id, subject_id=employee_id, at=at)
