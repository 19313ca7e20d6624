"""Joining results and aim: both as shares of the best attainable, so that one dial serves every community.

score_i = (1 - dial) * expected_i / V + dial * excess_i / X, where V and X are the averages of the largest
expected results and of the largest excesses that a list of the guided size can hold. To first order the top
of this order is the list with the largest product of the two (a Nash bargain).
"""

from dataclasses import dataclass

import numpy as np

from champions.scoring.columns import Reals
from champions.scoring.forecast import Forecast


@dataclass(frozen=True)
class Scale:
    """What the average member of the best list would bring: results and excess; 0 where there is none."""

    expected: float
    excess: float

    def factors(self, dial: float) -> tuple[float, float]:
        """What one expected result and one result beyond the usual add to a score."""
        if self.excess <= 0:
            dial = 0.0
        return (
            (1 - dial) / self.expected if self.expected > 0 else 0.0,
            dial / self.excess if self.excess > 0 else 0.0,
        )


def top_mean(values: Reals, size: float) -> float:
    """The mean of the `size` largest, where a size between two numbers takes a part of the next one; at
    least 1.
    """
    size = max(1.0, min(size, float(len(values))))
    whole = int(size)
    if not len(values):
        return 0.0
    best = -np.sort(-values)[: whole + 1]
    total = best[:whole].sum()
    if whole < len(best):
        total += (size - whole) * best[whole]
    return float(total / size)


def scale_of(forecasts: tuple[Forecast, ...], people: int, size: float) -> Scale:
    """The averages of the best list of `size` among the `people` scored."""
    expected, excess = np.zeros(people), np.zeros(people)
    for item in forecasts:
        expected += item.kind.worth * item.expected
        excess += item.kind.worth * item.excess
    return Scale(top_mean(expected, size), top_mean(excess, size))


def part(item: Forecast, factors: tuple[float, float]) -> Reals:
    """What one kind adds to everybody's score."""
    results, aim = factors
    return item.kind.worth * (results * item.expected + aim * item.excess)


def usual_part(item: Forecast, aim: float) -> Reals:
    """What the usual results take off everybody's score."""
    return item.kind.worth * aim * item.usual


def fixed_per_attempt(item: Forecast, aim: float) -> Reals:
    """What is taken off a score for each attempt: the usual results of it. 0 where attempts are not known."""
    if not item.attempts_known:
        return np.zeros(len(item.volume))
    return aim * np.divide(item.usual, item.volume, out=np.zeros(len(item.volume)), where=item.volume > 0)


def part_variance(item: Forecast, factors: tuple[float, float]) -> Reals:
    """The variance of the same, volume and rate taken as independent: volume x (slope x rate - fixed)."""
    slope = sum(factors)
    net = slope * item.rate - fixed_per_attempt(item, factors[1])
    spread = slope * slope * item.rate_variance
    volume = item.volume_variance * net * net + spread * (item.volume**2 + item.volume_variance)
    return item.kind.worth**2 * volume
