"""How good a list was: what its people brought afterwards, as a share of what the best possible list brought.

Intervals: 90 of 100, people drawn again with replacement; every ranking is judged on the same drawings, so
that gaps between two rankings are far surer than either.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Reals

LOW, HIGH = 5, 95
Drawn = Reals | NDArray[np.uint8]
"""How often each person stands in each drawing."""


@dataclass(frozen=True)
class Figure:
    """A figure with its likely range, 5th to 95th of 100."""

    value: float
    lower: float
    upper: float

    @classmethod
    def of(cls, drawn: Reals) -> "Figure":
        """From the figure itself and its drawings, in this order. NaN throughout where nothing is known."""
        known = drawn[1:][np.isfinite(drawn[1:])]
        if not len(known):
            return cls(float(drawn[0]), math.nan, math.nan)
        lower, upper = np.percentile(known, [LOW, HIGH])
        return cls(float(drawn[0]), float(lower), float(upper))


def drawings(people: int, times: int, seed: int) -> Reals:
    """How often each person stands in each drawing, times + 1 x people; the first is everybody once."""
    random = np.random.default_rng(seed)
    drawn = np.ones((times + 1, people))
    for row in range(1, times + 1):
        drawn[row] = np.bincount(random.integers(0, people, people), minlength=people)
    return drawn


def of_best(rankings: Mapping[str, Reals], truth: Reals, share: float, drawn: Drawn) -> dict[str, Reals]:
    """For each ranking what its top `share` of the people brought, against the best list of that size.

    Arrays are an entry per person; `drawn` as from `drawings`. NaN where nobody brought anything. Ties in a
    ranking fall in the order of people, the same for all rankings.
    """
    size = sizes(share, drawn)
    best = brought(truth, truth, drawn, size)
    return {name: share_of(brought(values, truth, drawn, size), best) for name, values in rankings.items()}


def sizes(share: float, drawn: Drawn) -> Reals:
    """How long the list is in each drawing."""
    lengths: Reals = np.ceil(np.round(share * drawn.sum(axis=1, dtype=np.float64), 6))
    return lengths


def share_of(total: Reals, best: Reals) -> Reals:
    """The part of the best, drawing by drawing; NaN where the best list brought nothing."""
    return np.divide(total, best, out=np.full(len(best), np.nan), where=best > 0)


def brought(values: Reals, truth: Reals, drawn: Drawn, size: Reals) -> Reals:
    """What the `size` people with the highest values brought, in each drawing."""
    top = _top(np.lexsort((np.arange(len(values)), -values)), drawn, size)
    times = drawn[:, top].astype(np.float64)
    before = np.cumsum(times, axis=1) - times
    taken = np.clip(size[:, None] - before, 0, times)
    return taken @ truth[top]


def _top(order: NDArray[np.intp], drawn: Drawn, size: Reals) -> NDArray[np.intp]:
    """The people at the top who fill the list in every drawing: nobody further down need be looked at."""
    count = 2 * int(size.max(initial=0)) + 20
    while count < len(order) and (drawn[:, order[:count]].sum(axis=1, dtype=np.float64) < size).any():
        count *= 2
    return order[:count]


def pooled(moments: list[dict[str, Reals]]) -> dict[str, Reals]:
    """The mean over moments of each ranking's figures, drawing by drawing."""
    with np.errstate(invalid="ignore"):
        names = moments[0] if moments else {}
        return {name: _mean(np.array([moment[name] for moment in moments])) for name in names}


def joined(results: dict[str, Reals], aim: dict[str, Reals], dial: float) -> dict[str, Reals]:
    """Both aims as one figure, results^(1 - dial) x aim^dial, drawing by drawing; results alone without aim.

    At one half it is the geometric mean. A list that brought less than usual has no aim: 0.
    """
    if not aim:
        return results
    return {name: np.maximum(results[name], 0) ** (1 - dial) * np.maximum(aim[name], 0) ** dial for name in results}


def _mean(rows: Reals) -> Reals:
    known = np.isfinite(rows)
    count = known.sum(axis=0)
    total = np.where(known, rows, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(rows.shape[1], np.nan), where=count > 0)
