"""Who confirmed an outcome: the person on the other side of the event that brought or recorded it."""

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import NOBODY, Columns, Numbers


def givers(columns: Columns, rows: NDArray[np.intp]) -> Numbers:
    """For each outcome in `rows` the number of its giver, NOBODY if unknown.

    Linked to an event: as `linked_givers`. Not linked: whoever stands on the other side of an event of the very same
    moment with that person (the recorded thanks).
    """
    outcomes = columns.outcomes
    person = outcomes.person[rows]
    found = linked_givers(columns, rows)
    loose = np.flatnonzero((outcomes.event[rows] < 0) & (person >= 0))
    if len(loose) and len(columns.events):
        found[loose] = _same_moment(columns, outcomes.at[rows[loose]], person[loose])
    found[found == person] = NOBODY
    return found


def linked_givers(columns: Columns, rows: NDArray[np.intp]) -> Numbers:
    """As `givers`, by links alone: the target of the event, or its actor where it is about the credited person."""
    outcomes, events = columns.outcomes, columns.events
    person, event = outcomes.person[rows], outcomes.event[rows]
    found = np.full(len(rows), NOBODY, np.int32)
    linked = event >= 0
    actor, target = events.actor[event[linked]], events.target[event[linked]]
    found[linked] = np.where(actor == person[linked], target, actor)
    found[found == person] = NOBODY
    return found


def _same_moment(columns: Columns, at: NDArray[np.float64], person: Numbers) -> Numbers:
    """Givers by an event with the same moment and person; of several the one with the highest number."""
    events, people = columns.events, len(columns.people)
    moments = np.unique(at)
    place = np.minimum(np.searchsorted(moments, events.at), len(moments) - 1)
    near = np.flatnonzero((moments[place] == events.at) & (events.actor >= 0) & (events.target >= 0))
    keys, back = np.unique(np.searchsorted(moments, at) * people + person, return_inverse=True)
    best = np.full(len(at), NOBODY, np.int64)
    for side, other in ((events.target, events.actor), (events.actor, events.target)):
        key = place[near] * people + side[near]
        spot = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
        hit = keys[spot] == key
        last = np.full(len(keys), NOBODY, np.int64)
        np.maximum.at(last, spot[hit], other[near[hit]])
        best = np.where(best >= 0, best, last[back])
    return best.astype(np.int32)
