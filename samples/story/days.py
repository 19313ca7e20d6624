"""When what happens in the demo's story, in days before today. All else follows from these."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

RUNS = (147, 66, 28, 0)
"""Activity up to these days is imported then, and scored."""

LOOKED_AT, NOMINATED, ANSWERED, FIRST_YES, SECOND_YES = 146, 145, 143, 142, 140
TRAINERS_LEARN = 139
WAVES = (126, 70, 21)
"""When a proposal of trainers is published. Everybody taken up then has six weeks for the course."""

LATER_NOMINATED, LATER_ANSWERED, LATER_YES = 27, 25, 24
WAITING_NOMINATED, WAITING_ANSWERED, WAITING_YES, ASKED = 16, 12, 4, 3
OPTED_OUT = 90
CONTESTED, CONTEST_ANSWERED = 62, 55
CONTESTED_LATELY = 2
NAMING_OPENS, NAMING_CLOSES = 48, 35


@dataclass(frozen=True)
class Calendar:
    """The moments of the story, told from `now`."""

    now: datetime

    @property
    def today(self) -> date:
        """The day of now, in UTC."""
        return self.now.astimezone(UTC).date()

    def start_of(self, days_ago: int) -> datetime:
        """Midnight at the beginning of that day, in UTC: what happened before it is known on that morning."""
        return datetime.combine(self.today - timedelta(days=days_ago), datetime.min.time(), UTC)

    def at(self, days_ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """A time of that day, and never later than now."""
        return min(self.start_of(days_ago) + timedelta(hours=hour, minutes=minute), self.now)
