"""Counting one kind of outcome: faded sums of attempts, successes and shares for everybody.

Not counted: events whose reach was paid for, supplied texts, answers to oneself, and outcomes that these brought.
Of repeated dealings between the same two people a part counts (`repeats`).
"""

from dataclasses import dataclass, fields

import numpy as np

from champions.scoring.columns import Columns, Numbers, Reals
from champions.scoring.fading import grained, per_person, weights
from champions.scoring.kinds import CountedKind
from champions.scoring.parameters import Parameters
from champions.scoring.repeats import NO_PAIR, kept_of_pairs
from champions.scoring.rows import Rows, Work, work_of


@dataclass(frozen=True, eq=False)
class Tally:
    """Faded sums, an entry per person. `number` is the plain sum of values; `kept` the share after `repeats`.

    `attempts`, `successes`, `shares` fade with the half-life of rates, `base_*` with that of everybody's rate,
    `volume` with that of volume (`volume_squares`: of its squared weights), `recent` (outcomes) with that of weeks.
    """

    number: Reals
    kept: Reals
    attempts: Reals
    successes: Reals
    shares: Reals
    base_attempts: Reals
    base_successes: Reals
    base_shares: Reals
    volume: Reals
    volume_squares: Reals
    recent: Reals

    def of(self, person: Numbers) -> "Tally":
        """The entries of some people."""
        return Tally(**{field.name: getattr(self, field.name)[person] for field in fields(self)})


def tally(columns: Columns, kind: CountedKind, parameters: Parameters, as_of: float) -> Tally:
    """Count one kind for everybody, from columns that end before `as_of`."""
    return counted(work_of(columns, kind), len(columns.people), parameters, as_of)


def counted(work: Work, people: int, parameters: Parameters, as_of: float) -> Tally:
    """Count rows that end before `as_of`."""
    return _attempts(work, people, parameters, as_of) if work.attempts_known else _days(work, people, parameters, as_of)


def _of_pairs(work: Work, rows: Rows, weight: Reals) -> Reals:
    """The weight of each pair."""
    return np.bincount(rows.pair + 1, weight, work.pairs + 1)[1:].astype(np.float64)


def _attempts(work: Work, people: int, parameters: Parameters, as_of: float) -> Tally:
    done, won, rate_days = work.done, work.won, parameters.rate_half_life_days
    faded = weights(done.at, as_of, rate_days)
    came = weights(won.at, as_of, rate_days, won.size)
    pairs = np.maximum(_of_pairs(work, done, faded), _of_pairs(work, won, came))
    kept = kept_of_pairs(pairs, parameters.repeat_allowance)
    whole, keep = per_person(done.person, people, faded), kept[done.pair]
    attempts = per_person(done.person, people, grained(faded * keep))
    share = np.divide(attempts, whole, out=np.ones(people), where=whole > 0)
    # An outcome without a link keeps what its person's attempts keep on average.
    kept_won = won.size * np.where(won.pair == NO_PAIR, share[won.person], kept[won.pair])
    placed = keep * done.size

    def tried(days: float, size: Reals) -> Reals:
        return per_person(done.person, people, weights(done.at, as_of, days, size))

    def won_within(days: float) -> Reals:
        return per_person(won.person, people, weights(won.at, as_of, days, kept_won))

    recent = weights(done.at, as_of, parameters.volume_half_life_days, keep)
    return Tally(
        number=per_person(won.person, people, grained(won.size.copy())),
        kept=share,
        attempts=attempts,
        successes=won_within(rate_days),
        shares=tried(rate_days, placed),
        base_attempts=tried(parameters.base_half_life_days, keep),
        base_successes=won_within(parameters.base_half_life_days),
        base_shares=tried(parameters.base_half_life_days, placed),
        volume=per_person(done.person, people, recent),
        volume_squares=per_person(done.person, people, grained(recent * recent)),
        recent=np.zeros(people),
    )


def _days(work: Work, people: int, parameters: Parameters, as_of: float) -> Tally:
    done, won, rate_days = work.done, work.won, parameters.rate_half_life_days
    faded = weights(won.at, as_of, rate_days, won.size)
    kept = kept_of_pairs(_of_pairs(work, won, faded), parameters.repeat_allowance)[won.pair]

    def came(days: float) -> Reals:
        return per_person(won.person, people, weights(won.at, as_of, days, won.size * kept))

    def active(days: float) -> Reals:
        return per_person(done.person, people, weights(done.at, as_of, days))

    successes, whole = came(rate_days), per_person(won.person, people, faded)
    nothing = np.zeros(people)
    return Tally(
        number=per_person(won.person, people, grained(won.size.copy())),
        kept=np.divide(successes, whole, out=np.ones(people), where=whole > 0),
        attempts=active(rate_days) + successes,
        successes=successes,
        shares=nothing,
        base_attempts=nothing,
        base_successes=nothing,
        base_shares=nothing,
        volume=active(parameters.volume_half_life_days) + came(parameters.volume_half_life_days),
        volume_squares=nothing,
        recent=came(parameters.recent_half_life_days),
    )
