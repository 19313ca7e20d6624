"""The share of a thread's votes that each answer got: the best foresight of who will succeed.

An answer's share is (votes + 1/2) / sum over the answers to the same question of (votes + 1/2), votes
floored at 0. It says how a person's answers stand against the rivals of the same question, whatever the
question.
"""

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Reals

HALF_VOTE = 0.5


def vote_verb(columns: Columns) -> int | None:
    """The code of `vote` if votes on events are known, else None."""
    names = columns.events.verb_names
    if "vote" not in names:
        return None
    verb = names.index("vote")
    known = (columns.events.verb == verb) & (columns.events.parent >= 0)
    return verb if known.any() else None


def thread_shares(columns: Columns, rows: NDArray[np.intp], vote: int) -> Reals:
    """The share of its thread's votes of each event in `rows`, in (0, 1]; alone in its thread: 1."""
    events = columns.events
    votes = np.flatnonzero((events.verb == vote) & (events.parent >= 0))
    got = np.bincount(events.parent[votes], events.magnitude[votes], len(events))[rows]
    strength = np.maximum(got, 0.0) + HALF_VOTE
    parent = events.parent[rows].astype(np.int64)
    thread = np.where(parent >= 0, parent, len(events) + np.arange(len(rows)))
    _, place = np.unique(thread, return_inverse=True)
    return strength / np.bincount(place, strength)[place]
