"""What was done and what came of it, row by row, for one kind of outcome: what tallies are counted from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import NOBODY, Columns, Numbers, Reach, Reals, Truths, thread_beginnings
from champions.scoring.distinct import distinct
from champions.scoring.fading import DAY
from champions.scoring.givers import givers, linked_givers
from champions.scoring.kinds import CountedKind, own_events
from champions.scoring.repeats import numbered
from champions.scoring.shares import thread_shares


@dataclass(frozen=True, eq=False)
class Rows:
    """Things done or won, in any order.

    `size` is the share of its thread of an attempt, or the value of an outcome. `pair` numbers the two people of a
    row, NO_PAIR where the other is not known. `began` is the moment of the event that a row answers, minus infinity
    if it answers none; that of the first known answer where the event itself is not known.
    """

    at: Reals
    person: Numbers
    size: Reals
    began: Reals
    pair: NDArray[np.int64]

    def by_time(self) -> "Rows":
        """The same, sorted by time."""
        order = np.argsort(self.at, kind="stable")
        return Rows(self.at[order], self.person[order], self.size[order], self.began[order], self.pair[order])

    def since(self, start: float) -> "Rows":
        """Of rows sorted by time those from `start` on. What answers an earlier event stands alone: its share is 1."""
        first = int(np.searchsorted(self.at, start, side="left"))
        if not first:
            return self
        part = slice(first, None)
        alone = (self.began[part] < start) & (self.began[part] > -np.inf)
        size = np.where(alone, 1.0, self.size[part])
        return Rows(self.at[part], self.person[part], size, self.began[part], self.pair[part])


@dataclass(frozen=True, eq=False)
class Work:
    """One kind of outcome: what was `done` (attempts, or active days where these are not known) and what was `won`.

    Pairs are numbered alike in both, 0 to `pairs` - 1.
    """

    done: Rows
    won: Rows
    pairs: int
    attempts_known: bool


def work_of(columns: Columns, kind: CountedKind) -> Work:
    """The rows of one kind that count."""
    return _days(columns, kind) if kind.attempt_verb is None else _attempts(columns, kind)


def creditable(columns: Columns) -> Truths:
    """Which events may count: neither paid for nor supplied, done by somebody, and not to oneself."""
    events = columns.events
    return (events.reach != Reach.PAID) & ~events.from_library & (events.actor >= 0) & (events.actor != events.target)


def won_rows(columns: Columns, kind: CountedKind) -> NDArray[np.intp]:
    """The outcomes of one kind that count: credited to somebody, and not brought by an event that may not count."""
    outcomes = columns.outcomes
    counts = (outcomes.kind == kind.code) & (outcomes.person >= 0)
    linked = np.flatnonzero(counts & (outcomes.event >= 0))
    if len(linked):
        events, rows = columns.events, outcomes.event[linked]
        counts[linked] = (events.reach[rows] != Reach.PAID) & ~events.from_library[rows]
        counts[linked] &= (events.actor[rows] != events.target[rows]) | (events.actor[rows] < 0)
    return np.flatnonzero(counts)


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


def _attempts(columns: Columns, kind: CountedKind) -> Work:
    events = columns.events
    rows = np.flatnonzero((events.verb == kind.attempt_verb) & creditable(columns))
    share, parent = thread_shares(columns, rows), events.parent[rows]
    began = np.where(parent >= 0, events.at[parent] if len(rows) else 0.0, -np.inf)
    if events.thread is not None:
        began = np.maximum(began, thread_beginnings(events)[events.thread[rows]])
    won = won_rows(columns, kind)
    done = (events.at[rows], events.actor[rows], share, began, events.target[rows])
    return _work(columns, done, won, linked_givers(columns, won), attempts_known=True)


def _days(columns: Columns, kind: CountedKind) -> Work:
    actor, day = active_days(columns)
    nobody = np.full(len(actor), NOBODY, np.int32)
    won = won_rows(columns, kind)
    done = ((day + 0.5) * DAY, actor, np.ones(len(actor)), np.full(len(actor), -np.inf), nobody)
    return _work(columns, done, won, givers(columns, won), attempts_known=False)


def _work(
    columns: Columns,
    done: tuple[Reals, Numbers, Reals, Reals, Numbers],
    won: NDArray[np.intp],
    giver: Numbers,
    *,
    attempts_known: bool,
) -> Work:
    """Put both together; `done` is moment, person, size, beginning and the other person."""
    outcomes = columns.outcomes
    at, person, size, began, other = done
    winner = outcomes.person[won]
    both = np.concatenate([person, winner]).astype(np.int64)
    pair, pairs = numbered(both, np.concatenate([other, giver]).astype(np.int64), len(columns.people))
    never = np.full(len(won), -np.inf)
    return Work(
        done=Rows(at, person, size, began, pair[: len(at)]),
        won=Rows(outcomes.at[won], winner, outcomes.value[won], never, pair[len(at) :]),
        pairs=pairs,
        attempts_known=attempts_known,
    )
