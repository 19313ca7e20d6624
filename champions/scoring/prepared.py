"""Columns worked through as far as no setting matters, so that a slider is answered at once.

A run counts every row once, as it comes (`tallies`). A slider counts the same rows again and again with other
half-lives and another window: here they lie sorted by time and by pairs of people. The sums are the same to the byte;
tests hold both against each other. Only outcomes whose event lies before a narrower window are seen here with that
event, which a run no longer reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from champions.scoring.columns import Columns, Numbers, People, Reals
from champions.scoring.fading import DAY
from champions.scoring.kinds import CountedKind, counted_kinds, own_events
from champions.scoring.parameters import Parameters
from champions.scoring.rows import Work, work_of
from champions.scoring.tallies import Tally, counted


@dataclass(frozen=True, eq=False)
class PreparedKind:
    """One kind of outcome with its rows in the order of time."""

    kind: CountedKind
    work: Work


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
        every = parameters.changed(worths=dict.fromkeys(columns.outcomes.kind_names, 1.0), other_worth=1.0)
        kinds = {kind.name: _prepared(columns, kind) for kind in counted_kinds(columns, every)}
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
        work, start = self.kinds[name].work, self.as_of - parameters.window_days * DAY
        read = replace(work, done=work.done.since(start), won=work.won.since(start))
        return counted(read, len(self.people), parameters, self.as_of)


def _prepared(columns: Columns, kind: CountedKind) -> PreparedKind:
    work = work_of(columns, kind)
    return PreparedKind(kind, replace(work, done=work.done.by_time(), won=work.won.by_time()))
