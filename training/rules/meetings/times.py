"""From a time on somebody's clock to a moment, and a weekly rule to its days, through every change of clocks.

As in RFC 5545, section 3.3.5: a time that a clock skips in spring is read with the offset before the gap (02:30 becomes
03:30 of the new time), and of a time that a clock shows twice in autumn the first is meant.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class WeeklyRule:
    """Every week on `weekday` (0 is Monday) at the time `at` on the clock of `zone`, on days in [first_on, last_on].

    Without `last_on` it has no end.
    """

    weekday: int
    at: time
    zone: str
    first_on: date
    last_on: date | None = None


@dataclass(frozen=True)
class Slot:
    """One day of a rule, and the moment (UTC) at which it begins."""

    day: date
    starts_at: datetime


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment (UTC) at which the clock of `zone` shows `at` on `day`; see the module for gaps and folds."""
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def is_skipped(day: date, at: time, zone: str) -> bool:
    """Whether the clock of `zone` never shows `at` on `day`, because it is put forward then."""
    shown = moment_of(day, at, zone).astimezone(ZoneInfo(zone))
    return (shown.date(), shown.time()) != (day, at)


def slots(rule: WeeklyRule, first: date, last: date, days_off: Collection[date] = ()) -> Iterator[Slot]:
    """The slots of a rule on the days from `first` to `last`, both included, without `days_off`; the next first."""
    begin = max(first, rule.first_on)
    end = min(last, rule.last_on) if rule.last_on else last
    day = begin + timedelta(days=(rule.weekday - begin.weekday()) % DAYS_OF_A_WEEK)
    while day <= end:
        if day not in days_off:
            yield Slot(day, moment_of(day, rule.at, rule.zone))
        day += timedelta(days=DAYS_OF_A_WEEK)


def overlap(one: datetime, minutes: int, other: datetime, other_minutes: int) -> bool:
    """Whether two meetings share a moment; one that begins when the other ends does not."""
    return one < other + timedelta(minutes=other_minutes) and other < one + timedelta(minutes=minutes)
