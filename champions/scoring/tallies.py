"""Counting one kind of outcome: faded sums of attempts, successes and shares for everybody.

Not counted: events whose reach was paid for, supplied texts, answers to oneself, and outcomes that these
brought. Of repeated dealings between the same two people a part counts (`repeats`).
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Numbers, Reach, Reals, Truths
from champions.scoring.distinct import distinct
from champions.scoring.fading import DAY, grained, per_person, weights
from champions.scoring.givers import givers
from champions.scoring.kinds import CountedKind, own_events
from champions.scoring.parameters import Parameters
from champions.scoring.repeats import kept_share
from champions.scoring.shares import thread_shares


@dataclass(frozen=True, eq=False)
class Tally:
    """Faded sums, an entry per person. `number` is the plain sum of values; `kept` the share after `repeats`.

    `attempts`, `successes`, `shares` fade with the half-life of rates, `base_*` with that of everybody's
    rate, `volume` with that of volume (`volume_squares`: of its squared weights), `recent` (outcomes) with
    that of weeks.
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
    won = won_rows(columns, kind)
    if kind.attempt_verb is None:
        return _days(columns, won, parameters, as_of)
    return _attempts(columns, won, kind.attempt_verb, parameters, as_of)


def creditable(columns: Columns) -> Truths:
    """Which events may count: neither paid for nor supplied, done by somebody, and not to oneself."""
    events = columns.events
    return (events.reach != Reach.PAID) & ~events.from_library & (events.actor >= 0) & (events.actor != events.target)


def won_rows(columns: Columns, kind: CountedKind) -> NDArray[np.intp]:
    """The outcomes of one kind that count: credited to somebody, and not brought by an event that may not
    count.
    """
    outcomes = columns.outcomes
    counts = (outcomes.kind == kind.code) & (outcomes.person >= 0)
    linked = np.flatnonzero(counts & (outcomes.event >= 0))
    if len(linked):
        events, rows = columns.events, outcomes.event[linked]
        counts[linked] = (events.reach[rows] != Reach.PAID) & ~events.from_library[rows]
        counts[linked] &= (events.actor[rows] != events.target[rows]) | (events.actor[rows] < 0)
    return np.flatnonzero(counts)


def _attempts(columns: Columns, won: NDArray[np.intp], verb: int, parameters: Parameters, as_of: float) -> Tally:
    people, events, outcomes = len(columns.people), columns.events, columns.outcomes
    rows = np.flatnonzero((events.verb == verb) & creditable(columns))
    at, actor = events.at[rows], events.actor[rows]
    won_at, winner, value = outcomes.at[won], outcomes.person[won], outcomes.value[won]
    rate_days, base_days = parameters.rate_half_life_days, parameters.base_half_life_days
    share = thread_shares(columns, rows)
    faded = weights(at, as_of, rate_days)
    kept = kept_share(actor, events.target[rows], faded, people, parameters.repeat_allowance)
    attempts = per_person(actor, people, faded)
    shares = per_person(actor, people, grained(faded * share))
    base = weights(at, as_of, base_days)
    recent = weights(at, as_of, parameters.volume_half_life_days)
    return Tally(
        number=per_person(winner, people, grained(value.copy())),
        kept=kept,
        attempts=kept * attempts,
        successes=kept * per_person(winner, people, weights(won_at, as_of, rate_days, value)),
        shares=kept * shares,
        base_attempts=kept * per_person(actor, people, base),
        base_successes=kept * per_person(winner, people, weights(won_at, as_of, base_days, value)),
        base_shares=kept * per_person(actor, people, grained(base * share)),
        volume=kept * per_person(actor, people, recent),
        volume_squares=kept**2 * per_person(actor, people, grained(recent * recent)),
        recent=np.zeros(people),
    )


def _days(columns: Columns, won: NDArray[np.intp], parameters: Parameters, as_of: float) -> Tally:
    people, outcomes = len(columns.people), columns.outcomes
    won_at, winner, value = outcomes.at[won], outcomes.person[won], outcomes.value[won]
    rate_days, recent_days = parameters.rate_half_life_days, parameters.recent_half_life_days
    faded = weights(won_at, as_of, rate_days, value)
    kept = kept_share(winner, givers(columns, won), faded, people, parameters.repeat_allowance)
    successes = kept * per_person(winner, people, faded)
    actor, day = active_days(columns)
    at = (day + 0.5) * DAY
    volume_days = parameters.volume_half_life_days
    pace = kept * per_person(winner, people, weights(won_at, as_of, volume_days, value))
    nothing = np.zeros(people)
    return Tally(
        number=per_person(winner, people, grained(value.copy())),
        kept=kept,
        attempts=per_person(actor, people, weights(at, as_of, rate_days)) + successes,
        successes=successes,
        shares=nothing,
        base_attempts=nothing,
        base_successes=nothing,
        base_shares=nothing,
        volume=per_person(actor, people, weights(at, as_of, volume_days)) + pace,
        volume_squares=nothing,
        recent=kept * per_person(winner, people, weights(won_at, as_of, recent_days, value)),
    )


def active_days(columns: Columns) -> tuple[Numbers, Reals]:
    """Each pair of a person and a day (days since 1970) on which they did something of their own, once."""
    rows = np.flatnonzero(own_events(columns) & creditable(columns))
    day = np.floor(columns.events.at[rows] / DAY).astype(np.int32)
    first = int(day.min()) if len(day) else 0
    span = int(day.max()) - first + 1 if len(day) else 1
    key = columns.events.actor[rows].astype(np.int64) * span + (day - first)
    if len(columns.people) * span < 2**32:  # half the memory, and sorted twice as fast
        key = key.astype(np.uint32)
    key = distinct(key).astype(np.int64)
    return (key // span).astype(np.int32), (key % span + first).astype(np.float64)
