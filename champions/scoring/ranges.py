"""Likely ranges without draws: from the mean and the variance of a score, 5th to 95th of 100.

A score is what is expected less what is usual. The first is never negative and leans upward: it is taken as gamma
(by its cube root, Wilson and Hilferty 1931); the second is a shift. The ends change smoothly with the evidence and
carry no noise of drawing; a test holds them against the draws.
"""

import numpy as np
from scipy.special import ndtr

from champions.scoring.columns import Numbers, Reals

Z_95 = 1.6448536269514722
WIDEST = 2.0  # standard deviation by mean; beyond this the cube root is no gamma any more
HALVINGS = 30
TINY = 1e-12


def range_of(value: Reals, variance: Reals, shift: Reals | float = 0.0) -> tuple[Reals, Reals]:
    """Lower and upper end of each score; `value` + `shift` is the part that is never negative."""
    gross = np.maximum(value + shift, 0.0)
    width = _relative_width(gross, variance)
    ends = [gross * np.maximum(1.0 - width * width / 9.0 + z * width / 3.0, 0.0) ** 3 - shift for z in (-Z_95, Z_95)]
    return np.minimum(ends[0], value), np.maximum(ends[1], value)


def chance_above(value: Reals, variance: Reals, limit: float, shift: Reals | float = 0.0) -> Reals:
    """The chance that each true score lies above `limit`, from the same approximation."""
    gross, height = np.maximum(value + shift, 0.0), np.maximum(limit + shift, 0.0)
    width = _relative_width(gross, variance)
    safe = np.where(width > 0, width, 1.0)
    root = np.cbrt(np.divide(height, gross, out=np.ones(len(gross)), where=width > 0))
    z = (root - 1.0 + width * width / 9.0) / (safe / 3.0)
    return np.where(width > 0, ndtr(-z), np.where(value > limit, 1.0, 0.0))


def line_of(value: Reals, variance: Reals, size: float, shift: Reals | float = 0.0) -> float:
    """The limit above which `size` people are expected to lie, by halving; 0 if fewer can."""
    low, high = 0.0, float(np.max(value, initial=0.0)) * 8 + 1
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if chance_above(value, variance, middle, shift).sum() > size else (low, middle)
    return low


def _relative_width(gross: Reals, variance: Reals) -> Reals:
    """Standard deviation by mean, at most WIDEST; 0 where there is nothing."""
    spread = np.minimum(np.sqrt(variance), WIDEST * gross)
    return np.divide(spread, gross, out=np.zeros(len(gross)), where=gross > TINY)


def overlapping_ranks(lower: Reals, upper: Reals) -> tuple[Numbers, Numbers]:
    """Best and worst rank that each range allows: behind everybody who surely stands above, before those
    below.
    """
    count = len(lower)
    surely_above = count - np.searchsorted(np.sort(lower), upper, side="right")
    not_below = count - np.searchsorted(np.sort(upper), lower, side="left")
    return (surely_above + 1).astype(np.int32), np.maximum(not_below, 1).astype(np.int32)
