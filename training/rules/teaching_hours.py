"""A trainer's week of work on the trainer's own clock, and the one day of it that the rule of shared hours looks at."""

from collections import Counter
from collections.abc import Sequence
from datetime import time

MINUTES_A_DAY = 1440
DAYS_OF_A_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Span = tuple[int, int]


def usual_day(week: Sequence[Sequence[int] | None]) -> Span | None:
    """The first and last minute of the usual day: the hours that most days have; of equals the longest, then earliest.

    `week` has a pair of minutes (0 to 1439) for each day of work, None for a day off. An end before the begin lies on
    the next day. None for a week without work.
    """
    spans = Counter((int(day[0]), int(day[1])) for day in week if day)
    return min(spans, key=lambda span: (-spans[span], -length(span), span)) if spans else None


def length(span: Span) -> int:
    """How many minutes a span lasts, 1 to 1440."""
    return (span[1] - span[0]) % MINUTES_A_DAY or MINUTES_A_DAY


def clock(minute: int) -> time:
    """The time of day of a minute."""
    return time(*divmod(minute, 60))


def week_in_words(week: Sequence[Sequence[int] | None]) -> str:
    """Such as "Monday to Thursday 08:00 to 14:00, Friday 09:00 to 12:00"; "no day" for a week without work."""
    parts: list[tuple[list[str], Span]] = []
    for name, day in zip(DAYS_OF_A_WEEK, week, strict=False):
        if day is None:
            parts.append(([], (0, 0)))
        elif parts and parts[-1][0] and parts[-1][1] == tuple(day):
            parts[-1][0].append(name)
        else:
            parts.append(([name], (int(day[0]), int(day[1]))))
    return ", ".join(_days(names, span) for names, span in parts if names) or "no day"


def _days(names: list[str], span: Span) -> str:
    days = names[0] if len(names) == 1 else f"{names[0]} {'and' if len(names) == 2 else 'to'} {names[-1]}"
    return f"{days} {clock(span[0]):%H:%M} to {clock(span[1]):%H:%M}"
