"""When people act: shifts on local clocks, weekends, nights, and the hours at which customers write.

Customers keep the hours of travellers' questions in `se_travel`: fewest at four in the morning, most in the
afternoon, a fifth of it all on weekends. Employees act in their shifts; one act in eight lies outside of them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from samples.company.chance import some_of
from samples.company.records import Person
from samples.company.staffing import is_part_time

CUSTOMER_HOURS = np.array(
    [29, 28, 27, 25, 24, 25, 28, 34, 41, 45, 47, 48, 51, 56, 60, 60, 56, 52, 49, 48, 48, 47, 41, 32], float
)
CUSTOMER_DAYS = np.array([165, 169, 161, 157, 144, 96, 107], float)
OUTSIDE_SHIFT = 0.12
_TRIES = 8

# first hour of the shift, its length in hours, days it may fall on (0 = Monday), days a week
_SHIFTS = {
    "care": (8, 11, range(6), 5),
    "night": (20, 9, range(7), 5),
    "service": (7, 10, range(6), 5),
    "shop": (10, 9, range(1, 7), 5),
}
_OFFICE_SHIFT = (8, 9, range(5), 5)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of activity: from `first` to the day before `today`."""

    first: date
    today: date

    @property
    def end(self) -> datetime:
        """The moment at which `today` begins, in UTC: nothing happens from then on."""
        return datetime.combine(self.today, time(), UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """When one person acts: between two days, in the shift of the job. A shift may run past midnight."""

    zone: ZoneInfo
    first: date
    last: date
    first_hour: int
    hours: int
    days: frozenset[int]

    def covers(self, day: date) -> bool:
        """Whether the person may act on this day at all."""
        return self.first <= day <= self.last

    def covers_moment(self, at: datetime) -> bool:
        """The same for a moment, by the local and by the UTC calendar."""
        return self.covers(at.date()) and self.covers(at.astimezone(self.zone).date())

    def some_moment(self, rng: np.random.Generator) -> datetime | None:
        """Any moment of the person's time, as likely in one week as in another; None if it holds no shift."""
        for _ in range(_TRIES):
            day = self.first + timedelta(days=int(rng.integers((self.last - self.first).days + 1)))
            at = self._in_shift(rng, day)
            if self.covers_moment(at):
                return at
        return None

    def next_moment(self, rng: np.random.Generator, wanted: datetime) -> datetime:
        """The wanted moment if it falls into a shift (or now and then outside of it), else one in the next shift."""
        local = wanted.astimezone(self.zone)
        shifted = local - timedelta(hours=self.first_hour)
        in_shift = shifted.weekday() in self.days and shifted.hour < self.hours
        if in_shift or rng.random() < OUTSIDE_SHIFT:
            return wanted
        day = shifted.date() + timedelta(days=1 if shifted.hour >= self.hours else 0)
        return max(wanted, self._in_shift(rng, day))

    def _in_shift(self, rng: np.random.Generator, day: date) -> datetime:
        """A moment in the shift of the first working day from `day` on, busiest before its middle."""
        while day.weekday() not in self.days:
            day += timedelta(days=1)
        second = int(rng.beta(1.5, 1.8) * self.hours * 3600)
        start = datetime.combine(day, time(), self.zone) + timedelta(hours=self.first_hour)
        return (start + timedelta(seconds=second)).astimezone(UTC)


def clock_of(rng: np.random.Generator, person: Person, family: str, active_from: date, active_to: date) -> Clock:
    """The clock of one person. Whoever works part-time has three days a week."""
    first_hour, hours, possible, days_a_week = _SHIFTS.get(family, _OFFICE_SHIFT)
    days = some_of(rng, list(possible), 3 if is_part_time(person) else days_a_week)
    return Clock(ZoneInfo(person.time_zone), active_from, active_to, first_hour, hours, frozenset(days))


def customer_moment(rng: np.random.Generator, window: Window, zone: ZoneInfo) -> datetime:
    """When a customer opens a thread: any day of the window by weekday, any hour by the local clock."""
    year = (window.today - window.first).days
    day = window.first + timedelta(days=int(rng.integers(year)))
    while rng.random() > CUSTOMER_DAYS[day.weekday()] / CUSTOMER_DAYS.max():
        day = window.first + timedelta(days=int(rng.integers(year)))
    hour = int(rng.choice(24, p=CUSTOMER_HOURS / CUSTOMER_HOURS.sum()))
    at = datetime.combine(day, time(hour), zone) + timedelta(seconds=int(rng.integers(3600)))
    return at.astimezone(UTC)
