"""Item analysis: what the answers of many say about each question of a quiz, and about the quiz.

Classical test theory over first attempts only, since later ones are no longer independent. Every figure carries its
95 % range, or says why there is none. Definitions follow "Quiz statistics calculations" of the Moodle developer
documentation, which follows McDonald (1999), Test Theory, and Lord and Novick (1968), Statistical Theories of Mental
Test Scores. Where not every attempt has the same questions (draws from a pool), the rest of an attempt is taken as the
share of the marks that its other questions offered.
"""

from dataclasses import dataclass

import numpy as np

from training.rules.answer_columns import NOTHING, Answers, ByQuestion, Truths
from training.rules.figures import (
    Estimate,
    Figure,
    NoEstimate,
    Reals,
    TooLittle,
    alpha_interval,
    deviation_interval,
    figures,
    fisher,
    wilson,
)

FEWEST_ANSWERS = 30


@dataclass(frozen=True)
class ItemFigures:
    """One question. See `analyse` for what each figure is."""

    question: int
    answers: int
    facility: Figure
    deviation: Figure
    discrimination: Figure
    efficiency: Figure
    intended_weight: float
    effective_weight: Figure


@dataclass(frozen=True)
class QuizFigures:
    """The quiz: mean and deviation of results as shares, reliability, and what an error of measurement comes to."""

    attempts: int
    mean: Figure
    deviation: Figure
    alpha: Figure
    standard_error: Figure
    items: tuple[ItemFigures, ...]


def analyse(answers: Answers, fewest: int = FEWEST_ANSWERS) -> QuizFigures:
    """All figures of a quiz; 1,000,000 answers take about a second. `fewest` answers are needed for a figure.

    For each question, with x its fractions and r the rest of the attempt:
    facility, the mean of x (1: everybody knows it); deviation, the standard deviation of x; discrimination, the
    correlation of x and r (below 0: who knows the rest gets this one wrong, so its key is likely wrong); efficiency,
    cov(x, r) over the largest covariance that the same values can have in another order; effective weight, the share
    of this question in the spread of results, sqrt(cov(mark, total)) over the sum of that for all questions, where a
    negative covariance counts as 0.

    For the quiz: Cronbach's alpha (1951, Psychometrika 16, 297-334), k/(k-1) * (1 - sum of the variances of marks /
    variance of totals), only where every attempt has the same questions; and the standard error of measurement,
    deviation * sqrt(1 - alpha), as a share of all marks.
    """
    columns = ByQuestion(answers)
    mean, deviation = _results(answers.results, fewest)
    alpha = _alpha(columns, fewest)
    return QuizFigures(
        attempts=len(answers.results),
        mean=mean,
        deviation=deviation,
        alpha=alpha,
        standard_error=_standard_error(deviation, alpha),
        items=_items(columns, fewest),
    )


def _items(columns: ByQuestion, fewest: int) -> tuple[ItemFigures, ...]:
    weights = columns.answers.weights
    intended = weights / weights.sum() if len(weights) else weights
    facilities, deviations = _facilities(columns, fewest), _deviations(columns, fewest)
    discriminations, efficiencies = _discriminations(columns, fewest)
    effective = _effective_weights(columns, fewest)
    return tuple(
        ItemFigures(
            question=place,
            answers=int(columns.n[place]),
            facility=facilities[place],
            deviation=deviations[place],
            discrimination=discriminations[place],
            efficiency=efficiencies[place],
            intended_weight=float(intended[place]),
            effective_weight=effective[place],
        )
        for place in range(len(weights))
    )


def _facilities(columns: ByQuestion, fewest: int) -> list[Figure]:
    facility = columns.mean(columns.answers.fraction)
    return figures(columns.n, fewest, facility, *wilson(facility, np.maximum(columns.n, 1)))


def _deviations(columns: ByQuestion, fewest: int) -> list[Figure]:
    deviation = columns.deviation(columns.x)
    low, high = deviation_interval(deviation, columns.mean(columns.x**4), np.maximum(columns.n, 3))
    return figures(columns.n, fewest, deviation, low, high, _why(deviation**2 <= NOTHING, TooLittle.NO_SPREAD))


