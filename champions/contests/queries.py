"""Contests for those who answer them, for whose score it is, and as a mark beside a score."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from champions.contests.models import ContestState, ScoreContest
from db import db
from people.models import Employee, Team
from web import PAGE_SIZE, Page


@dataclass(frozen=True)
class Listed:
    """One contest with the names of both sides; `answered_by` is empty while it is open."""

    row: ScoreContest
    name: str
    team: str
    answered_by: str


def page_of(number: int, *, state: ContestState) -> Page[Listed]:
    """Contests in one state: open ones by deadline, answered ones the newest first."""
    order = ScoreContest.due_at if state is ContestState.OPEN else ScoreContest.answered_at.desc()
    query = (
        _listed(func.count().over())
        .where(ScoreContest.state == state)
        .order_by(order, ScoreContest.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = db.session.execute(query).all()
    return Page([_row(row) for row in rows], number, rows[0][4] if rows else 0)


def of_employee(employee_id: int, most: int = 20) -> list[Listed]:
    """The contests of one person, the newest first."""
    query = _listed().where(ScoreContest.employee_id == employee_id).order_by(ScoreContest.id.desc()).limit(most)
    return [_row(row) for row in db.session.execute(query)]


def under_review() -> dict[int, datetime]:
    """Whose score is contested and not answered yet, with the day until which it will be: one statement."""
    query = (
        select(ScoreContest.employee_id, func.min(ScoreContest.due_at))
        .where(ScoreContest.state == ContestState.OPEN)
        .group_by(ScoreContest.employee_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _listed(*more):  # type: ignore[no-untyped-def]  # a Select of many columns
    other = Employee.__table__.alias("other")
    return (
        select(ScoreContest, Employee.name, Team.name, other.c.name, *more)
        .join(Employee, Employee.id == ScoreContest.employee_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .outerjoin(other, other.c.id == ScoreContest.answered_by_id)
    )


def _row(row) -> Listed:  # type: ignore[no-untyped-def]
    return Listed(row[0], row[1], row[2] or "", row[3] or "")
