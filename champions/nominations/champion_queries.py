"""Champions for their page and for the list of them; and the criterion by which others find who takes new learners."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from champions.models import Champion, Nomination, NominationState
from db import db
from people.models import Employee, Team
from web import PAGE_SIZE, Page

CHAMPIONSHIP = (NominationState.ACTIVE, NominationState.PAUSED, NominationState.RETIRED)


def takes_new_learners() -> ColumnElement[bool]:
    """A criterion on Champion: live and not paused. Whoever gives learners to champions asks this."""
    return and_(Champion.ends_at.is_(None), Champion.paused_at.is_(None))


@dataclass(frozen=True)
class Listed:
    """One championship; `ends_at` is there for who has stopped."""

    nomination_id: int
    name: str
    team: str
    site: str
    state: NominationState
    starts_at: datetime
    paused_at: datetime | None
    ends_at: datetime | None


def championship(nomination_id: int) -> Champion | None:
    """The championship that came of a nomination, or None."""
    return db.session.scalars(select(Champion).where(Champion.nomination_id == nomination_id)).one_or_none()


def champions_page(state: NominationState | None, number: int) -> Page[Listed]:
    """Championships in this state, or all that are live, by name."""
    states = [state] if state else [NominationState.ACTIVE, NominationState.PAUSED]
    query = (
        select(
            Nomination.id,
            Employee.name,
            Team.name,
            Employee.site,
            Nomination.state,
            Champion.starts_at,
            Champion.paused_at,
            Champion.ends_at,
            func.count().over(),
        )
        .join(Champion, Champion.nomination_id == Nomination.id)
        .join(Employee, Employee.id == Nomination.employee_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(Nomination.state.in_(states), Employee.deactivated_at.is_(None))
        .order_by(Employee.name, Nomination.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = db.session.execute(query).all()
    listed = [Listed(row[0], row[1], row[2] or "", row[3], NominationState(row[4]), *row[5:8]) for row in rows]
    return Page(listed, number, rows[0][8] if rows else 0)


def numbers_by_state() -> dict[NominationState, int]:
    """How many championships there are in each state."""
    query = (
        select(Nomination.state, func.count())
        .join(Employee, Employee.id == Nomination.employee_id)
        .where(Nomination.state.in_(CHAMPIONSHIP), Employee.deactivated_at.is_(None))
        .group_by(Nomination.state)
    )
    numbers = {NominationState(state): number for state, number in db.session.execute(query)}
    return {state: numbers.get(state, 0) for state in CHAMPIONSHIP}
