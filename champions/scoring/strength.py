"""How far apart people truly are in their success rates, read from the data: the strength of the prior.

Each person's rate is taken as drawn around where it begins (beta with mean h and strength K attempts),
successes as beta-binomial; K is where likelihood times a wide log-normal prior is largest (empirical Bayes
by maximum a posteriori; Robbins 1956, Efron and Morris 1975, Skellam 1948 for the beta-binomial).
"""

import math

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from champions.scoring.columns import Reals

WIDTH = 0.75
"""Standard deviation of log K around its guide: the data may move it by a factor of two without persuasion.
"""
DRIFT = 1.5
"""People change: the coming year resembles the past less than the past resembles itself."""
MOST_PEOPLE = 20_000


def prior_strength(successes: Reals, attempts: Reals, prior: Reals, guide: float) -> float:
    """The strength of the prior in attempts, `guide` where nobody tried.

    Arrays hold one entry per person, in an order that does not depend on the input. Of very many people
    those with the most attempts are read: the others say next to nothing about the spread.
    """
    tried = np.flatnonzero(attempts > 0)
    if len(tried) > MOST_PEOPLE:
        order = np.lexsort((tried, -attempts[tried]))
        tried = np.sort(tried[order[:MOST_PEOPLE]])
    if not len(tried):
        return guide
    tries = attempts[tried]
    won = np.minimum(successes[tried], tries)
    mean = np.clip(prior[tried], 1e-6, 1 - 1e-6)
    some = won > 0  # the others' successes say nothing more
    won_by, mean_of = won[some], mean[some]

    def unlikely(log_strength: float) -> float:
        strength = math.exp(log_strength)
        a, b = strength * mean_of, strength * (1 - mean)
        likely = gammaln(tries - won + b) - gammaln(b) + gammaln(strength) - gammaln(tries + strength)
        succeeded = gammaln(won_by + a) - gammaln(a)
        return float(((log_strength - math.log(guide)) / WIDTH) ** 2 / 2 - likely.sum() - succeeded.sum())

    bounds = (math.log(guide) - 5 * WIDTH, math.log(guide) + 5 * WIDTH)
    found = minimize_scalar(unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-6})
    return DRIFT * math.exp(found.x)
