"""Shares and ratios of shares with intervals that hold for small counts. Pure."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.stats import beta, chi2

STEPS = 80
"""Of halving: far below what a page can show."""


@dataclass(frozen=True)
class Interval:
    """An estimate with its ends, `low <= value <= high`; an end may be infinite, and the value unknown (nan)."""

    value: float
    low: float
    high: float


def share(successes: int, trials: int, confidence: float = 0.95) -> Interval:
    """A share with the exact interval of Clopper and Pearson (Biometrika 26, 1934), from the beta distribution.

    It covers the true share with at least `confidence`, whatever the counts. No trials: value unknown, 0 to 1.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share.")
    if trials == 0:
        return Interval(math.nan, 0.0, 1.0)
    tail = (1.0 - confidence) / 2
    low = 0.0 if successes == 0 else float(beta.ppf(tail, successes, trials - successes + 1))
    high = 1.0 if successes == trials else float(beta.ppf(1 - tail, successes + 1, trials - successes))
    return Interval(successes / trials, low, high)


def ratio(first: tuple[int, int], second: tuple[int, int], confidence: float = 0.95) -> Interval:
    """The ratio of two independent shares, each (successes, trials), with Koopman's score interval.

    P. A. R. Koopman, Confidence intervals for the ratio of two binomial proportions, Biometrics 40 (1984): all ratios
    that Pearson's chi-squared test does not refute at this level. It holds for counts of zero, where intervals from
    logarithms do not: without successes on one side an end is 0 or infinite.
    """
    (x1, n1), (x2, n2) = first, second
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2):
        raise ValueError(f"{first} and {second} are no shares.")
    if n1 == 0 or n2 == 0 or x1 == x2 == 0:
        return Interval(math.nan, 0.0, math.inf)
    value = math.inf if x2 == 0 else (x1 / n1) / (x2 / n2)
    limit = float(chi2.ppf(confidence, 1))

    def refuted(log_ratio: float) -> bool:
        return _chi_squared(x1, n1, x2, n2, math.exp(log_ratio)) > limit

    middle = math.log(value) if 0 < value < math.inf else 0.0
    low = 0.0 if x1 == 0 else math.exp(_edge(refuted, middle, -1.0))
    high = math.inf if x2 == 0 else math.exp(_edge(refuted, middle, 1.0))
    return Interval(value, min(low, value), max(high, value))


def _edge(refuted: Callable[[float], bool], start: float, direction: float) -> float:
    """Where the test begins to refute, from `start` in `direction`; a start that is refuted already lies outside."""
    inside, step = start, direction
    while refuted(inside):  # the estimate is 0 or infinite: begin where nothing is refuted
        inside -= 8.0 * direction
    outside = inside + step
    while not refuted(outside):
        step *= 2
        outside = inside + step
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if refuted(middle) else (middle, outside)
    return (inside + outside) / 2


def _chi_squared(x1: int, n1: int, x2: int, n2: int, theta: float) -> float:
    """Pearson's statistic when the first share is `theta` times the second; shares by greatest likelihood."""
    b = theta * (n1 + x2) + x1 + n2
    root = math.sqrt(max(b * b - 4 * theta * (n1 + n2) * (x1 + x2), 0.0))
    p1 = 2 * theta * (x1 + x2) / (b + root)  # the smaller root, written so that nothing cancels
    p1 = min(p1, 1.0, theta)
    return _part(x1, n1, p1) + _part(x2, n2, min(p1 / theta, 1.0))


def _part(x: int, n: int, p: float) -> float:
    spread = n * p * (1 - p)
    missed = x - n * p
    if spread <= 1e-300:
        return 0.0 if abs(missed) < 1e-9 else math.inf
    return missed * missed / spread
