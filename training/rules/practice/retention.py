"""How much of a module is still known 7, 30 and 90 days after it was passed."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from training.rules.figures import Estimate, Figure, NoEstimate, TooLittle, wilson

WINDOWS = {7: (4, 12), 30: (20, 45), 90: (65, 120)}
"""Day of the curve: the first and the last day after passing whose answers stand for it."""

FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class Recalled:
    """What one learner still knew of one module within one window: the mean fraction of so many answers."""

    window: int
    fraction: float
    answers: int


@dataclass(frozen=True)
class Point:
    """One point of the curve."""

    day: int
    known: Figure
    people: int
    answers: int


def retention_curve(recalled: Iterable[Recalled]) -> list[Point]:
    """The points at 7, 30 and 90 days, each person counting once.

    `known` is the mean over people of their mean fraction, with the score interval for so many people: answers of one
    person hang together, so people are counted and not answers. Fewer than five people give no figure: it would be
    about them. The people have practised in between; the curve says what a module leaves with practice.
    """
    rows = list(recalled)
    return [_point(day, [one for one in rows if one.window == day]) for day in WINDOWS]


def _point(day: int, rows: list[Recalled]) -> Point:
    answers = sum(one.answers for one in rows)
    if len(rows) < FEWEST_PEOPLE:
        return Point(day, NoEstimate(answers, TooLittle.TOO_FEW_ANSWERS), len(rows), answers)
    mean = float(np.mean([one.fraction for one in rows]))
    low, high = wilson(np.array([mean]), np.array([float(len(rows))]))
    return Point(day, Estimate(mean, float(low[0]), float(high[0]), answers), len(rows), answers)
