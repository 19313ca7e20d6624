"""Office hours as the next weeks have them: days that can be booked, without pauses and days off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select

from db import db
from people.models import Employee
from training.meetings.access import teaches
from training.meetings.models import Meeting, OfficeHours
from training.rules.meetings.times import slots
from training.trainers.models import TeachingPause

WEEKS = 4


@dataclass(frozen=True)
class HoursLine:
    """Office hours with whose they are, and the days of the next weeks on which nobody has booked yet."""

    hours: OfficeHours
    trainer: str
    free: Sequence[tuple[date, datetime]]


def hours_for_learner(learner_id: int, at: datetime) -> list[HoursLine]:
    """The office hours of everybody who teaches this learner. Three statements."""
    return _lines(teaches(learner_id, OfficeHours.trainer_id), at)


def hours_of_trainer(trainer_id: int, at: datetime) -> list[HoursLine]:
    """A trainer's own office hours. Three statements."""
    return _lines(OfficeHours.trainer_id == trainer_id, at)


def is_bookable(hours: OfficeHours, day: date, at: datetime) -> bool:
    """Whether a day of these office hours can be booked: in the next weeks, not over, not in a pause."""
    found = hours_with(OfficeHours.id == hours.id, at)
    return any(day == slot_day for line in found for slot_day, _ in line.free)


def hours_with(criterion: ColumnElement[bool], at: datetime) -> list[HoursLine]:
    """As `_lines`, with the days that have a meeting already left in."""
    return _lines(criterion, at, with_meetings=True)


def _lines(criterion: ColumnElement[bool], at: datetime, *, with_meetings: bool = False) -> list[HoursLine]:
    query = (
        select(OfficeHours, Employee.name, Employee.ends_on)
        .join(Employee, Employee.id == OfficeHours.trainer_id)
        .where(criterion, OfficeHours.ended_at.is_(None), Employee.deactivated_at.is_(None))
        .order_by(Employee.name, OfficeHours.weekday, OfficeHours.minute, OfficeHours.id)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return []
    off = _days_off({row[0].trainer_id for row in rows}, at)
    taken = set() if with_meetings else _days_taken({row[0].id for row in rows}, at)
    return [HoursLine(hours, name, _free(hours, last, off, taken, at)) for hours, name, last in rows]


def _free(
    hours: OfficeHours,
    last_day: date | None,
    off: dict[int, set[date]],
    taken: set[tuple[int, date]],
    at: datetime,
) -> list[tuple[date, datetime]]:
    first = at.date() - timedelta(days=1)  # where the clock is behind ours, it is still yesterday
    last = at.date() + timedelta(weeks=WEEKS)
    last = min(last, last_day) if last_day else last
    days = slots(hours.rule, first, last, off.get(hours.trainer_id, set()))
    return [(slot.day, slot.starts_at) for slot in days if slot.starts_at > at and (hours.id, slot.day) not in taken]


def _days_off(trainer_ids: set[int], at: datetime) -> dict[int, set[date]]:
    """The days of the next weeks on which these trainers pause."""
    first, last = at.date() - timedelta(days=1), at.date() + timedelta(weeks=WEEKS)
    query = select(TeachingPause.trainer_id, TeachingPause.starts_on, TeachingPause.ends_on).where(
        TeachingPause.trainer_id.in_(trainer_ids), TeachingPause.ends_on >= first, TeachingPause.starts_on <= last
    )
    off: dict[int, set[date]] = {}
    for trainer_id, starts_on, ends_on in db.session.execute(query):
        begin, length = max(starts_on, first), (min(ends_on, last) - max(starts_on, first)).days + 1
        off.setdefault(trainer_id, set()).update(begin + timedelta(days=n) for n in range(length))
    return off


def _days_taken(hours_ids: set[int], at: datetime) -> set[tuple[int, date]]:
    """The days that have a meeting: booked by somebody, or taken off."""
    query = select(Meeting.office_hours_id, Meeting.held_on).where(
        Meeting.office_hours_id.in_(hours_ids), Meeting.held_on >= at.date() - timedelta(days=1)
    )
    return {(hours_id, day) for hours_id, day in db.session.execute(query) if hours_id and day}