def _discriminations(columns: ByQuestion, fewest: int) -> tuple[list[Figure], list[Figure]]:
    """Discrimination, and its efficiency: the same over the largest that these values allow, range included."""
    spread = columns.deviation(columns.x) * columns.deviation(columns.r)
    why = _why(~(spread > NOTHING), TooLittle.NO_SPREAD) | _why(np.isnan(spread), TooLittle.ONE_QUESTION)
    value = _divided(columns.covariance(columns.x, columns.r), spread)
    low, high = fisher(value, columns.n)
    largest = _divided(columns.largest_covariance(columns.x, columns.r), spread)
    shares = [np.clip(_divided(one, largest), -1, 1) for one in (value, low, high)]
    return (
        figures(columns.n, fewest, value, low, high, why),
        figures(columns.n, fewest, shares[0], shares[1], shares[2], why),
    )


def _effective_weights(columns: ByQuestion, fewest: int) -> list[Figure]:
    """Shares of the spread of results. The range of one holds the other questions as they are."""
    spread = columns.answers.weights * columns.deviation(columns.x) * columns.deviation(columns.t)
    covariance = columns.answers.weights * columns.covariance(columns.x, columns.t)
    correlation = np.nan_to_num(_divided(covariance, spread))
    own, low, high = (np.sqrt(np.maximum(r, 0) * spread) for r in (correlation, *fisher(correlation, columns.n)))
    others = own.sum() - own
    why = _why(np.broadcast_to(own.sum() <= NOTHING, own.shape), TooLittle.NO_SPREAD)
    share, least, most = (np.nan_to_num(_divided(one, one + others)) for one in (own, low, high))
    return figures(columns.n, fewest, share, least, most, why)


def _results(results: Reals, fewest: int) -> tuple[Figure, Figure]:
    """Mean and deviation of results."""
    n = np.array([float(len(results))])
    if len(results) < max(fewest, 3):
        few = NoEstimate(len(results), TooLittle.TOO_FEW_ANSWERS)
        return few, few
    mean, deviation = np.array([results.mean()]), np.array([results.std(ddof=1)])
    low, high = deviation_interval(deviation, np.array([((results - mean) ** 4).mean()]), n)
    spread = figures(n, fewest, deviation, low, high, _why(deviation**2 <= NOTHING, TooLittle.NO_SPREAD))
    return figures(n, fewest, mean, *wilson(mean, n))[0], spread[0]


def _alpha(columns: ByQuestion, fewest: int) -> Figure:
    answers, asked = columns.answers, np.flatnonzero(columns.n > 0)
    attempts, questions = len(answers.results), len(asked)
    if attempts < max(fewest, 3):
        return NoEstimate(attempts, TooLittle.TOO_FEW_ANSWERS)
    if questions < 2:
        return NoEstimate(attempts, TooLittle.ONE_QUESTION)
    if (columns.n[asked] < attempts).any():
        return NoEstimate(attempts, TooLittle.DIFFERENT_QUESTIONS)
    total = float(answers.earned[answers.offered > 0].var(ddof=1))
    if total <= NOTHING:
        return NoEstimate(attempts, TooLittle.NO_SPREAD)
    variances = answers.weights**2 * columns.covariance(columns.x, columns.x)
    alpha = questions / (questions - 1) * (1 - float(variances[asked].sum()) / total)
    return Estimate(alpha, *alpha_interval(alpha, questions, attempts), attempts)


def _standard_error(deviation: Figure, alpha: Figure) -> Figure:
    """The range is that of alpha at the deviation as measured; a more reliable quiz has a smaller error."""
    if isinstance(deviation, NoEstimate):
        return deviation
    if isinstance(alpha, NoEstimate):
        return alpha
    ends = (alpha.value, alpha.high, alpha.low)
    value, low, high = (deviation.value * float(np.sqrt(max(0.0, 1 - end))) for end in ends)
    return Estimate(value, low, high, alpha.answers)


def _why(missing: Truths, reason: TooLittle) -> dict[int, TooLittle]:
    """The questions that have no figure, each with the reason."""
    return dict.fromkeys(np.flatnonzero(missing).tolist(), reason)


def _divided(one: Reals, other: Reals) -> Reals:
    """Quotients; NaN where there is nothing to divide by."""
    return np.divide(one, other, out=np.full(len(one), np.nan), where=np.abs(other) > NOTHING)
