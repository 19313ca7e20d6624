"""Joining results and aim: both as shares of the best attainable, so that one dial serves every community.

score_i = (1 - dial) * expected_i / V + dial * excess_i / X, where V and X are the averages of the largest
expected results and of the largest excesses that a list of the guided size can hold. To first order the top
of this order is the list with the largest product of the two (a Nash bargain).
"""

from dataclasses import dataclass

import numpy as np

from champions.scoring.columns import Reals, Truths
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


def scale_of(forecasts: tuple[Forecast, ...], active: Truths, size: float) -> Scale:
    """The averages of the best list of `size` among the active."""
    expected = sum((item.kind.worth * item.expected[active] for item in forecasts), np.zeros(active.sum()))
    excess = sum((item.kind.worth * item.excess[active] for item in forecasts), np.zeros(active.sum()))
    return Scale(top_mean(expected, size), top_mean(excess, size))


def part(item: Forecast, results: float, aim: float) -> Reals:
    """What one kind adds to everybody's score."""
    return item.kind.worth * (results * item.expected + aim * item.excess)


def part_variance(item: Forecast, results: float, aim: float) -> Reals:
    """The variance of the same, volume and rate taken as independent: volume x (slope x rate - fixed)."""
    slope = results + aim
    fixed = np.zeros(len(item.volume))
    if item.attempts_known:
        fixed = aim * np.divide(item.usual, item.volume, out=fixed.copy(), where=item.volume > 0)
    net = slope * item.rate - fixed
    spread = slope * slope * item.rate_variance
    return item.kind.worth**2 * (
        item.volume_variance * net * net + spread * (item.volume**2 + item.volume_variance)
    )
