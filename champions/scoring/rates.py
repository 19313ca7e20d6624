"""Success rates, shrunken: everybody begins at what is usual and moves away as evidence comes.

Empirical Bayes with a conjugate prior of `strength` attempts (Efron and Morris 1975; for counts, Robbins
1956).
"""

from dataclasses import dataclass

import numpy as np

from champions.scoring.columns import Reals

SHARE_PRIOR_ATTEMPTS = 10.0


@dataclass(frozen=True, eq=False)
class Rates:
    """Shrunken success rates with the variance of their posterior, an entry per person."""

    rate: Reals
    variance: Reals
    prior: Reals
    usual: float


def usual_rate(successes: float, attempts: float) -> float:
    """What everybody reaches; 0 where nobody tried."""
    return successes / attempts if attempts > 0 else 0.0


def prior_from_shares(usual: float, share_sum: Reals, attempts: Reals, mean_share: float) -> Reals:
    """Where a person's rate begins when votes are known: the usual rate, times how their share of the votes
    compares.
    """
    kept = (share_sum + SHARE_PRIOR_ATTEMPTS * mean_share) / (attempts + SHARE_PRIOR_ATTEMPTS)
    return usual * kept / mean_share


def shrunken(successes: Reals, attempts: Reals, prior: Reals, strength: float, saturation: float) -> Rates:
    """Posterior mean and variance of each rate. No attempts: the prior itself.

    Evidence saturates: of very many attempts at most `saturation` count, since people change.
    """
    kept = 1.0 / (1.0 + attempts / saturation)
    shape = kept * successes + strength * prior
    weight = kept * attempts + strength
    rate = shape / weight
    proper = rate < 1.0  # several outcomes from one attempt: then counts (Poisson), not yes or no (binomial)
    variance = np.where(proper, rate * (1.0 - np.minimum(rate, 1.0)) / (weight + 1.0), rate / weight)
    return Rates(rate, variance, prior, float("nan"))
