"""Sums that forget: a row loses half its weight with every half-life.

Weights are rounded to multiples of 2^-30 before they are added. Sums of such numbers are exact in float64
up to eight million rows a person, so they are the same bytes in whatever order the rows stand.
"""

import numpy as np

from champions.scoring.columns import Numbers, Reals

DAY = 86_400.0
GRAIN = 2.0**30


def weights(at: Reals, as_of: float, half_life_days: float, size: Reals | None = None) -> Reals:
    """What each row weighs at `as_of`: 1 now, one half after a half-life, times its `size`."""
    faded = at - as_of  # one array, changed in place: there may be twenty million rows
    faded *= 1.0 / (half_life_days * DAY)
    np.exp2(faded, out=faded)
    if size is not None:
        faded *= size
    return grained(faded)


def grained(values: Reals) -> Reals:
    """Round to the grain, in place."""
    values *= GRAIN
    np.rint(values, out=values)
    values *= 1.0 / GRAIN
    return values


def per_person(person: Numbers, count: int, weight: Reals | None = None) -> Reals:
    """The sum of `weight` (default 1) for each person 0 .. count-1; rows of nobody are left out."""
    if len(person) and person.min() < 0:
        return np.bincount(person + 1, weight, count + 1)[1:].astype(np.float64)
    return np.bincount(person, weight, count).astype(np.float64)
