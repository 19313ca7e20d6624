"""What the pages about meetings show: few statements, whatever the number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from db import db
from people.models import Employee
from training.assigning.models import Assignment
from training.meetings.access import may_come
from training.meetings.models import (
    LONGEST,
    TAKEN,
    Meeting,
    MeetingSeat,
    MeetingState,
    SeatState,
    WorksheetVersion,
)

PAST = timedelta(days=60)
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a list, with how full it is and how the person who looks stands to it (`mine`; "" for not)."""

    id: int
    topic: str
    place: str
    starts_at: datetime
    minutes: int
    state: str
    trainer_id: int
    trainer: str
    seats: int
    taken: int
    waiting: int
    mine: str
    came: bool | None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def free(self) -> int:
        """How many seats are free."""
        return max(0, self.seats - self.taken)


@dataclass(frozen=True)
class RosterLine:
    """One learner on the roster of a meeting."""

    learner_id: int
    name: str
    state: str
    came: bool | None
    has_worksheet: bool


def as_learner(learner_id: int, at: datetime) -> list[MeetingLine]:
    """The meetings that a learner is in or may book, from two months ago on, by time. One statement."""
    criterion = and_(may_come(learner_id), Meeting.starts_at > at - PAST, Meeting.trainer_id != learner_id)
    return _lines(criterion, learner_id)


def as_trainer(trainer_id: int, at: datetime) -> list[MeetingLine]:
    """The meetings that a trainer offers, from two months ago on, by time. One statement."""
    return _lines(and_(Meeting.trainer_id == trainer_id, Meeting.starts_at > at - PAST), trainer_id)


def next_meetings(employee_id: int, at: datetime, most: int = 3) -> list[MeetingLine]:
    """The next meetings that somebody offers, is invited to or has booked, also one that is going on. One statement."""
    coming = and_(Meeting.state == MeetingState.PLANNED, Meeting.starts_at > at - timedelta(minutes=LONGEST))
    mine = or_(MeetingSeat.state.in_(TAKEN), and_(Meeting.trainer_id == employee_id, _count(TAKEN) > 0))
    return [line for line in _lines(and_(coming, mine), employee_id, most=most + 2) if line.ends_at > at][:most]


def one_line(meeting_id: int, employee_id: int) -> MeetingLine:
    """One meeting as a line. One statement."""
    return _lines(Meeting.id == meeting_id, employee_id)[0]


def roster(meeting_id: int) -> list[RosterLine]:
    """Everybody on the roster, those with a seat first, in the order in which they came to it. One statement."""
    written = select(WorksheetVersion.number).where(
        WorksheetVersion.meeting_id == MeetingSeat.meeting_id, WorksheetVersion.learner_id == MeetingSeat.learner_id
    )
    query = (
        select(Employee.id, Employee.name, MeetingSeat.state, MeetingSeat.came, written.exists())
        .join(MeetingSeat, MeetingSeat.learner_id == Employee.id)
        .where(MeetingSeat.meeting_id == meeting_id, MeetingSeat.state != SeatState.RELEASED)
        .order_by(MeetingSeat.state == SeatState.WAITING, MeetingSeat.joined_at, Employee.name)
    )
    return [RosterLine(*row) for row in db.session.execute(query)]


def own_learners(trainer_id: int) -> list[tuple[int, str]]:
    """Id and name of everybody whom a trainer teaches now, by name. One statement."""
    query = (
        select(Employee.id, Employee.name)
        .join(Assignment, Assignment.learner_id == Employee.id)
        .where(Assignment.trainer_id == trainer_id, Assignment.ends_at.is_(None), Employee.deactivated_at.is_(None))
        .distinct()
        .order_by(Employee.name, Employee.id)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]


def versions(meeting_id: int, learner_id: int) -> Sequence[tuple[WorksheetVersion, str]]:
    """Everything that was shared on a worksheet, the last first, with who did. One statement."""
    query = (
        select(WorksheetVersion, Employee.name)
        .join(Employee, Employee.id == WorksheetVersion.author_id)
        .where(WorksheetVersion.meeting_id == meeting_id, WorksheetVersion.learner_id == learner_id)
        .order_by(WorksheetVersion.number.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


@dataclass(frozen=True)
class Counts:
    """What an owner sees of meetings in a period: numbers, and nothing of what was said."""

    since: date
    offered: int
    held: int
    cancelled: int
    seats: int
    came: int
    noted: int
    worksheets: int
    trainers: int
    learners: int


def counts(since: datetime, at: datetime) -> Counts:
    """Meetings that began since a moment: how many, how full, how many worksheets. Three statements."""
    period = and_(Meeting.starts_at > since, Meeting.starts_at <= at)
    planned = case((Meeting.state == MeetingState.PLANNED, 1), else_=0)
    has_seat = select(MeetingSeat.meeting_id).where(MeetingSeat.meeting_id == Meeting.id, MeetingSeat.state.in_(TAKEN))
    held = case((and_(Meeting.state == MeetingState.PLANNED, has_seat.exists()), 1), else_=0)
    meetings = db.session.execute(select(func.count(), func.sum(planned), func.sum(held)).where(period)).one()
    on = and_(period, Meeting.state == MeetingState.PLANNED, MeetingSeat.state.in_(TAKEN))
    seats = db.session.execute(
        select(
            func.count(),
            func.sum(case((MeetingSeat.came.is_(True), 1), else_=0)),
            func.count(MeetingSeat.came),
            func.count(func.distinct(Meeting.trainer_id)),
            func.count(func.distinct(MeetingSeat.learner_id)),
        )
        .join(Meeting, Meeting.id == MeetingSeat.meeting_id)
        .where(on)
    ).one()
    sheets = select(func.count()).where(WorksheetVersion.number == 1, WorksheetVersion.at > since)
    all_of, live = meetings[0], int(meetings[1] or 0)
    came = (seats[0], int(seats[1] or 0), seats[2])
    return Counts(
        since.date(),
        all_of,
        int(meetings[2] or 0),
        all_of - live,
        *came,
        db.session.scalar(sheets) or 0,
        seats[3],
        seats[4],
    )


def _lines(criterion: ColumnElement[bool], employee_id: int, most: int | None = None) -> list[MeetingLine]:
    query: Rows = (
        select(
            Meeting.id,
            Meeting.topic,
            Meeting.place,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.state,
            Meeting.trainer_id,
            Employee.name,
            Meeting.seats,
            _count(TAKEN),
            _count((SeatState.WAITING,)),
            func.coalesce(MeetingSeat.state, ""),
            MeetingSeat.came,
        )
        .join(Employee, Employee.id == Meeting.trainer_id)
        .outerjoin(MeetingSeat, and_(MeetingSeat.meeting_id == Meeting.id, MeetingSeat.learner_id == employee_id))
        .where(criterion)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(most)
    )
    return [MeetingLine(*row) for row in db.session.execute(query)]


def _count(states: Sequence[SeatState]) -> ColumnElement[int]:
    seat = MeetingSeat.__table__.alias()
    return (
        select(func.count())
        .select_from(seat)
        .where(seat.c.meeting_id == Meeting.id, seat.c.state.in_(states))
        .correlate(Meeting)
        .scalar_subquery()
    )
