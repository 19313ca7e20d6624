"""Discount for the same two people again and again: ten results for one person say less than ten for ten.

Within each pair the faded sum W counts as d ln(1 + W / d), with d the allowance: 3 results count 2.1, 10 count 4.4,
100 count 10.6 at d = 3. Each row of the pair keeps the same share of its weight.
"""

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Reals

NO_PAIR = -1


def numbered(person: NDArray[np.int64], other: NDArray[np.int64], people: int) -> tuple[NDArray[np.int64], int]:
    """A number for each pair of people, NO_PAIR where the other is not known, and how many pairs there are."""
    pair = np.full(len(person), NO_PAIR, np.int64)
    known = other >= 0
    keys, pair[known] = np.unique(person[known] * people + other[known], return_inverse=True)
    return pair, len(keys)


def kept_of_pairs(sums: Reals, allowance: float) -> Reals:
    """The share that each pair keeps of its weight, and 1 at the end, which answers for NO_PAIR."""
    kept = np.ones(len(sums) + 1)
    some = sums > 0
    kept[:-1][some] = allowance * np.log1p(sums[some] / allowance) / sums[some]
    return kept
