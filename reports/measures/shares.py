"""Shares with their likely range, and months in a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

FEWEST = 10
"""Under so many answers a share says too little to be told."""


@dataclass(frozen=True)
class Share:
    """A share of `right` in `total`, in [0, 1], with a likely range of 90 %; None where there is too little to tell."""

    right: float
    total: int
    value: float | None
    lower: float | None
    upper: float | None


def share(right: float, total: int, fewest: int = FEWEST) -> Share:
    """A share with its Wilson score interval at 90 % (Wilson 1927, J. Am. Stat. Assoc. 22)."""
    if total < max(1, fewest):
        return Share(right, total, None, None, None)
    z, p = 1.6449, right / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return Share(right, total, p, max(0.0, middle - half), min(1.0, middle + half))


def months_before(today: date, number: int = 12) -> list[date]:
    """The first days of the last `number` months, the present one last."""
    months = []
    year, month = today.year, today.month
    for _ in range(number):
        months.append(date(year, month, 1))
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return months[::-1]


@dataclass(frozen=True)
class Change:
    """The mean of a month in two spans, and the difference with a likely range of 90 %."""

    before: float
    after: float
    difference: float
    lower: float
    upper: float

    @property
    def is_sure(self) -> bool:
        """Whether the range leaves out no change."""
        return self.lower > 0 or self.upper < 0


def change(before: Iterable[float], after: Iterable[float]) -> Change | None:
    """The change of a monthly count between two spans of months; None with fewer than two months on a side.

    Counts of outcomes vary at least as a Poisson count does, so the variance of a sum is taken as the sum itself or
    the spread between months, whichever is larger.
    """
    first, second = list(before), list(after)
    if len(first) < 2 or len(second) < 2:
        return None
    means = [sum(values) / len(values) for values in (first, second)]
    error = sqrt(sum(_variance(values) / len(values) for values in (first, second)))
    difference = means[1] - means[0]
    return Change(means[0], means[1], difference, difference - 1.6449 * error, difference + 1.6449 * error)


def _variance(values: list[float]) -> float:
    mean = sum(values) / len(values)
    spread = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return max(mean, spread, 0.25)
