"""Roles are granted and ended by people, never by oneself, and never so that nobody runs the programme."""

from datetime import datetime

from sqlalchemy import select

from db import db
from people.auditing import audit
from people.employees.operations import LAST_OWNER
from people.models import Employee, Role, RoleGrant
from people.refusal import RefusedError
from people.roles import queries as role_queries


def grant_role(
    employee: Employee,
    role: Role,
    *,
    team_id: int | None = None,
    ends_at: datetime | None = None,
    actor_id: int | None,
    at: datetime,
) -> RoleGrant:
    """Grant `role` from now until `ends_at` (None: until it is ended); a manager's is bound to `team_id`."""
    if employee.id == actor_id:
        raise RefusedError("Nobody grants a role to themselves. Ask another owner.")
    if (role is Role.MANAGER) != (team_id is not None):
        raise RefusedError("A manager needs a team; the other roles have none.", "team")
    if ends_at is not None and ends_at <= at:
        raise RefusedError("The end lies in the past. Choose a later day, or none.", "ends_on")
    person = db.session.scalars(
        select(Employee).where(Employee.id == employee.id, role_queries.is_active(at)).with_for_update()
    ).one_or_none()
    if person is None:
        raise RefusedError("This account is not active. Reactivate it first.")
    if _live_grant(employee.id, role, team_id, at) is not None:
        raise RefusedError("This person holds this role already. End it first to change its end.", "role")
    grant = RoleGrant(
        employee_id=employee.id, role=role, team_id=team_id, starts_at=at, ends_at=ends_at, granted_by_id=actor_id
    )
    db.session.add(grant)
    db.session.flush()
    detail = {"role": role, "team": team_id, "until": ends_at.isoformat() if ends_at else None}
    audit.append(audit.Verb.ROLE_GRANTED, actor_id=actor_id, subject_id=employee.id, at=at, detail=detail)
    return grant


def end_role(grant: RoleGrant, *, actor_id: int | None, at: datetime) -> None:
    """End a role at once: the next request of its holder is refused."""
    owners = role_queries.active_owners(at, lock=True) if grant.role == Role.OWNER else set()
    db.session.scalars(select(RoleGrant).where(RoleGrant.id == grant.id).with_for_update()).one()
    if grant.ends_at is not None and grant.ends_at <= at:
        raise RefusedError("This role has ended already.")
    if owners == {grant.employee_id}:
        raise RefusedError(LAST_OWNER)
    grant.ends_at = at
    db.session.flush()
    detail = {"role": grant.role, "team": grant.team_id}
    audit.append(audit.Verb.ROLE_ENDED, actor_id=actor_id, subject_id=grant.employee_id, at=at, detail=detail)


def _live_grant(employee_id: int, role: Role, team_id: int | None, at: datetime) -> RoleGrant | None:
    same_team = RoleGrant.team_id.is_(None) if team_id is None else RoleGrant.team_id == team_id
    query = select(RoleGrant).where(
        RoleGrant.employee_id == employee_id, RoleGrant.role == role, same_team, role_queries.is_live(at)
    )
    return db.session.scalars(query).first()
