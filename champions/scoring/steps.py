"""How far one event or outcome more may move a score: no cliffs, as a stated bound that the tests hold.

Directly, one result more adds at most the pace of a year times what the person's volume still outweighs of
their past (`_most_from_one`). Through everybody: the usual rate, the strength of the prior and the averages
of the best list rest on all outcomes, so one more is a small share of them; in a list of one it can be that
one result itself.
"""

import numpy as np

from champions.scoring.forecast import Forecast, pace
from champions.scoring.parameters import Parameters

THROUGH_OTHERS = 3.0


def largest_step(forecasts: tuple[Forecast, ...], factors: tuple[float, float], parameters: Parameters) -> float:
    """The step s: one row more moves no score v by more than s x (1 + |v|)."""
    if not forecasts:
        return 0.0
    slope = sum(factors)
    one = max(item.kind.worth * slope * _most_from_one(item, parameters) for item in forecasts)
    outcomes = sum(float(item.tally.successes.sum()) for item in forecasts)
    return one + THROUGH_OTHERS / max(outcomes, 1.0)


def _most_from_one(item: Forecast, parameters: Parameters) -> float:
    """Results a year that one outcome more may add to anybody's forecast."""
    year = pace(parameters)
    counts = item.tally
    outweighed = counts.volume / (counts.attempts + item.strength)
    if item.attempts_known:
        return year * float(np.max(np.maximum(outweighed, item.rate), initial=0.0))
    recently = parameters.recent_half_life_days / parameters.volume_half_life_days
    believed = (item.prior * item.strength + counts.successes) / (counts.attempts + item.strength)
    foreseen = recently * counts.volume * believed
    trust = parameters.trust_in_pace
    burst = (counts.recent + 1 + trust) / (foreseen + trust)
    one = burst * (believed + (1 - believed) * outweighed) + foreseen / (foreseen + trust) / recently
    return year * float(np.max(one, initial=0.0))
