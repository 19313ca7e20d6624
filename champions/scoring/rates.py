"""Success rates, shrunken: everybody begins at what is usual and moves away as evidence comes.

Empirical Bayes with a conjugate prior of `strength` attempts (Efron and Morris 1975; for counts, Robbins
1956).
"""

import numpy as np

from champions.scoring.columns import Reals

SHARE_ATTEMPTS = 10.0
"""A person's share of the votes counts half once they made so many attempts."""


def usual_rate(successes: float, attempts: float) -> float:
    """What everybody reaches; 0 where nobody tried."""
    return float(successes / attempts) if attempts > 0 else 0.0


def prior_from_shares(usual: Reals, shares: Reals, attempts: Reals, mean_share: float) -> Reals:
    """Where each rate begins: at the usual, times how a person's answers stand in their threads, at most 1."""
    if mean_share <= 0:
        return usual.copy()
    own = (shares + SHARE_ATTEMPTS * mean_share) / (attempts + SHARE_ATTEMPTS)
    return np.minimum(usual * own / mean_share, 1.0)


def shrunken(successes: Reals, attempts: Reals, prior: Reals, strength: float) -> tuple[Reals, Reals]:
    """Posterior mean and variance of each rate. No attempts: the prior itself."""
    weight = attempts + strength
    rate = (successes + strength * prior) / weight
    proper = rate < 1.0  # several outcomes from one attempt: then counts (Poisson), not yes or no (binomial)
    return rate, np.where(proper, rate * (1.0 - np.minimum(rate, 1.0)) / (weight + 1.0), rate / weight)
