"""Reads about one employee: what their page shows, who is meant by a text, and who stands above whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from db import db
from people.employees.list_queries import State, state_of
from people.models import Employee, Role, RoleGrant, Team
from people.roles.queries import is_live
from people.sign_in.models import SignInSession


@dataclass(frozen=True)
class Profile:
    """What surrounds an employee: team, manager, how many report to them, and how they sign in."""

    state: State
    team_id: int | None
    team_full_name: str | None
    manager_id: int | None
    manager_name: str | None
    reports: int
    live_sessions: int
    last_sign_in: datetime | None


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds now, or will: since when, until when, for which team, granted by whom."""

    id: int
    role: Role
    team_id: int | None
    team_name: str | None
    starts_at: datetime
    ends_at: datetime | None
    granted_by: str | None


def profile(employee_id: int, at: datetime) -> Profile:
    """The profile of an employee who exists, in one statement."""
    manager, report = aliased(Employee), aliased(Employee)
    own_session = SignInSession.employee_id == Employee.id
    live = (SignInSession.ended_at.is_(None), SignInSession.ends_at > at)
    reports = select(func.count()).where(report.manager_id == Employee.id).scalar_subquery()
    sessions = select(func.count()).select_from(SignInSession).where(own_session, *live).scalar_subquery()
    last = select(func.max(SignInSession.created_at)).where(own_session).scalar_subquery()
    row = db.session.execute(
        select(
            state_of(at),
            Employee.team_id,
            Team.full_name.label("team_full_name"),
            Employee.manager_id,
            manager.name.label("manager_name"),
            reports.label("reports"),
            sessions.label("live_sessions"),
            last.label("last_sign_in"),
        )
        .outerjoin(Team, Team.id == Employee.team_id)
        .outerjoin(manager, manager.id == Employee.manager_id)
        .where(Employee.id == employee_id)
    ).one()
    return Profile(**{**row._asdict(), "state": State(row.state)})


def held_roles(employee_id: int, at: datetime) -> list[HeldRole]:
    """The roles that an employee holds now, oldest first."""
    granter = aliased(Employee)
    rows = db.session.execute(
        select(
            RoleGrant.id,
            RoleGrant.role,
            RoleGrant.team_id,
            Team.name.label("team_name"),
            RoleGrant.starts_at,
            RoleGrant.ends_at,
            granter.name.label("granted_by"),
        )
        .outerjoin(Team, Team.id == RoleGrant.team_id)
        .outerjoin(granter, granter.id == RoleGrant.granted_by_id)
        .where(RoleGrant.employee_id == employee_id, is_live(at))
        .order_by(RoleGrant.starts_at, RoleGrant.id)
    )
    return [HeldRole(**{**row._asdict(), "role": Role(row.role)}) for row in rows]


def who_is(text: str) -> Employee | None:
    """The employee with this id of the directory, or else with this e-mail address; None if there is none."""
    words = " ".join(text.split())
    found: Sequence[Employee] = db.session.scalars(
        select(Employee).where(or_(Employee.external_id == words, Employee.email == words.lower()))
    ).all()
    return max(found, key=lambda employee: employee.external_id == words, default=None)


def stands_above(upper_id: int, lower_id: int) -> bool:
    """Whether the employee `upper_id` is `lower_id` or stands above them in the line of management; one statement."""
    line = select(Employee.id, Employee.manager_id).where(Employee.id == lower_id).cte("line", recursive=True)
    above = aliased(Employee)
    line = line.union(select(above.id, above.manager_id).where(above.id == line.c.manager_id))
    return bool(db.session.scalar(select(exists().where(line.c.id == upper_id))))
