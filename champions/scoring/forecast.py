"""What one kind of outcome will bring at the present pace, for everybody: results, and results beyond the
usual.

Attempts known: expected results = expected attempts x shrunken success rate. Beyond the usual: the same
less what these attempts bring to everybody (to the peers, where jobs and sites are stated).

Attempts not known: a day on which somebody did something stands for an attempt, and the forecast is then
corrected by the results of the last weeks. Beside kinds with known attempts, the usual is what as many days
bring to everybody, so that aim means the same in all kinds. Where attempts are known of no kind at all, no aim
can be told apart, and the usual is what the active bring on average.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from champions.scoring.columns import Columns, Numbers, Reals
from champions.scoring.kinds import CountedKind
from champions.scoring.parameters import Parameters
from champions.scoring.peers import Peers, usual_counts, usual_rates
from champions.scoring.rates import prior_from_shares, shrunken, usual_rate
from champions.scoring.strength import prior_strength
from champions.scoring.tallies import Tally, tally

YEAR = 365.0


@dataclass(frozen=True, eq=False)
class Forecast:
    """One kind, an entry per person scored.

    Expected results = `volume` x `rate` in a year; `usual` is what the same brings to everybody: so much for each
    attempt or day where `aim_known`, else the same for all. `strength` is the prior's, in attempts; `prior` and
    `rate` are per attempt.
    """

    kind: CountedKind
    tally: Tally
    volume: Reals
    volume_variance: Reals
    rate: Reals
    rate_variance: Reals
    prior: Reals
    usual: Reals
    strength: float
    attempts_known: bool
    aim_known: bool

    @property
    def expected(self) -> Reals:
        """Expected results in a year."""
        return self.volume * self.rate

    @property
    def excess(self) -> Reals:
        """Expected results in a year beyond the usual."""
        return self.expected - self.usual


def forecasts(
    columns: Columns, kinds: Sequence[CountedKind], person: Numbers, parameters: Parameters, as_of: float
) -> tuple[Forecast, ...]:
    """Forecast each kind for the people in `person` (in the order of their ids) from columns before
    `as_of`.
    """
    peers = Peers.of(columns.people, person, parameters.peer_groups)
    counts = (tally(columns, kind, parameters, as_of).of(person) for kind in kinds)
    aim = aim_known(kinds)
    return tuple(forecast(kind, count, peers, parameters, aim=aim) for kind, count in zip(kinds, counts, strict=True))


def aim_known(kinds: Iterable[CountedKind]) -> bool:
    """Whether attempts are known of any kind: then aim can be told apart from effort."""
    return any(kind.attempt_verb is not None for kind in kinds)


def forecast(kind: CountedKind, counts: Tally, peers: Peers, parameters: Parameters, *, aim: bool) -> Forecast:
    """Forecast one kind from what was counted of it; an entry per person. `aim`: as `aim_known` of all kinds."""
    if kind.attempt_verb is None:
        return _without_attempts(kind, counts, peers, parameters, aim)
    return _with_attempts(kind, counts, peers, parameters)


def pace(parameters: Parameters) -> float:
    """A faded sum of a steady stream counts half-life / ln 2 days of it; so many make a year."""
    return YEAR * math.log(2) / parameters.volume_half_life_days


def corrected(counts: Tally, rate: Reals, parameters: Parameters) -> Reals:
    """The rate after the results of the last weeks: beside the foreseen ones, gamma with `trust_in_pace`
    results.
    """
    recently = parameters.recent_half_life_days / parameters.volume_half_life_days
    trust = parameters.trust_in_pace
    return rate * (counts.recent + trust) / (recently * counts.volume * rate + trust)


def _with_attempts(kind: CountedKind, counts: Tally, peers: Peers, parameters: Parameters) -> Forecast:
    usual = usual_rates(counts.base_successes, counts.base_attempts, peers)
    mean_share = usual_rate(counts.base_shares.sum(), counts.base_attempts.sum())
    prior = prior_from_shares(usual, counts.shares, counts.attempts, mean_share)
    strength = prior_strength(counts.successes, counts.attempts, prior, parameters.prior_attempts)
    rate, variance = shrunken(counts.successes, counts.attempts, prior, strength)
    year = pace(parameters)
    return Forecast(
        kind=kind,
        tally=counts,
        volume=year * counts.volume,
        volume_variance=year**2 * counts.volume_squares,
        rate=rate,
        rate_variance=variance,
        prior=prior,
        usual=year * counts.volume * usual,
        strength=strength,
        attempts_known=True,
        aim_known=True,
    )


def _without_attempts(kind: CountedKind, counts: Tally, peers: Peers, parameters: Parameters, aim: bool) -> Forecast:
    usual = usual_rate(counts.successes.sum(), counts.attempts.sum())
    prior = np.full(len(counts.attempts), usual)
    guide = parameters.prior_results / usual if usual > 0 else parameters.prior_attempts
    strength = prior_strength(counts.successes, counts.attempts, prior, guide)
    rate = corrected(counts, shrunken(counts.successes, counts.attempts, prior, strength)[0], parameters)
    volume = pace(parameters) * counts.volume
    by_days = volume * usual_rates(counts.successes, counts.attempts, peers) if aim else None
    return Forecast(
        kind=kind,
        tally=counts,
        volume=volume,
        volume_variance=np.zeros(len(volume)),
        rate=rate,
        rate_variance=rate * rate / (counts.recent + parameters.trust_in_pace),
        prior=prior,
        usual=usual_counts(volume * rate, peers) if by_days is None else by_days,
        strength=strength,
        attempts_known=False,
        aim_known=aim,
    )
