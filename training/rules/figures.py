"""A figure with the range that the evidence allows, or the reason why there is none."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

Z = 1.959963984540054
"""95 in 100 values of a normal distribution lie within so many standard deviations of its middle."""


class TooLittle(StrEnum):
    """Why there is no figure."""

    TOO_FEW_ANSWERS = "too_few_answers"
    NO_SPREAD = "no_spread"
    ONE_QUESTION = "one_question"
    DIFFERENT_QUESTIONS = "different_questions"


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % range, low <= value <= high, from so many answers (or attempts)."""

    value: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True)
class NoEstimate:
    """No figure: there are so many answers, and this stands in the way."""

    answers: int
    why: TooLittle


Figure = Estimate | NoEstimate


def wilson(share: Reals, answers: Reals) -> tuple[Reals, Reals]:
    """The score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).

    Also holds, being too wide rather than too narrow, for the mean of values in [0, 1]: none of that mean varies more
    than yes and no do.
    """
    size = 1 + Z**2 / answers
    middle = (share + Z**2 / (2 * answers)) / size
    half = Z * np.sqrt(np.maximum(share * (1 - share) / answers + Z**2 / (4 * answers**2), 0)) / size
    return np.clip(np.minimum(middle - half, share), 0, 1), np.clip(np.maximum(middle + half, share), 0, 1)


def fisher(correlation: Reals, answers: Reals) -> tuple[Reals, Reals]:
    """The interval of a correlation by its inverse hyperbolic tangent (Fisher 1921, Metron 1, 3-32)."""
    z = np.arctanh(np.clip(correlation, -1 + 1e-12, 1 - 1e-12))
    half = Z / np.sqrt(np.maximum(answers - 3, 1))
    return np.minimum(np.tanh(z - half), correlation), np.maximum(np.tanh(z + half), correlation)


def deviation_interval(deviation: Reals, fourth: Reals, answers: Reals) -> tuple[Reals, Reals]:
    """The interval of the standard deviation of values in [0, 1], normal or not; above 0.5 there is none.

    Bonett (2006), Computational Statistics & Data Analysis 50, 775-782, with the plain mean for his trimmed one.
    `fourth` is the fourth central moment (the mean of the fourth powers of the differences from the mean).
    """
    variance = np.maximum(deviation**2, 1e-30)
    peaked = fourth / (variance * (answers - 1) / answers) ** 2
    factor = answers / (answers - Z)
    error = factor * np.sqrt(np.maximum(peaked - (answers - 3) / answers, 0) / (answers - 1))
    low, high = (np.sqrt(factor * variance * np.exp(side * Z * error)) for side in (-1, 1))
    return np.minimum(low, deviation), np.maximum(np.minimum(high, 0.5), deviation)


def alpha_interval(alpha: float, questions: int, attempts: int) -> tuple[float, float]:
    """The interval of Cronbach's alpha (Bonett 2002, J. Educ. Behav. Stat. 27, 335-340), by log(1 - alpha)."""
    error = math.sqrt(2 * questions / ((questions - 1) * (attempts - 2)))
    distance = max(1 - alpha, 1e-12)
    return 1 - distance * math.exp(Z * error), 1 - distance * math.exp(-Z * error)


def figures(
    answers: Reals, fewest: int, value: Reals, low: Reals, high: Reals, why: Mapping[int, TooLittle] | None = None
) -> list[Figure]:
    """Columns as figures, one for each place; none below `fewest` answers (at least 3), nor where `why` says so."""
    found: list[Figure] = []
    for place, count in enumerate(answers.astype(int).tolist()):
        if count < max(fewest, 3):
            found.append(NoEstimate(count, TooLittle.TOO_FEW_ANSWERS))
        elif why and place in why:
            found.append(NoEstimate(count, why[place]))
        else:
            found.append(Estimate(float(value[place]), float(low[place]), float(high[place]), count))
    return found
