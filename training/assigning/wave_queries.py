"""Who stands in which wave, by lot or by a person; and whom reports may compare."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from db import db
from people.models import Employee
from training.assigning.models import Assignment
from training.assigning.wave_models import WaveDraw, WaveMember
from web import Page

MEMBERS_A_PAGE = 25


@dataclass(frozen=True)
class WaveLine:
    """One wave: how many stand in it, how many of them have or had a trainer, since when; how many were moved."""

    wave: int
    members: int
    taught: int
    began_at: datetime | None
    moved_here: int
    started: bool


@dataclass(frozen=True)
class MemberLine:
    """One learner in a wave."""

    employee_id: int
    name: str
    team: str
    site: str
    wave: int
    drawn_wave: int
    reason: str
    moved_by: str


@dataclass(frozen=True)
class Compared:
    """A learner who is in a wave by lot alone, and when their first assignment in the course began, if it has."""

    learner_id: int
    wave: int
    began_at: datetime | None


def compared(course_id: int) -> list[Compared]:
    """Everybody whose wave the lot alone decided: the trained and the not yet trained whom a report may compare.

    Whom an owner moved is left out. One statement.
    """
    began = _began().subquery()
    query = (
        select(WaveMember.learner_id, WaveMember.wave, began.c.began_at)
        .outerjoin(began, (began.c.learner_id == WaveMember.learner_id) & (began.c.course_id == WaveMember.course_id))
        .where(WaveMember.course_id == course_id, by_lot_alone())
        .order_by(WaveMember.learner_id)
    )
    return [Compared(*row) for row in db.session.execute(query)]


def by_lot_alone() -> ColumnElement[bool]:
    """A criterion on WaveMember: nobody moved the learner."""
    return WaveMember.override_reason.is_(None)


def draws(course_id: int) -> Sequence[WaveDraw]:
    """The draws of a course, the first one first."""
    return db.session.scalars(select(WaveDraw).where(WaveDraw.course_id == course_id).order_by(WaveDraw.id)).all()


def waves(course_id: int, started: int) -> list[WaveLine]:
    """The waves in their order; those up to `started` have begun. One statement."""
    began = _began().subquery()
    query = (
        select(
            WaveMember.wave,
            func.count(),
            func.count(began.c.began_at),
            func.min(began.c.began_at),
            func.count(WaveMember.override_reason),
        )
        .outerjoin(began, (began.c.learner_id == WaveMember.learner_id) & (began.c.course_id == WaveMember.course_id))
        .where(WaveMember.course_id == course_id)
        .group_by(WaveMember.wave)
        .order_by(WaveMember.wave)
    )
    return [
        WaveLine(wave, number, taught, began_at, moved, wave <= started)
        for wave, number, taught, began_at, moved in db.session.execute(query)
    ]


def members(course_id: int, number: int, *, wave: int | None, text: str, moved: bool = False) -> Page[MemberLine]:
    """A page of learners with their waves, by name: of one wave, with `text` in the name, only those moved."""
    by = aliased(Employee)
    query = (
        select(
            WaveMember.learner_id,
            Employee.name,
            WaveMember.team,
            WaveMember.site,
            WaveMember.wave,
            WaveMember.drawn_wave,
            func.coalesce(WaveMember.override_reason, ""),
            func.coalesce(by.name, ""),
            func.count().over(),
        )
        .join(Employee, Employee.id == WaveMember.learner_id)
        .outerjoin(by, by.id == WaveMember.overridden_by_id)
        .where(WaveMember.course_id == course_id)
        .order_by(Employee.name, Employee.id)
    )
    if wave is not None:
        query = query.where(WaveMember.wave == wave)
    if text:
        query = query.where(Employee.name.icontains(text, autoescape=True))
    if moved:
        query = query.where(WaveMember.override_reason.is_not(None))
    rows = db.session.execute(query.limit(MEMBERS_A_PAGE).offset((number - 1) * MEMBERS_A_PAGE)).all()
    return Page([MemberLine(*row[:8]) for row in rows], number, rows[0][8] if rows else 0, MEMBERS_A_PAGE)


def members_by_draw(course_id: int) -> dict[int, list[WaveMember]]:
    """Every member of every draw, to draw again: one statement."""
    found: dict[int, list[WaveMember]] = defaultdict(list)
    for member in db.session.scalars(select(WaveMember).where(WaveMember.course_id == course_id)):
        found[member.draw_id].append(member)
    return found


def _began():  # type: ignore[no-untyped-def]  # a Select of three columns
    return select(
        Assignment.learner_id, Assignment.course_id, func.min(Assignment.starts_at).label("began_at")
    ).group_by(Assignment.learner_id, Assignment.course_id)
