"""Likely ranges without draws: from the mean and the variance of a score, 5th to 95th of 100.

They change smoothly with the evidence and carry no noise of drawing; a test holds them against the draws.
"""

import numpy as np

from champions.scoring.columns import Numbers, Reals

Z_95 = 1.6448536269514722


def range_of(value: Reals, variance: Reals) -> tuple[Reals, Reals]:
    """Lower and upper end of each score: a gamma range (cube root, Wilson and Hilferty 1931), so it leans
    upward.
    """
    spread = np.sqrt(variance)
    positive = value > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.where(positive & (spread > 0), spread / np.where(positive, value, 1.0), 0.0)
    width = np.minimum(width, 2.0)  # beyond this the cube root is no gamma any more
    ends = []
    for z in (-Z_95, Z_95):
        root = 1.0 - width * width / 9.0 + z * width / 3.0
        ends.append(np.where(positive, value * np.maximum(root, 0.0) ** 3, value + z * spread))
    return np.minimum(ends[0], value), np.maximum(ends[1], value)


def overlapping_ranks(lower: Reals, upper: Reals) -> tuple[Numbers, Numbers]:
    """Best and worst rank that each range allows: behind everybody who surely stands above, before those
    below.
    """
    count = len(lower)
    surely_above = count - np.searchsorted(np.sort(lower), upper, side="right")
    not_below = count - np.searchsorted(np.sort(upper), lower, side="left")
    return (surely_above + 1).astype(np.int32), np.maximum(not_below, 1).astype(np.int32)
