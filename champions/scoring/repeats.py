"""Discount for the same two people again and again: ten results for one person say less than ten for ten.

Within each pair the faded sum W counts as d ln(1 + W / d), with d the allowance: 3 results count 2.1, 10
count 4.4, 100 count 10.6 at d = 3. A person's discount is what remains, as a share of all that they did.
"""

from typing import Any

import numpy as np
from scipy import sparse

from champions.scoring.columns import Numbers, Reals
from champions.scoring.fading import grained, per_person


def kept_share(person: Numbers, other: Numbers, weight: Reals, people: int, allowance: float) -> Reals:
    """For each of `people` people the share of their weight that remains; 1 where the other is never known."""
    known = other >= 0
    place = (person[known], other[known])
    pairs: Any = sparse.coo_array((weight[known], place), shape=(people, people)).tocsr()  # adds up each pair
    pairs.data = grained(allowance * np.log1p(pairs.data / allowance))
    kept = np.asarray(pairs.sum(axis=1)).ravel() + per_person(person[~known], people, weight[~known])
    total = per_person(person, people, weight)
    return np.divide(kept, total, out=np.ones(people), where=total > 0)
