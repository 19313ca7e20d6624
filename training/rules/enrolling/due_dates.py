"""Due dates in days: when a course is due, what an extension and a leave of absence do to it. A day is a whole day
where the learner lives; all here is arithmetic on such days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class DueFrom(StrEnum):
    """From where a rule counts its days."""

    NONE = "none"
    ENROLMENT = "enrolment"
    HIRING = "hiring"
    FIXED = "fixed"


@dataclass(frozen=True)
class DuePlan:
    """When a course is due: so many `days` after the enrolment or the first day of work, or on a fixed `day`."""

    counted_from: DueFrom = DueFrom.NONE
    days: int | None = None
    day: date | None = None


@dataclass(frozen=True, order=True)
class Leave:
    """Days away, the first and the last of them included. Why is not known here, and nowhere else."""

    first: date
    last: date


def planned_due(plan: DuePlan, *, enrolled_on: date, hired_on: date | None) -> date | None:
    """The day by which a course is due, before extensions and leave; None without a date.

    Counted from hiring, somebody who was hired so long ago that the day has passed gets the same days from the
    enrolment: nobody is overdue on the day they are enrolled. Likewise who is enrolled after a fixed day.
    """
    if plan.counted_from is DueFrom.NONE:
        return None
    if plan.counted_from is DueFrom.FIXED:
        return None if plan.day is None else max(plan.day, enrolled_on)
    days = timedelta(days=plan.days or 0)
    if plan.counted_from is DueFrom.HIRING and hired_on is not None and hired_on + days >= enrolled_on:
        return hired_on + days
    return enrolled_on + days


def merged(leaves: Iterable[Leave]) -> list[Leave]:
    """The same days as spans that neither overlap nor touch, in order: a day away counts once."""
    spans: list[Leave] = []
    for leave in sorted(leaves):
        if spans and leave.first <= spans[-1].last + timedelta(days=1):
            spans[-1] = Leave(spans[-1].first, max(spans[-1].last, leave.last))
        else:
            spans.append(leave)
    return spans


def effective_due(planned: date, *, enrolled_on: date, extended_to: date | None, leaves: Sequence[Leave]) -> date:
    """The day that counts: the planned one, or the later one that was granted, moved by the days away until then.

    The clock stands still on each day of leave from the enrolment on: a leave that begins at or before the due day
    (as it is moved so far) moves it by as many days as the leave has after the enrolment began. An extension sets a
    day, so a leave moves it too. Invariants: never earlier than the planned or the granted day; and as many days that
    are not leave lie between the enrolment and the due day as without any leave.
    """
    due = planned if extended_to is None else max(planned, extended_to)
    if due < enrolled_on:
        return due
    for leave in merged(leaves):
        if leave.first > due:
            break
        away = (leave.last - max(leave.first, enrolled_on)).days + 1
        due += timedelta(days=max(0, away))
    return due


def without_leave(day: date, *, enrolled_on: date, leaves: Sequence[Leave]) -> date:
    """The day to grant so that `day` is what counts, given the leave that is known: the inverse of `effective_due`.

    What is entered later moves it. A day of leave cannot be a due day; the day after that leave is what counts then.
    """
    return max(enrolled_on, day - timedelta(days=days_away(leaves, enrolled_on, day)))


def days_away(leaves: Sequence[Leave], first: date, last: date) -> int:
    """How many days from `first` to `last`, both included, are days of leave."""
    spans = (min(span.last, last) - max(span.first, first) for span in merged(leaves))
    return sum(max(0, span.days + 1) for span in spans)


def is_away(leaves: Iterable[Leave], day: date) -> bool:
    """Whether the day is one of leave."""
    return any(leave.first <= day <= leave.last for leave in leaves)


def own_day(at: datetime, zone: str) -> date:
    """Which day it is where somebody lives at an aware moment; UTC where the zone is not known."""
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at.astimezone(ZoneInfo("UTC")).date()
