"""Tables of meetings: office hours, meetings, their seats, worksheets, and private calendar addresses."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment
from training.rules.meetings.times import WeeklyRule

SHORTEST, LONGEST = 5, 480  # minutes
MOST_SEATS = 200


class MeetingState(StrEnum):
    """Whether a meeting is on."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    """How a learner stands to a meeting. A seat is kept for who is invited until they say no."""

    INVITED = "invited"
    BOOKED = "booked"
    WAITING = "waiting"
    RELEASED = "released"


TAKEN = (SeatState.INVITED, SeatState.BOOKED)
"""The states in which a learner has a seat."""


class OfficeHours(Base):
    """A weekly time at which a trainer can be met: `minute` of the day on the clock of `time_zone`."""

    __tablename__ = "office_hours"
    __table_args__ = (
        CheckConstraint("weekday >= 0 AND weekday <= 6", name="weekday"),
        CheckConstraint("minute >= 0 AND minute < 1440", name="minute_of_a_day"),
        CheckConstraint(f"minutes >= {SHORTEST} AND minutes <= {LONGEST}", name="length"),
        CheckConstraint("seats >= 1", name="at_least_one_seat"),
        Index("ix_office_hours_trainer_id", "trainer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    weekday: Mapped[int]  # 0 is Monday
    minute: Mapped[int]
    time_zone: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int]
    seats: Mapped[int]
    topic: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(300))
    first_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def rule(self) -> WeeklyRule:
        """When they are."""
        return WeeklyRule(self.weekday, time(self.minute // 60, self.minute % 60), self.time_zone, self.first_on)

    def __repr__(self) -> str:
        return f"<OfficeHours {self.id} of {self.trainer_id}>"


class Meeting(Base):
    """A live meeting of a trainer with learners. `sequence` counts its changes, as calendars want it (RFC 5545).

    One of office hours comes to be when somebody books the first seat of that day, or the trainer takes the day off.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("office_hours_id", "held_on"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_a_moment"),
        CheckConstraint("(office_hours_id IS NULL) = (held_on IS NULL)", name="office_hours_have_a_day"),
        CheckConstraint(f"minutes >= {SHORTEST} AND minutes <= {LONGEST}", name="length"),
        CheckConstraint("seats >= 1", name="at_least_one_seat"),
        Index("ix_meeting_trainer_id_starts_at", "trainer_id", "starts_at"),
        Index("ix_meeting_starts_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    topic: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int]
    time_zone: Mapped[str] = mapped_column(String(64))  # where the trainer's clock hung when it was offered
    seats: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=False)  # any learner of the trainer may book
    office_hours_id: Mapped[int | None] = mapped_column(ForeignKey("office_hours.id"))
    held_on: Mapped[date | None]  # the day of the office hours, on their own clock
    state: Mapped[str] = mapped_column(String(10), default=MeetingState.PLANNED)
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_because: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def __repr__(self) -> str:
        return f"<Meeting {self.id} {self.state}>"


class MeetingSeat(Base):
    """A learner on the roster of a meeting: with a seat, in the waiting line by `joined_at`, or no more.

    `came` is what the trainer noted afterwards; None until then.
    """

    __tablename__ = "meeting_seat"
    __table_args__ = (Index("ix_meeting_seat_learner_id", "learner_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    joined_at: Mapped[datetime] = mapped_column(Moment)
    came: Mapped[bool | None]

    def __repr__(self) -> str:
        return f"<MeetingSeat of {self.learner_id} in {self.meeting_id}: {self.state}>"


class WorksheetVersion(Base):
    """What the two of a meeting wrote down together. Appended: the last number counts, none is lost."""

    __tablename__ = "worksheet_version"
    __table_args__ = (
        ForeignKeyConstraint(["meeting_id", "learner_id"], ["meeting_seat.meeting_id", "meeting_seat.learner_id"]),
    )

    meeting_id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    author_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    goal: Mapped[str] = mapped_column(Text)
    tried: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<WorksheetVersion {self.meeting_id}.{self.learner_id}.{self.number}>"


class WorksheetDraft(Base):
    """What one of the two has typed and not shared: seen by them alone. `base` is the version it was begun on."""

    __tablename__ = "worksheet_draft"
    __table_args__ = (
        ForeignKeyConstraint(["meeting_id", "learner_id"], ["meeting_seat.meeting_id", "meeting_seat.learner_id"]),
    )

    meeting_id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    base: Mapped[int]
    goal: Mapped[str] = mapped_column(Text)
    tried: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<WorksheetDraft {self.meeting_id}.{self.learner_id} of {self.author_id}>"


class CalendarFeed(Base):
    """The secret address of somebody's calendar, as a hash; a new one makes the one before void."""

    __tablename__ = "calendar_feed"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<CalendarFeed of {self.employee_id}>"
