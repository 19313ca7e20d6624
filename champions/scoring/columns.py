"""What the engine reads: people, events and outcomes as columns of equal length.

People are numbered 0 .. n-1 in the order of `People.ids`; every other table names a person by that number,
-1 for nobody known. Moments are seconds since 1970 in UTC. Kinds (verbs, channels, outcome kinds, teams,
sites, jobs) are numbers into a tuple of names, -1 for not stated. Rows may stand in any order: the engine's
answer does not depend on it.
"""

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Codes = NDArray[np.int16]
Reals = NDArray[np.float64]
Truths = NDArray[np.bool_]

NOBODY = -1
NOT_STATED = -1
UNKNOWN_ROW = -1
NO_THREAD = -1


class Reach(IntEnum):
    """Whether the reach of an event was bought. Most sources do not say."""

    NOT_STATED = 0
    ORGANIC = 1
    PAID = 2


class ColumnError(ValueError):
    """The columns contradict each other; the message names the column and what is wrong with it."""


@dataclass(frozen=True, eq=False)
class People:
    """Everybody who may act or be reached. `ids` are unique texts; `joined_at` is NaN where it is not known.
    `access` says which channels somebody reaches (a set of systems under one name); None: not stated of anybody.

    `may_be_scored` is False for those who left or opted out: what they did still counts for others. None:
    all may.
    """

    ids: tuple[str, ...]
    joined_at: Reals
    team: Numbers
    site: Numbers
    job: Numbers
    team_names: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    job_names: tuple[str, ...] = ()
    access: Numbers | None = None
    access_names: tuple[str, ...] = ()
    may_be_scored: Truths | None = None

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Events:
    """What people did. `parent` is the row of the event that this one answers (or votes on), UNKNOWN_ROW if
    none.

    `magnitude` is the size that the source gives (the net votes of a vote row, for instance), 0 where it
    gives none. `is_copy`: the text was posted before by somebody. `from_library`: it is supplied text, no
    evidence and no offence. `thread` numbers the events that are answered and not here themselves (a
    customer's question, for instance): rows with the same number answer the same one, NO_THREAD where the parent is
    known or there is none. None: no such rows.
    """

    at: Reals
    actor: Numbers
    target: Numbers
    verb: Codes
    parent: Numbers
    channel: Numbers
    magnitude: NDArray[np.float32]
    reach: NDArray[np.int8]
    is_copy: Truths
    from_library: Truths
    verb_names: tuple[str, ...] = ()
    channel_names: tuple[str, ...] = ()
    thread: Numbers | None = None

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What came of it. `value` is the share of the outcome credited to `person`; `event` the row that
    brought it.
    """

    at: Reals
    person: Numbers
    kind: Codes
    value: Reals
    event: Numbers
    kind_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, eq=False)
class Columns:
    """Everything the engine reads."""

    people: People
    events: Events
    outcomes: Outcomes

    def check(self) -> None:
        """Raise ColumnError if lengths differ, a number points outside its table, or a moment or value is
        not finite.
        """
        for table in (self.people, self.events, self.outcomes):
            _same_length(table)
        if len(set(self.people.ids)) != len(self.people):
            raise ColumnError("people.ids: an id stands there twice; one person is one row.")
        for table, name, limit in (
            (self.people, "team", len(self.people.team_names)),
            (self.people, "site", len(self.people.site_names)),
            (self.people, "job", len(self.people.job_names)),
            (self.events, "actor", len(self.people)),
            (self.events, "target", len(self.people)),
            (self.events, "verb", len(self.events.verb_names)),
            (self.events, "parent", len(self.events)),
            (self.events, "channel", len(self.events.channel_names)),
            (self.outcomes, "person", len(self.people)),
            (self.outcomes, "kind", len(self.outcomes.kind_names)),
            (self.outcomes, "event", len(self.events)),
        ):
            _in_table(table, name, limit)
        if self.people.access is not None:
            _in_table(self.people, "access", len(self.people.access_names))
        if self.events.thread is not None:
            _in_table(self.events, "thread", len(self.events))
        for table, name in ((self.events, "at"), (self.outcomes, "at"), (self.outcomes, "value")):
            if not np.isfinite(getattr(table, name)).all():
                raise ColumnError(f"{_label(table)}.{name}: a number is missing or infinite.")

    def before(self, moment: float) -> "Columns":
        """Only the rows strictly before `moment` (seconds). Rows that pointed at a later event point at
        none.
        """
        return select(self, self.events.at < moment, self.outcomes.at < moment)


def select(columns: Columns, events: Truths, outcomes: Truths) -> Columns:
    """The columns with only the marked rows of events and outcomes; links to rows left out become
    UNKNOWN_ROW.
    """
    if events.all() and outcomes.all():
        return columns
    place = np.full(len(events) + 1, UNKNOWN_ROW, np.int32)  # the last entry answers for row -1
    place[:-1][events] = np.arange(np.count_nonzero(events), dtype=np.int32)
    kept_events = _rows(columns.events, events, parent=place[columns.events.parent[events]])
    if kept_events.thread is not None:
        kept_events = replace(kept_events, thread=_whole_threads(columns.events, kept_events))
    kept_outcomes = _rows(columns.outcomes, outcomes, event=place[columns.outcomes.event[outcomes]])
    return Columns(columns.people, kept_events, kept_outcomes)


def thread_beginnings(events: Events) -> Reals:
    """When the first known answer in each thread stands, by its number; the last entry, for NO_THREAD, is -infinity."""
    first = np.full(len(events) + 1, np.inf)
    if events.thread is not None:
        np.minimum.at(first, events.thread, events.at)
    first[-1] = -np.inf
    return first


def _whole_threads(events: Events, kept: Events) -> Numbers:
    """The threads of the rows kept; NO_THREAD where the first row of a thread was left out: then each stands alone."""
    assert kept.thread is not None
    first = thread_beginnings(events)
    left = np.full(len(first), np.inf)
    np.minimum.at(left, kept.thread, kept.at)
    whole = (kept.thread >= 0) & (left <= first)[kept.thread]
    thread = np.full(len(kept), NO_THREAD, np.int32)
    thread[whole] = np.unique(kept.thread[whole], return_inverse=True)[1]
    return thread


def in_id_order(columns: Columns) -> tuple[Columns, Numbers]:
    """The columns with people numbered in the order of their ids, and the old number of each new one.

    Sums over people then do not depend on the order in which the people came.
    """
    people, events, outcomes = columns.people, columns.events, columns.outcomes
    order = np.array(sorted(range(len(people)), key=people.ids.__getitem__), np.int32)
    if (order == np.arange(len(people))).all():
        return columns, order
    number = np.full(len(people) + 1, NOBODY, np.int32)  # the last entry answers for nobody
    number[order] = np.arange(len(people), dtype=np.int32)
    sorted_people = _rows(people, order)
    return Columns(
        replace(sorted_people, ids=tuple(map(people.ids.__getitem__, order.tolist()))),
        replace(events, actor=number[events.actor], target=number[events.target]),
        replace(outcomes, person=number[outcomes.person]),
    ), order


def _rows(table: Any, rows: Truths | Numbers, **replaced: Numbers) -> Any:
    """The marked or numbered rows of one table, with some columns replaced."""
    kept = {
        field.name: getattr(table, field.name)[rows]
        for field in fields(table)
        if isinstance(getattr(table, field.name), np.ndarray)
    }
    return replace(table, **{**kept, **replaced})


def _same_length(table: People | Events | Outcomes) -> None:
    for field in fields(table):
        value = getattr(table, field.name)
        if isinstance(value, np.ndarray) and value.shape != (len(table),):
            raise ColumnError(f"{_label(table)}.{field.name}: {value.shape} values for {len(table)} rows.")


def _in_table(table: People | Events | Outcomes, name: str, limit: int) -> None:
    value = getattr(table, name)
    if len(value) and (value.min() < -1 or value.max() >= limit):
        raise ColumnError(f"{_label(table)}.{name}: a number points outside its {limit} entries.")


def _label(table: People | Events | Outcomes) -> str:
    return type(table).__name__.lower()
