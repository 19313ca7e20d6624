"""How long an attempt may take. The server's clock decides; what was under way when time ran out is still taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NO_TIME = timedelta(0)
GRACE = timedelta(seconds=60)
"""For what was under way when time ran out: an answer in the browser, or on a bad line."""


class Timing(StrEnum):
    """When a response or a finish comes. In grace it counts as in time, but nothing new should be begun."""

    IN_TIME = "in_time"
    IN_GRACE = "in_grace"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class TimeLimit:
    """The time of a quiz, with what one person gets on top. `length` None is no limit."""

    length: timedelta | None = None
    extra: timedelta = NO_TIME
    grace: timedelta = GRACE

    def ends_at(self, started_at: datetime) -> datetime | None:
        """When time is up, as the learner is told; None without a limit."""
        return None if self.length is None else started_at + self.length + self.extra

    def timing(self, started_at: datetime, at: datetime) -> Timing:
        """Whether something that arrives at a moment counts. The end itself, and the end of grace, are in time."""
        return timing_at(self.ends_at(started_at), at, self.grace)

    def remaining(self, started_at: datetime, at: datetime) -> timedelta | None:
        """What is left, never below nothing; None without a limit."""
        ends_at = self.ends_at(started_at)
        return None if ends_at is None else max(NO_TIME, ends_at - at)


def timing_at(ends_at: datetime | None, at: datetime, grace: timedelta = GRACE) -> Timing:
    """The same from the moment at which time is up; None is no limit."""
    if ends_at is None or at <= ends_at:
        return Timing.IN_TIME
    return Timing.IN_GRACE if at <= ends_at + grace else Timing.TOO_LATE
