"""Reads of the audit trail, newest first, with the names behind the ids."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from db import db
from people.auditing.audit import Verb
from people.auditing.models import AuditEntry, AuditHead
from people.auditing.words import teams_in
from people.employees.list_queries import matches
from people.employees.queries import who_is
from people.models import Employee, Team
from web import PAGE_SIZE, Page


@dataclass(frozen=True)
class Line:
    """One row of the trail: when, what, about whom (None: nobody in particular), by whom (None: the program)."""

    id: int
    at: datetime
    verb: str
    detail: dict[str, Any]
    subject_id: int | None
    subject: str | None
    actor_id: int | None
    actor: str | None


def lines_page(person: str, verb: Verb | None, number: int) -> Page[Line]:
    """Page `number` (from 1) of the rows about or by `person` (an id, an address, or a part of a name) with `verb`."""
    fits = and_(_about_or_by(person), AuditEntry.verb == verb if verb else true())
    total = db.session.scalar(select(func.count()).select_from(AuditEntry).where(fits)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    return Page(_lines(fits, PAGE_SIZE, (number - 1) * PAGE_SIZE), number, total)


def last_lines(employee_id: int, most: int) -> list[Line]:
    """The newest rows about one employee."""
    return _lines(AuditEntry.subject_id == employee_id, most, 0)


def _about_or_by(person: str) -> ColumnElement[bool]:
    if not person.strip():
        return true()
    exact = who_is(person)
    if exact is not None:
        return or_(AuditEntry.subject_id == exact.id, AuditEntry.actor_id == exact.id)
    fitting = select(Employee.id).where(*(matches(word) for word in person.split()[:6]))
    return or_(AuditEntry.subject_id.in_(fitting), AuditEntry.actor_id.in_(fitting))


def _lines(fits: ColumnElement[bool], most: int, skipped: int) -> list[Line]:
    subject, actor = aliased(Employee), aliased(Employee)
    rows = db.session.execute(
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.verb,
            AuditEntry.detail,
            AuditEntry.subject_id,
            subject.name.label("subject"),
            AuditEntry.actor_id,
            actor.name.label("actor"),
        )
        .outerjoin(subject, subject.id == AuditEntry.subject_id)
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .where(fits)
        .order_by(AuditEntry.id.desc())
        .limit(most)
        .offset(skipped)
    )
    return [Line(**row._asdict()) for row in rows]


def team_names(lines: list[Line]) -> dict[int, str]:
    """The names of the teams that the details of `lines` speak of, by id; one statement, or none."""
    wanted = teams_in(line.detail for line in lines)
    if not wanted:
        return {}
    return {row.id: row.name for row in db.session.execute(select(Team.id, Team.name).where(Team.id.in_(wanted)))}


def head() -> AuditHead | None:
    """Where the chain ends; None when nothing was ever recorded."""
    return db.session.get(AuditHead, 1)


def last_at() -> datetime | None:
    """When the last row was written."""
    return db.session.scalar(select(func.max(AuditEntry.at)))
