"""The list of employees: who fits, page by page, with what a row shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import aliased

from db import db
from people.models import Employee, Role, RoleGrant, Team
from people.roles.queries import is_active, is_live
from web import PAGE_SIZE, Page

MOST_WORDS = 6


class State(StrEnum):
    """Whether a person may sign in, and if not, why."""

    ACTIVE = "active"
    LEFT = "left"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to: words in name, address or id; a team with those below it; site, state, role."""

    words: str = ""
    team_path: str = ""
    site: str = ""
    state: State | None = None
    role: Role | None = None


@dataclass(frozen=True)
class Listed:
    """One row of the list."""

    id: int
    external_id: str
    name: str
    job: str
    site: str
    team_id: int | None
    team_name: str | None
    manager_id: int | None
    manager_name: str | None
    state: State
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Headcount:
    """How many people there are in each state."""

    active: int
    left: int
    deactivated: int

    @property
    def all(self) -> int:
        """Everybody."""
        return self.active + self.left + self.deactivated


def headcount(about: ColumnElement[bool], at: datetime) -> Headcount:
    """How many of the people of `about` are in each state."""
    row = db.session.execute(
        select(*(func.count().filter(_is_in(state, at)) for state in State)).select_from(Employee).where(about)
    ).one()
    return Headcount(active=row[0], left=row[1], deactivated=row[2])


def sites(about: ColumnElement[bool]) -> list[str]:
    """Every site that somebody of `about` has, in order."""
    query = select(Employee.site).where(about, Employee.site != "").distinct()
    return sorted(db.session.scalars(query))


def employees_page(filters: Filters, number: int, about: ColumnElement[bool], at: datetime) -> Page[Listed]:
    """Page `number` (from 1) of the people of `about` who fit, by name, in three statements; too high is the last."""
    fits = and_(about, *_criteria(filters, at))
    total = db.session.scalar(select(func.count()).select_from(Employee).where(fits)) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    manager = aliased(Employee)
    query = (
        select(
            Employee.id,
            Employee.external_id,
            Employee.name,
            Employee.job,
            Employee.site,
            Employee.team_id,
            Team.name.label("team_name"),
            Employee.manager_id,
            manager.name.label("manager_name"),
            state_of(at),
        )
        .outerjoin(Team, Team.id == Employee.team_id)
        .outerjoin(manager, manager.id == Employee.manager_id)
        .where(fits)
        .order_by(Employee.name, Employee.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = db.session.execute(query).all()
    held = roles_of([row.id for row in rows], at)
    people = [Listed(**{**row._asdict(), "state": State(row.state), "roles": held.get(row.id, ())}) for row in rows]
    return Page(people, number, total)


def state_of(at: datetime) -> ColumnElement[str]:
    """The State of an Employee as a column named `state`."""
    return case(
        (_is_in(State.DEACTIVATED, at), State.DEACTIVATED), (_is_in(State.LEFT, at), State.LEFT), else_=State.ACTIVE
    ).label("state")


def roles_of(employees: Sequence[int], at: datetime) -> dict[int, tuple[Role, ...]]:
    """The different roles that each of `employees` holds now, in the order of Role."""
    held: dict[int, set[Role]] = defaultdict(set)
    query = select(RoleGrant.employee_id, RoleGrant.role).where(RoleGrant.employee_id.in_(employees), is_live(at))
    for row in db.session.execute(query):
        held[row.employee_id].add(Role(row.role))
    return {person: tuple(role for role in Role if role in roles) for person, roles in held.items()}


def _is_in(state: State, at: datetime) -> ColumnElement[bool]:
    if state is State.ACTIVE:
        return is_active(at)
    if state is State.DEACTIVATED:
        return Employee.deactivated_at.is_not(None)
    return and_(Employee.deactivated_at.is_(None), not_(is_active(at)))


def _criteria(filters: Filters, at: datetime) -> list[ColumnElement[bool]]:
    criteria = [matches(word) for word in filters.words.split()[:MOST_WORDS]]
    if filters.team_path:
        criteria.append(Employee.team_id.in_(select(Team.id).where(Team.path.startswith(filters.team_path))))
    if filters.site:
        criteria.append(Employee.site == filters.site)
    if filters.state:
        criteria.append(_is_in(filters.state, at))
    if filters.role:
        holders = select(RoleGrant.employee_id).where(RoleGrant.role == filters.role, is_live(at))
        criteria.append(Employee.id.in_(holders))
    return criteria


def matches(word: str) -> ColumnElement[bool]:
    """A criterion on Employee: `word` stands in the name, the address or the id, in any case."""
    return or_(
        *(column.icontains(word, autoescape=True) for column in (Employee.name, Employee.email, Employee.external_id))
    )
