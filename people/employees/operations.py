"""Employees one by one: entered, changed, moved, deactivated, taken back. Nothing here commits.

Each verb takes the employee, who does it (None: the program itself) and when, and appends what it did to the audit
trail. What may not be done raises RefusedError and changes nothing.
"""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select

from db import db
from people.auditing import audit
from people.directory.drafts import Facts
from people.directory.rows import LOCAL_PREFIX
from people.employees.queries import stands_above
from people.models import Employee
from people.refusal import RefusedError
from people.roles import queries as role_queries
from people.sign_in import operations as sign_in_operations
from people.teams import operations as team_operations

LAST_OWNER = "Nobody would be left to run the programme. Make somebody else an owner first."


def create_employee(facts: Facts, *, external_id: str, actor_id: int | None, at: datetime) -> Employee:
    """Enter a person. Without an `external_id` they get one of their own, until the directory knows them.

    `facts.team` is a full name, added if it is new; `facts.manager` an employee's id.
    """
    employee = Employee(external_id=external_id or LOCAL_PREFIX + secrets.token_hex(4), created_at=at)
    _refuse_taken(Employee.external_id, employee.external_id, None, "external_id", "id")
    _store(employee, facts)
    db.session.add(employee)
    db.session.flush()
    audit.append(audit.Verb.ACCOUNT_CREATED, actor_id=actor_id, subject_id=employee.id, at=at)
    return employee


def edit_employee(employee: Employee, facts: Facts, *, actor_id: int | None, at: datetime) -> list[str]:
    """Store the facts that changed and return their names. A new address ends the links sent to the old one."""
    _lock(employee)
    if facts.manager is not None and stands_above(employee.id, int(facts.manager)):
        raise RefusedError("This person stands below the one you edit, so the managers would form a cycle.", "manager")
    if facts.ends_on and facts.ends_on < at.date() and role_queries.active_owners(at, lock=True) == {employee.id}:
        raise RefusedError(LAST_OWNER, "ends_on")
    before = _stored(employee)
    _store(employee, facts)
    after = _stored(employee)
    changed = [name for name in after if after[name] != before[name]]
    if "email" in changed:
        sign_in_operations.end_password_links(employee.id, at)
    others = [name for name in changed if name != "team_id"]
    if "team_id" in changed:
        _record_move(employee, before["team_id"], actor_id, at)
    if others:
        detail = {"facts": others}
        audit.append(audit.Verb.ACCOUNT_EDITED, actor_id=actor_id, subject_id=employee.id, at=at, detail=detail)
    db.session.flush()
    return changed


def move_employee(employee: Employee, team_id: int | None, *, actor_id: int | None, at: datetime) -> None:
    """Put a person into another team, or into none. Their manager and their roles stay as they are."""
    _lock(employee)
    before, employee.team_id = employee.team_id, team_id
    if before != team_id:
        _record_move(employee, before, actor_id, at)
    db.session.flush()


def deactivate_employee(employee: Employee, *, actor_id: int | None, at: datetime) -> None:
    """End a person's sign-in sessions at once and let them sign in no more. What they did and learnt is kept."""
    _lock(employee)
    if employee.deactivated_at is not None:
        raise RefusedError("This account is deactivated already.")
    if employee.id == actor_id:
        raise RefusedError("You cannot deactivate your own account. Another owner can.")
    if role_queries.active_owners(at, lock=True) == {employee.id}:
        raise RefusedError(LAST_OWNER)
    employee.deactivated_at = at
    sign_in_operations.end_all_sessions(employee.id, at)
    sign_in_operations.end_password_links(employee.id, at)
    audit.append(audit.Verb.ACCOUNT_DEACTIVATED, actor_id=actor_id, subject_id=employee.id, at=at)


def reactivate_employee(employee: Employee, *, actor_id: int | None, at: datetime) -> None:
    """Let a person sign in again, with the password and the roles they had."""
    _lock(employee)
    if employee.deactivated_at is None:
        raise RefusedError("This account is active already.")
    employee.deactivated_at = None
    audit.append(audit.Verb.ACCOUNT_REACTIVATED, actor_id=actor_id, subject_id=employee.id, at=at)


def _lock(employee: Employee) -> None:
    db.session.scalars(select(Employee).where(Employee.id == employee.id).with_for_update()).one()


def _stored(employee: Employee) -> dict[str, Any]:
    names = (
        "name", "email", "team_id", "manager_id", "site", "languages", "time_zone", "starts_on", "ends_on", "job",
    )  # fmt: skip
    return {name: getattr(employee, name) for name in names}


def _store(employee: Employee, facts: Facts) -> None:
    if facts.email:
        _refuse_taken(Employee.email, facts.email, employee.id, "email", "e-mail address")
    employee.name = facts.name
    employee.email = facts.email
    employee.team_id = team_operations.add_teams([facts.team])[facts.team] if facts.team else None
    employee.manager_id = int(facts.manager) if facts.manager is not None else None
    employee.site = facts.site
    employee.languages = facts.languages
    employee.time_zone = facts.time_zone
    employee.starts_on = facts.starts_on
    employee.ends_on = facts.ends_on
    employee.job = facts.job


def _refuse_taken(column: Any, value: str, employee_id: int | None, field: str, word: str) -> None:
    with db.session.no_autoflush:
        row = db.session.execute(select(Employee.id, Employee.name).where(column == value)).one_or_none()
    if row is not None and row.id != employee_id:
        raise RefusedError(f"{row.name} has this {word} already.", field)


def _record_move(employee: Employee, before: int | None, actor_id: int | None, at: datetime) -> None:
    detail = {"from": before, "to": employee.team_id}
    audit.append(audit.Verb.TEAM_CHANGED, actor_id=actor_id, subject_id=employee.id, at=at, detail=detail)
