"""Likely ranges without draws: from the mean and the variance of a score, 5th to 95th of 100.

They change smoothly with the evidence and carry no noise of drawing; a test holds them against the draws.
"""

import numpy as np
from scipy.special import ndtr

from champions.scoring.columns import Numbers, Reals

Z_95 = 1.6448536269514722
HALVINGS = 30


def range_of(value: Reals, variance: Reals) -> tuple[Reals, Reals]:
    """Lower and upper end of each score: a gamma range (cube root, Wilson and Hilferty 1931), so it leans
    upward; a plain one around a score that is not positive.
    """
    width = _relative_width(value, variance)
    spread = np.sqrt(variance)
    ends = []
    for z in (-Z_95, Z_95):
        root = 1.0 - width * width / 9.0 + z * width / 3.0
        ends.append(np.where(value > 0, value * np.maximum(root, 0.0) ** 3, value + z * spread))
    return np.minimum(ends[0], value), np.maximum(ends[1], value)


def chance_above(value: Reals, variance: Reals, limit: float) -> Reals:
    """The chance that each true score lies above `limit` (positive), from the same gamma approximation."""
    width = _relative_width(value, variance)
    safe = np.where(width > 0, width, 1.0)
    root = np.cbrt(limit / np.where(value > 0, value, 1.0))
    z = (root - 1.0 + width * width / 9.0) / (safe / 3.0)
    plain = np.divide(limit - value, np.sqrt(variance), out=np.full(len(value), np.inf), where=variance > 0)
    certain = np.where(value > limit, 1.0, 0.0)
    return np.where(width > 0, ndtr(-z), np.where(variance > 0, ndtr(-plain), certain))


def line_of(value: Reals, variance: Reals, size: float) -> float:
    """The limit above which `size` people are expected to lie, by halving; 0 if fewer can."""
    low, high = 0.0, float(np.max(value, initial=0.0)) * 8 + 1
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if chance_above(value, variance, middle).sum() > size else (low, middle)
    return low


def _relative_width(value: Reals, variance: Reals) -> Reals:
    """Standard deviation by value, 0 for a score that is not positive; beyond 2 the cube root is no gamma any more."""
    positive = value > 0
    return np.where(positive, np.minimum(np.sqrt(variance) / np.where(positive, value, 1.0), 2.0), 0.0)


def overlapping_ranks(lower: Reals, upper: Reals) -> tuple[Numbers, Numbers]:
    """Best and worst rank that each range allows: behind everybody who surely stands above, before those
    below.
    """
    count = len(lower)
    surely_above = count - np.searchsorted(np.sort(lower), upper, side="right")
    not_below = count - np.searchsorted(np.sort(upper), lower, side="left")
    return (surely_above + 1).astype(np.int32), np.maximum(not_below, 1).astype(np.int32)
