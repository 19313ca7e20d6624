"""Columns worked through as far as no setting matters, so that a slider is answered at once.

A run counts every row once, as it comes (`tallies`). A slider counts the same rows again and again with other
half-lives and another window: here they lie sorted by time and by pairs of people. The sums are the same to the byte;
tests hold both against each other. At the edge of a window that is narrower than the rows, threads and links that
begin before it are seen in full here, while a run no longer reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import NOBODY, Columns, Numbers, People, Reals
from champions.scoring.fading import DAY, grained, per_person, weights
from champions.scoring.givers import givers
from champions.scoring.kinds import CountedKind, counted_kinds, own_events
from champions.scoring.parameters import Parameters
from champions.scoring.shares import thread_shares
from champions.scoring.tallies import Tally, active_days, creditable, won_rows

NO_PAIR = -1


@dataclass(frozen=True, eq=False)
class Rows:
    """Things done or won, in the order of time.

    `size` is the share of its thread of an attempt, or the value of an outcome. `pair` numbers the two people of a
    row (NO_PAIR where the other is not known), and `pair_person` says whose pair each is.
    """

    at: Reals
    person: Numbers
    size: Reals
    pair: NDArray[np.int64]
    pair_person: Numbers

    @classmethod
    def of(cls, at: Reals, person: Numbers, size: Reals, other: Numbers, people: int) -> "Rows":
        """Sort by time, and number the pairs."""
        order = np.argsort(at, kind="stable")
        key = person[order].astype(np.int64) * people + other[order]
        known = other[order] >= 0
        pairs, number = np.unique(key[known], return_inverse=True)
        pair = np.full(len(order), NO_PAIR, np.int64)
        pair[known] = number
        return cls(at[order], person[order], size[order], pair, (pairs // max(people, 1)).astype(np.int32))

    def since(self, start: float) -> "Rows":
        """Only the rows from `start` on (seconds)."""
        first = int(np.searchsorted(self.at, start, side="left"))
        if not first:
            return self
        part = slice(first, None)
        return Rows(self.at[part], self.person[part], self.size[part], self.pair[part], self.pair_person)

    def kept_share(self, weight: Reals, people: int, allowance: float) -> Reals:
        """As `repeats.kept_share`: for each person the share of their weight that remains of repeated dealings."""
        sums = np.bincount(self.pair + 1, weight, len(self.pair_person) + 1)[1:]
        sums = grained(allowance * np.log1p(sums / allowance))
        alone = np.where(self.pair == NO_PAIR, self.person, NOBODY)
        kept = per_person(self.pair_person, people, sums) + per_person(alone, people, weight)
        total = per_person(self.person, people, weight)
        return np.divide(kept, total, out=np.ones(people), where=total > 0)


@dataclass(frozen=True, eq=False)
class PreparedKind:
    """One kind of outcome: what was done (attempts; days with own events where attempts are not known), what came."""

    kind: CountedKind
    done: Rows
    won: Rows


@dataclass(frozen=True, eq=False)
class Prepared:
    """What was known before `as_of`. `last_own` is the last own event of each person, minus infinity if none."""

    as_of: float
    people: People
    kinds: Mapping[str, PreparedKind]
    last_own: Reals

    @classmethod
    def of(cls, columns: Columns, parameters: Parameters, as_of: float) -> "Prepared":
        """Prepare columns whose people stand in the order of their ids, with rows before `as_of` alone.

        Of `parameters` only `attempts` is read: every kind that occurs is prepared, whatever its worth.
        """
        every = parameters.changed(worths={name: 1.0 for name in columns.outcomes.kind_names}, other_worth=1.0)
        may_count = creditable(columns)
        kinds = {kind.name: _prepared(columns, kind, may_count) for kind in counted_kinds(columns, every)}
        last = np.full(len(columns.people), -np.inf)
        own = own_events(columns)
        np.maximum.at(last, columns.events.actor[own], columns.events.at[own])
        return cls(as_of, columns.people, kinds, last)

    def to_score(self, parameters: Parameters) -> Numbers:
        """As `engine.people_to_score`: who did something of their own lately, in the order of ids."""
        start = self.as_of - min(parameters.active_days, parameters.window_days) * DAY
        found = self.last_own >= start
        if self.people.may_be_scored is not None:
            found &= self.people.may_be_scored
        return np.flatnonzero(found).astype(np.int32)

    def tally(self, name: str, parameters: Parameters) -> Tally:
        """As `tallies.tally`, of one kind by name."""
        item, people = self.kinds[name], len(self.people)
        start = self.as_of - parameters.window_days * DAY
        done, won = item.done.since(start), item.won.since(start)
        count = _days if item.kind.attempt_verb is None else _attempts
        return count(done, won, people, parameters, self.as_of)


def _prepared(columns: Columns, kind: CountedKind, may_count: NDArray[np.bool_]) -> PreparedKind:
    events, outcomes, people = columns.events, columns.outcomes, len(columns.people)
    won = won_rows(columns, kind)
    if kind.attempt_verb is None:
        actor, day = active_days(columns)
        nobody = np.full(len(actor), NOBODY, np.int32)
        done = Rows.of((day + 0.5) * DAY, actor, np.ones(len(actor)), nobody, people)
        giver = givers(columns, won)
    else:
        rows = np.flatnonzero((events.verb == kind.attempt_verb) & may_count)
        done = Rows.of(events.at[rows], events.actor[rows], thread_shares(columns, rows), events.target[rows], people)
        giver = np.full(len(won), NOBODY, np.int32)
    won_rows_ = Rows.of(outcomes.at[won], outcomes.person[won], outcomes.value[won], giver, people)
    return PreparedKind(kind, done, won_rows_)


def _attempts(done: Rows, won: Rows, people: int, parameters: Parameters, as_of: float) -> Tally:
    faded = weights(done.at, as_of, parameters.rate_half_life_days)
    base = weights(done.at, as_of, parameters.base_half_life_days)
    recent = weights(done.at, as_of, parameters.volume_half_life_days)
    kept = done.kept_share(faded, people, parameters.repeat_allowance)

    def tried(weight: Reals) -> Reals:
        return kept * per_person(done.person, people, weight)

    def won_within(half_life: float) -> Reals:
        return kept * per_person(won.person, people, weights(won.at, as_of, half_life, won.size))

    return Tally(
        number=per_person(won.person, people, grained(won.size.copy())),
        kept=kept,
        attempts=tried(faded),
        successes=won_within(parameters.rate_half_life_days),
        shares=tried(grained(faded * done.size)),
        base_attempts=tried(base),
        base_successes=won_within(parameters.base_half_life_days),
        base_shares=tried(grained(base * done.size)),
        volume=tried(recent),
        volume_squares=kept * tried(grained(recent * recent)),
        recent=np.zeros(people),
    )


def _days(done: Rows, won: Rows, people: int, parameters: Parameters, as_of: float) -> Tally:
    rate_days, volume_days = parameters.rate_half_life_days, parameters.volume_half_life_days
    faded = weights(won.at, as_of, rate_days, won.size)
    kept = won.kept_share(faded, people, parameters.repeat_allowance)

    def came(half_life: float) -> Reals:
        return kept * per_person(won.person, people, weights(won.at, as_of, half_life, won.size))

    successes, nothing = kept * per_person(won.person, people, faded), np.zeros(people)
    return Tally(
        number=per_person(won.person, people, grained(won.size.copy())),
        kept=kept,
        attempts=per_person(done.person, people, weights(done.at, as_of, rate_days)) + successes,
        successes=successes,
        shares=nothing,
        base_attempts=nothing,
        base_successes=nothing,
        base_shares=nothing,
        volume=per_person(done.person, people, weights(done.at, as_of, volume_days)) + came(volume_days),
        volume_squares=nothing,
        recent=came(parameters.recent_half_life_days),
    )
