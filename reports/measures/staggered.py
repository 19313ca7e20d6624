"""What a programme changed when its waves began one after the other, by lot.

While wave k is under way and wave k + 1 waits, chance alone decided who is in which. So the two are compared in that
time, within the strata of the draw, each person against their own time before. All such times are pooled. This is the
stacked comparison with those not yet treated (Roth, Sant'Anna, Bilinski and Poe 2023, Journal of Econometrics 235,
2218-2244), by intention to treat: where the lot put somebody counts, whatever they did.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]

FEWEST_PEOPLE = 5
FEWEST_RESULTS = 10
REDRAWS = 999
CONFIDENCE = 0.9


class Verdict(StrEnum):
    """What can be said."""

    MORE = "more"
    FEWER = "fewer"
    NO_SURE_DIFFERENCE = "no_sure_difference"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True)
class Waves:
    """Who was drawn where, and what each person brought.

    wave: [people], from 1. stratum: [people], any whole numbers. before: [people], results in 30 days before the first
    wave. after: [people, spans], results in 30 days within each span; span k (from 1) lies between the beginnings of
    wave k and wave k + 1. days: [spans], the length of each. counted: results behind all of it.
    """

    wave: Whole
    stratum: Whole
    before: Reals
    after: Reals
    days: Reals
    counted: float


@dataclass(frozen=True)
class Effect:
    """The difference in results of one person in 30 days, those under way less those waiting, with a range of 90 %.

    `chance` is the share of redraws of the same lot whose difference is at least as large either way. `waiting_rate` is
    what those waiting brought. The figures are None where there is too little to tell.
    """

    verdict: Verdict
    trained: int
    waiting: int
    results: float
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    chance: float | None = None
    waiting_rate: float | None = None


def compare(waves: Waves, seed: int) -> Effect:
    """The pooled difference. The same waves and seed give the same figures."""
    treated = _treated(waves.wave, waves.after.shape[1])
    trained, waiting = _people(treated)
    too_little = Effect(Verdict.TOO_LITTLE, trained, waiting, waves.counted)
    if min(trained, waiting) < FEWEST_PEOPLE or waves.counted < FEWEST_RESULTS:
        return too_little
    change = waves.after - waves.before[:, None]
    fit = _fit(treated, change, waves)
    if fit is None:
        return too_little
    difference, error, groups = fit
    half = float(student.ppf((1 + CONFIDENCE) / 2, groups - 1)) * error
    lower, upper = difference - half, difference + half
    verdict = Verdict.MORE if lower > 0 else Verdict.FEWER if upper < 0 else Verdict.NO_SURE_DIFFERENCE
    rate = float(np.average(waves.after, weights=(1 - treated) * waves.days))
    chance = _chance(waves, change, difference, seed)
    return Effect(verdict, trained, waiting, waves.counted, difference, lower, upper, chance, rate)


def _treated(wave: Whole, spans: int) -> Reals:
    """[people, spans]: 1 where the person's wave has begun."""
    return (wave[:, None] <= np.arange(1, spans + 1)[None, :]).astype(float)


def _people(treated: Reals) -> tuple[int, int]:
    """How many are under way in some span, and how many wait in some span."""
    if not treated.size:
        return 0, 0
    return int((treated.max(axis=1) > 0).sum()), int((treated.min(axis=1) < 1).sum())


def _fit(treated: Reals, change: Reals, waves: Waves) -> tuple[float, float, int] | None:
    """The difference, its standard error with people as clusters, and how many people inform it.

    Least squares with a constant for each stratum in each span, which takes out the mean of each; spans weigh by days.
    """
    spread, moved = _within(treated, waves.stratum), _within(change, waves.stratum)
    weight = float((waves.days * spread**2).sum())
    if weight <= 0:
        return None
    difference = float((waves.days * spread * moved).sum()) / weight
    scores = (waves.days * spread * (moved - difference * spread)).sum(axis=1)
    groups = int((np.abs(spread).max(axis=1) > 0).sum())
    if groups < 2 * FEWEST_PEOPLE:
        return None
    return difference, float(np.sqrt(groups / (groups - 1) * (scores**2).sum())) / weight, groups


def _within(values: Reals, stratum: Whole) -> Reals:
    """The values less the mean of their stratum in their span."""
    _, place = np.unique(stratum, return_inverse=True)
    sums = np.zeros((int(place.max()) + 1, values.shape[1]))
    np.add.at(sums, place, values)
    return values - (sums / np.bincount(place)[:, None])[place]


def _chance(waves: Waves, change: Reals, found: float, seed: int) -> float:
    """Randomisation inference: the same lot drawn again within strata (Fisher 1935, The Design of Experiments)."""
    generator = np.random.default_rng(seed)
    order = np.lexsort((np.arange(len(waves.wave)), waves.stratum))
    moved = waves.days * _within(change, waves.stratum)
    extreme = 1
    for _ in range(REDRAWS):
        shuffled = np.lexsort((generator.random(len(order)), waves.stratum))
        wave = np.empty_like(waves.wave)
        wave[order] = waves.wave[shuffled]
        spread = _within(_treated(wave, change.shape[1]), waves.stratum)
        weight = float((waves.days * spread**2).sum())
        extreme += abs(float((spread * moved).sum()) / weight) >= abs(found) - 1e-12
    return extreme / (REDRAWS + 1)
