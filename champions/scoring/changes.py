"""What would change a score: one more result today, or a month without anything. Everybody else stays as
they are.
"""

from dataclasses import replace

import numpy as np

from champions.scoring.columns import Reals
from champions.scoring.forecast import Forecast, corrected, pace
from champions.scoring.joining import part
from champions.scoring.parameters import Parameters
from champions.scoring.rates import shrunken
from champions.scoring.tallies import Tally

SILENCE_DAYS = 30.0


def one_more(item: Forecast, factors: tuple[float, float], parameters: Parameters) -> Reals:
    """By how much everybody's score would rise with one more result of this kind today, and the attempt it
    took.
    """
    tries = 1.0 if item.attempts_known else 2.0  # a day and a result
    more = replace(
        item.tally,
        attempts=item.tally.attempts + tries,
        successes=item.tally.successes + 1,
        volume=item.tally.volume + tries,
        recent=item.tally.recent + 1,
    )
    return _with(item, more, factors, parameters) - part(item, factors)


def silence(item: Forecast, factors: tuple[float, float], parameters: Parameters) -> Reals:
    """By how much everybody's score would change after a month in which they did nothing."""
    old, rate = item.tally, 0.5 ** (SILENCE_DAYS / parameters.rate_half_life_days)
    faded = replace(
        old,
        attempts=rate * old.attempts,
        successes=rate * old.successes,
        volume=0.5 ** (SILENCE_DAYS / parameters.volume_half_life_days) * old.volume,
        recent=0.5 ** (SILENCE_DAYS / parameters.recent_half_life_days) * old.recent,
    )
    return _with(item, faded, factors, parameters) - part(item, factors)


def _with(item: Forecast, counts: Tally, factors: tuple[float, float], parameters: Parameters) -> Reals:
    """The part of the score with other counts."""
    rate, _ = shrunken(counts.successes, counts.attempts, item.prior, item.strength)
    volume = pace(parameters) * counts.volume
    if not item.attempts_known:
        rate = corrected(counts, rate, parameters)
    if not item.aim_known:
        return part(replace(item, volume=volume, rate=rate), factors)
    per_attempt = np.divide(item.usual, item.volume, out=item.prior.copy(), where=item.volume > 0)
    return part(replace(item, volume=volume, rate=rate, usual=volume * per_attempt), factors)
