"""When a round of peer naming is open, when its people are reminded, and what may be told of it. Pure.

A round has a first and a last day in the company's time zone. It is counted once: from then on there are counts of at
least FEWEST_GIVERS different givers, and nobody can find out who named whom, since that is gone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

FEWEST_GIVERS = 3
"""A count is told from so many different givers on; below it is as if nobody had named the person."""
FEWEST_ANSWERS = 10
"""With fewer answers in a round nothing is counted: a count would say too much about those few."""
MOST_NAMES = 5
MOST_TOPICS = 8
SHORTEST_DAYS, LONGEST_DAYS = 3, 60
REMINDED_AT = time(8)
LAST_CALL = timedelta(days=2)


class RoundState(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"  # its first day is to come
    OPEN = "open"
    CLOSED = "closed"  # early, by the owner: it may be opened again until its last day is over
    OVER = "over"  # the last day is over; it is counted by the next job
    COUNTED = "counted"


class Reminder(StrEnum):
    """What people who have not answered are told, in the order of time."""

    OPENING = "opening"
    HALF = "half"
    LAST = "last"


@dataclass(frozen=True)
class Window:
    """The days of a round, both included, in the company's time zone."""

    opens_on: date
    closes_on: date
    zone: tzinfo

    @property
    def days(self) -> int:
        """How many days the round is open."""
        return (self.closes_on - self.opens_on).days + 1

    @property
    def starts_at(self) -> datetime:
        """The first moment of the first day."""
        return datetime.combine(self.opens_on, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the last day."""
        return datetime.combine(self.closes_on + timedelta(days=1), time(), self.zone)


def state_of(window: Window, closed_at: datetime | None, counted_at: datetime | None, now: datetime) -> RoundState:
    """Where a round stands at `now`."""
    if counted_at is not None:
        return RoundState.COUNTED
    if now >= window.ends_at:
        return RoundState.OVER
    if closed_at is not None:
        return RoundState.CLOSED
    return RoundState.OPEN if now >= window.starts_at else RoundState.PLANNED


def reminder_days(window: Window) -> dict[Reminder, date]:
    """On which day each reminder is due, at eight in the morning; in a short round some fall away."""
    days = {Reminder.OPENING: window.opens_on}
    half = window.opens_on + timedelta(days=window.days // 2)
    last = window.closes_on - LAST_CALL
    if window.opens_on < half < last:
        days[Reminder.HALF] = half
    if last > window.opens_on:
        days[Reminder.LAST] = last
    return days


def reminder_due(window: Window, now: datetime) -> Reminder | None:
    """The latest reminder that is due at `now`; None before the first. Earlier ones are not made up for."""
    due = [
        reminder
        for reminder, day in reminder_days(window).items()
        if now >= datetime.combine(day, REMINDED_AT, window.zone)
    ]
    return due[-1] if due else None
