"""What one kind of outcome will bring in the coming year, for everybody: results, and results beyond the
usual.

Where attempts are known: expected results = expected attempts x shrunken success rate; beyond the usual =
the same less what these attempts bring to everybody. Where they are not known: outcomes that fade with age,
less their mean.
"""

from dataclasses import dataclass

import numpy as np

from champions.scoring.columns import Columns, Reals, Truths
from champions.scoring.fading import grained, per_person, weights
from champions.scoring.kinds import CountedKind
from champions.scoring.parameters import Parameters
from champions.scoring.rates import prior_from_shares, shrunken, usual_rate
from champions.scoring.shares import thread_shares, vote_verb


@dataclass(frozen=True, eq=False)
class Forecast:
    """One kind for everybody: volume (attempts to come, or outcomes), rate per attempt, usual results, and
    variances.
    """

    kind: CountedKind
    number: Reals
    attempts: Reals
    successes: Reals
    volume: Reals
    volume_variance: Reals
    rate: Reals
    rate_variance: Reals
    prior: Reals
    usual: Reals
    attempts_known: bool

    @property
    def expected(self) -> Reals:
        """Expected results."""
        return self.volume * self.rate

    @property
    def excess(self) -> Reals:
        """Expected results beyond the usual."""
        return self.expected - self.usual


def forecast(
    columns: Columns, kind: CountedKind, active: Truths, parameters: Parameters, as_of: float
) -> Forecast:
    """Forecast one kind from columns that end before `as_of`."""
    if kind.attempt_verb is None:
        return _without_attempts(columns, kind, active, parameters, as_of)
    return _with_attempts(columns, kind, active, parameters, as_of)


def _with_attempts(
    columns: Columns, kind: CountedKind, active: Truths, parameters: Parameters, as_of: float
) -> Forecast:
    count = len(columns.people)
    events, outcomes = columns.events, columns.outcomes
    rows = np.flatnonzero((events.verb == kind.attempt_verb) & (events.actor >= 0))
    at, actor = events.at[rows], events.actor[rows]
    won = np.flatnonzero(outcomes.kind == kind.code)
    won_at, winner, value = outcomes.at[won], outcomes.person[won], outcomes.value[won]
    long = weights(at, as_of, parameters.rate_half_life_days)
    base = weights(at, as_of, parameters.base_half_life_days)
    short = weights(at, as_of, parameters.volume_half_life_days)
    attempts = per_person(actor, count, long)
    successes = per_person(winner, count, weights(won_at, as_of, parameters.rate_half_life_days, value))
    base_attempts = per_person(actor, count, base)
    base_successes = per_person(winner, count, weights(won_at, as_of, parameters.base_half_life_days, value))
    usual = usual_rate(base_successes[active].sum(), base_attempts[active].sum())
    vote = vote_verb(columns)
    if vote is None:
        prior, strength, saturation = np.full(count, usual), parameters.prior_attempts, np.inf
    else:
        share = thread_shares(columns, rows, vote)
        sums = per_person(actor, count, grained(long * share))
        recent = per_person(actor, count, grained(base * share))
        mean_share = usual_rate(recent[active].sum(), base_attempts[active].sum())
        prior = prior_from_shares(usual, sums, attempts, mean_share)
        strength, saturation = parameters.prior_attempts_with_votes, parameters.saturation_attempts
    rates = shrunken(successes, attempts, prior, strength, saturation)
    volume = per_person(actor, count, short)
    return Forecast(
        kind=kind,
        number=per_person(winner, count, grained(value.copy())),
        attempts=attempts,
        successes=successes,
        volume=volume,
        volume_variance=per_person(actor, count, grained(short * short)),
        rate=rates.rate,
        rate_variance=rates.variance,
        prior=prior,
        usual=volume * usual,
        attempts_known=True,
    )


def _without_attempts(
    columns: Columns, kind: CountedKind, active: Truths, parameters: Parameters, as_of: float
) -> Forecast:
    count = len(columns.people)
    outcomes = columns.outcomes
    won = np.flatnonzero(outcomes.kind == kind.code)
    at, winner, value = outcomes.at[won], outcomes.person[won], outcomes.value[won]
    faded = weights(at, as_of, parameters.result_half_life_days, value)
    volume = per_person(winner, count, faded)
    unknown = np.full(count, np.nan)
    return Forecast(
        kind=kind,
        number=per_person(winner, count, grained(value.copy())),
        attempts=unknown,
        successes=volume,
        volume=volume,
        volume_variance=per_person(winner, count, grained(faded * faded)),
        rate=np.ones(count),
        rate_variance=np.zeros(count),
        prior=unknown,
        usual=np.full(count, usual_rate(volume[active].sum(), float(np.count_nonzero(active)))),
        attempts_known=False,
    )
