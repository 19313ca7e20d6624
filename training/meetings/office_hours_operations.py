"""Office hours: a weekly time that learners can book, begun and ended by the trainer. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from db import db
from people.models import Employee
from people.refusal import RefusedError
from training.meetings.booking_operations import meeting_of
from training.meetings.models import Meeting, MeetingState, OfficeHours
from training.meetings.operations import cancel


@dataclass(frozen=True)
class HoursFacts:
    """What a trainer states about office hours: `weekday` 0 is Monday, `minute` of the day on the trainer's clock."""

    weekday: int
    minute: int
    minutes: int
    seats: int
    topic: str
    place: str
    first_on: date


def begin_hours(trainer: Employee, facts: HoursFacts, *, at: datetime) -> OfficeHours:
    """Offer a weekly time, on the clock that the trainer lives by now. Raises RefusedError."""
    query = select(OfficeHours).where(OfficeHours.trainer_id == trainer.id, OfficeHours.ended_at.is_(None))
    for other in db.session.scalars(query.where(OfficeHours.weekday == facts.weekday)):
        if facts.minute < other.minute + other.minutes and other.minute < facts.minute + facts.minutes:
            raise RefusedError("You have office hours at that time already. End those first.", "time")
    hours = OfficeHours(trainer_id=trainer.id, time_zone=trainer.time_zone, created_at=at, **vars(facts))
    db.session.add(hours)
    db.session.flush()
    return hours


def end_hours(hours: OfficeHours, *, at: datetime) -> None:
    """Offer this time no more. What is booked stays booked. Raises RefusedError."""
    if hours.ended_at is not None:
        raise RefusedError("These office hours have ended already.")
    hours.ended_at = at
    db.session.flush()


def skip_day(hours: OfficeHours, day: date, *, because: str, at: datetime) -> Meeting:
    """Take one day off; whoever has booked it is told. `hours` is locked. Raises RefusedError."""
    query = select(Meeting).where(Meeting.office_hours_id == hours.id, Meeting.held_on == day)
    meeting = db.session.scalars(query.with_for_update()).one_or_none() or meeting_of(hours, day, at)
    if meeting.state == MeetingState.PLANNED:
        cancel(meeting, because=because, at=at)
    return meeting
