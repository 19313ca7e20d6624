"""Plain rankings to be held against ours: what leaderboards and network textbooks would show.

Each reads columns that end before the moment and gives an entry per person, higher is better.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Reals
from champions.scoring.distinct import distinct
from champions.scoring.fading import DAY
from champions.scoring.kinds import CountedKind, codes_of, own_events
from champions.scoring.network import authority, help_matrix, help_rank, help_rows
from champions.scoring.rows import creditable, won_rows

RECENT_DAYS = 180.0
YEAR_DAYS = 365.0
TOWARDS = frozenset({"answer", "reply", "comment", "mention", "review", "reaction", "share"})
ASKING = frozenset({"question", "post"})

Ranker = Callable[[Columns, tuple[CountedKind, ...], float], Reals]


def activity(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """How much somebody did."""
    return _count(columns.events.actor[own_events(columns)], len(columns.people))


def popularity(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """How many different people turned to somebody."""
    events, people = columns.events, len(columns.people)
    towards = codes_of(events.verb_names, TOWARDS)[events.verb] & (events.actor >= 0) & (events.target >= 0)
    rows = towards & (events.actor != events.target)
    pairs = distinct(events.target[rows] * np.int64(people) + events.actor[rows])
    return _count(pairs // max(people, 1), people)


def votes(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """The net votes that somebody's events got."""
    events, people = columns.events, len(columns.people)
    rows = codes_of(events.verb_names, frozenset({"vote"}))[events.verb] & (events.target >= 0)
    return np.bincount(events.target[rows], events.magnitude[rows], people).astype(np.float64)


def pagerank(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """Place in the help network, fading over a year."""
    return help_rank(help_matrix(columns, help_rows(columns), as_of))


def hits(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """Authority in the help network."""
    return authority(help_matrix(columns, help_rows(columns), as_of))


def z_score(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """Answers against questions: (a - q) / sqrt(a + q) (Zhang, Ackerman and Adamic 2007)."""
    events, people = columns.events, len(columns.people)
    answers = _count(events.actor[help_rows(columns)], people)
    asked = codes_of(events.verb_names, ASKING)[events.verb] & (events.actor >= 0)
    questions = _count(events.actor[asked], people)
    return (answers - questions) / np.sqrt(np.maximum(answers + questions, 1))


def recent_results(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """Results that fade with a half-life of half a year."""
    return _faded_results(columns, kinds, as_of, RECENT_DAYS)


def recent_and_aim(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    """Recent results plus four times the past excess: the best simple mixture known."""
    return recent_results(columns, kinds, as_of) + 4 * _past_excess(columns, kinds, as_of)


RANKERS: Mapping[str, Ranker] = {
    "activity count": activity,
    "popularity": popularity,
    "votes": votes,
    "PageRank": pagerank,
    "HITS": hits,
    "z-score": z_score,
    "recent results": recent_results,
    "recent + 4 x excess": recent_and_aim,
}


def _past_excess(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float) -> Reals:
    events, people = columns.events, len(columns.people)
    total = np.zeros(people)
    for kind in kinds:
        if kind.attempt_verb is None:
            continue
        rows = np.flatnonzero(creditable(columns) & (events.verb == kind.attempt_verb))
        faded = np.exp2((events.at[rows] - as_of) / (YEAR_DAYS * DAY))
        won = columns.outcomes.value[won_rows(columns, kind)].sum()
        tried = np.bincount(events.actor[rows], faded, people)
        results = _faded_results(columns, (kind,), as_of, YEAR_DAYS)
        total += results - kind.worth * won / max(len(rows), 1) * tried
    return total


def _faded_results(columns: Columns, kinds: tuple[CountedKind, ...], as_of: float, half_life: float) -> Reals:
    outcomes, people = columns.outcomes, len(columns.people)
    total = np.zeros(people)
    for kind in kinds:
        rows = won_rows(columns, kind)
        faded = kind.worth * outcomes.value[rows] * np.exp2((outcomes.at[rows] - as_of) / (half_life * DAY))
        total += np.bincount(outcomes.person[rows], faded, people)
    return total


def _count(people: NDArray[Any], count: int) -> Reals:
    return np.bincount(people, minlength=count).astype(np.float64)
