"""Reads about teams: the tree with its people and managers, one team, a team by its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import ColumnElement, func, select

from db import db
from people.employees.person_facts import SEPARATOR
from people.models import Employee, Role, RoleGrant, Team
from people.roles.queries import is_active, is_live

MOST_OFFERED = 400


@dataclass(frozen=True)
class TeamRow:
    """A team in the tree: `depth` from 0 at the top; `direct` active people in it, `people` with the teams below."""

    id: int
    name: str
    full_name: str
    path: str
    depth: int
    parent_id: int | None
    manager_id: int | None
    manager_name: str | None
    manager_is_active: bool
    direct: int
    people: int


@dataclass(frozen=True)
class TeamManager:
    """Somebody who holds the role of manager of a team; `by_directory`: it follows from the staff directory."""

    grant_id: int
    employee_id: int
    name: str
    starts_at: datetime
    ends_at: datetime | None
    by_directory: bool


def tree(about: ColumnElement[bool], at: datetime) -> list[TeamRow]:
    """The teams of `about` in the order of the tree, siblings by name, in two statements."""
    columns = (Team.id, Team.name, Team.full_name, Team.path, Team.parent_id, Team.manager_id)
    manager_is_active = is_active(at).label("manager_is_active")
    teams = db.session.execute(
        select(*columns, Employee.name.label("manager_name"), manager_is_active)
        .outerjoin(Employee, Employee.id == Team.manager_id)
        .where(about)
    ).all()
    numbers = select(Employee.team_id, func.count()).where(is_active(at)).group_by(Employee.team_id)
    direct: dict[int | None, int] = {row[0]: row[1] for row in db.session.execute(numbers)}
    people: dict[int, int] = dict.fromkeys((team.id for team in teams), 0)
    for team in teams:
        for above in ids_of(team.path):
            if above in people:
                people[above] += direct.get(team.id, 0)
    rows = [
        TeamRow(
            **team._asdict(),
            depth=len(ids_of(team.path)) - 1,
            direct=direct.get(team.id, 0),
            people=people[team.id],
        )
        for team in teams
    ]
    return sorted(rows, key=lambda row: tree_order(row.full_name))


def ids_of(path: str) -> list[int]:
    """The ids in a path "/1/5/9/", from the top."""
    return [int(part) for part in path.split("/") if part]


def managers_of(team_id: int, at: datetime) -> list[TeamManager]:
    """Who holds the role of manager of this team now, by name."""
    by_directory = RoleGrant.granted_by_id.is_(None).label("by_directory")
    rows = db.session.execute(
        select(
            RoleGrant.id.label("grant_id"),
            RoleGrant.employee_id,
            Employee.name,
            RoleGrant.starts_at,
            RoleGrant.ends_at,
            by_directory,
        )
        .join(Employee, Employee.id == RoleGrant.employee_id)
        .where(RoleGrant.role == Role.MANAGER, RoleGrant.team_id == team_id, is_live(at))
        .order_by(Employee.name, RoleGrant.id)
    )
    return [TeamManager(**row._asdict()) for row in rows]


@dataclass(frozen=True)
class TeamChoice:
    """A team as it stands in a list to choose from."""

    id: int
    name: str
    depth: int


def choices(about: ColumnElement[bool]) -> list[TeamChoice]:
    """The teams of `about` in the order of the tree."""
    rows = db.session.execute(select(Team.id, Team.name, Team.full_name, Team.path).where(about))
    ordered = sorted(rows, key=lambda row: tree_order(row.full_name))
    return [TeamChoice(row.id, row.name, len(ids_of(row.path)) - 1) for row in ordered]


def tree_order(full_name: str) -> list[str]:
    """What to sort full names by: each team stands before those below it, siblings by name."""
    return [part.casefold() for part in full_name.split(SEPARATOR)]


def full_names() -> list[str]:
    """The full names of all teams, in order."""
    return sorted(db.session.scalars(select(Team.full_name)), key=tree_order)


def team_named(full_name: str) -> Team | None:
    """The team with this full name; None if there is none."""
    return db.session.scalars(select(Team).where(Team.full_name == full_name)).one_or_none()


def near(full_name: str, known: Iterable[str]) -> str | None:
    """The full name among `known` that may have been meant: one that is spelt alike, or ends alike."""
    names = {name.casefold(): name for name in known}
    ends = [name for name in names if name.endswith(SEPARATOR + full_name.casefold())]
    found = ends or get_close_matches(full_name.casefold(), names, n=1)
    return names[found[0]] if found else None
