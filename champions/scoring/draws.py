"""Posterior draws of everybody's score in one block: who is among the few, how often, and at which ranks.

Each person has a stream of random numbers of their own, made from the seed and their id, so that one person's
evidence never moves another's draws, and the order of rows or people moves none.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from champions.scoring.columns import Numbers, Reals
from champions.scoring.forecast import Forecast
from champions.scoring.joining import fixed_per_attempt

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where each drawn person stands: chance to be among the few, likely ranks (5th and 95th of 100), mean
    few.
    """

    p_few: Reals
    rank_low: Numbers
    rank_high: Numbers
    few: float


def streams(ids: tuple[str, ...], seed: int) -> NDArray[np.uint64]:
    """One 64-bit key per person, from the seed and the id."""
    salt = seed.to_bytes(8, "big")
    return np.array(
        [int.from_bytes(hashlib.blake2b(i.encode(), digest_size=8, key=salt).digest(), "big") for i in ids],
        np.uint64,
    )


def normals(keys: NDArray[np.uint64], draws: int, dimension: int) -> Reals:
    """Standard normal numbers, people x draws (SplitMix64 of Steele, Lea and Flood 2014 as a counter-based
    generator).
    """
    counter = np.arange(1, draws + 1, dtype=np.uint64) + np.uint64(dimension) * np.uint64(1 << 32)
    state = keys[:, None] + counter[None, :] * GOLDEN
    state = (state ^ (state >> np.uint64(30))) * MIX_1
    state = (state ^ (state >> np.uint64(27))) * MIX_2
    state ^= state >> np.uint64(31)
    return ndtri(((state >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)


def positive(mean: Reals, variance: Reals, normal: Reals) -> Reals:
    """Draws of a positive quantity, people x draws: gamma by its cube root (Wilson and Hilferty 1931)."""
    shape = np.divide(mean * mean, variance, out=np.full(len(mean), np.inf), where=variance > 0)[:, None]
    with np.errstate(divide="ignore"):
        root = 1.0 - 1.0 / (9.0 * shape) + normal / (3.0 * np.sqrt(shape))
    return np.where(mean[:, None] > 0, mean[:, None] * np.maximum(root, 0.0) ** 3, 0.0)


def drawn_scores(
    forecasts: tuple[Forecast, ...],
    rows: NDArray[np.intp],
    ids: tuple[str, ...],
    factors: tuple[float, float],
    draws: int,
    seed: int,
) -> Reals:
    """The scores of the people in `rows` of the forecasts, with these ids, people x draws."""
    keys = streams(ids, seed)
    slope = sum(factors)
    total = np.zeros((len(rows), draws))
    for number, item in enumerate(forecasts):
        volume = positive(item.volume[rows], item.volume_variance[rows], normals(keys, draws, 2 * number))
        rate = positive(item.rate[rows], item.rate_variance[rows], normals(keys, draws, 2 * number + 1))
        taken = volume * fixed_per_attempt(item, factors[1])[rows, None]
        if not item.attempts_known:
            taken = factors[1] * item.usual[rows, None]
        total += item.kind.worth * (slope * volume * rate - taken)
    return total


def standing(scores: Reals, fewest: int, most: int) -> Standing:
    """Rank every draw; the line of the few is its widest gap between the places `fewest` and `most`."""
    people, draws = scores.shape
    order = np.argsort(-scores, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, people + 1)[:, None], axis=0)
    best = -np.sort(-scores, axis=0)
    fewest, most = min(fewest, people), min(most, people)
    line = np.full(draws, fewest)
    if most < people and most > fewest:
        gaps = best[fewest - 1 : most] - best[fewest : most + 1]
        line = fewest + gaps.argmax(axis=0)
    low, high = np.percentile(ranks, [5, 95], axis=1, method="nearest")
    return Standing((ranks <= line).mean(axis=1), low.astype(np.int32), high.astype(np.int32), float(line.mean()))
