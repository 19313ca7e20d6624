"""The share of its thread that each answer got: the best foresight of who will succeed.

An answer's share is (votes + 1/2) / sum over the answers to the same question of (votes + 1/2), votes
floored at 0. It says how a person's answers stand against the rivals of the same question, whatever the
question. The question itself need not be known: answers to the same unseen one are rivals all the same.
Where no votes are known the share is one over the number of rivals, which is nearly as good a guide.
"""

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Reals
from champions.scoring.fading import grained

HALF_VOTE = 0.5
VOTE = "vote"


def thread_shares(columns: Columns, rows: NDArray[np.intp]) -> Reals:
    """The share of its thread of each event in `rows`, in (0, 1]; alone in its thread, or in none: 1."""
    events = columns.events
    strength = np.full(len(rows), HALF_VOTE)
    votes = _votes(columns)
    if votes is not None:
        strength += np.maximum(votes[rows], 0.0)
    thread = events.parent[rows]
    if events.thread is not None:
        unseen = events.thread[rows]
        thread = np.where(unseen >= 0, len(events) + unseen.astype(np.int64), thread)
    whole = np.bincount(thread + 1, strength, len(events) + 1)
    return np.where(thread >= 0, strength / np.maximum(whole[thread + 1], HALF_VOTE), 1.0)


def _votes(columns: Columns) -> Reals | None:
    """The net votes of each event, None where no votes on events are known."""
    events = columns.events
    if VOTE not in events.verb_names:
        return None
    rows = np.flatnonzero((events.verb == events.verb_names.index(VOTE)) & (events.parent >= 0))
    if not len(rows):
        return None
    size = events.magnitude[rows].astype(np.float64)
    if not size.any():  # rows without a size: one vote each
        size += 1.0
    return np.bincount(events.parent[rows], grained(size), len(events)).astype(np.float64)
