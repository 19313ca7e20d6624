"""Who helps whom: one sparse matrix, and what it says about people. networkx is the reference in the tests."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from champions.scoring.columns import Columns, Reals
from champions.scoring.fading import grained, weights
from champions.scoring.kinds import codes_of
from champions.scoring.rows import creditable

HELP_VERBS = frozenset({"answer", "reply", "review"})
FADE_DAYS = 365.0
DAMPING = 0.85
ROUNDS = 100
CLOSE_ENOUGH = 1e-9
RECIPROCITY = 0.5


def help_rows(columns: Columns) -> NDArray[np.intp]:
    """The events by which somebody helped somebody else."""
    events = columns.events
    helping = codes_of(events.verb_names, HELP_VERBS)[events.verb]
    return np.flatnonzero(helping & (events.target >= 0) & creditable(columns))


def help_matrix(columns: Columns, rows: NDArray[np.intp], as_of: float) -> Any:
    """Helper x helped, the faded number of times; a scipy sparse array in float32."""
    people, events = len(columns.people), columns.events
    place = (events.actor[rows], events.target[rows])
    faded = weights(events.at[rows], as_of, FADE_DAYS)
    matrix: Any = sparse.coo_array((faded, place), shape=(people, people)).tocsr()
    return matrix


def people_helped(helped: Any) -> Reals:
    """How many people each one helped, counted softly: log2(1 + times), less what comes back.

    A pair that helps each other alike counts half: the discount is RECIPROCITY x min(w_ij, w_ji) / w_ij.
    """
    if not helped.nnz:
        return np.zeros(helped.shape[0])
    both = helped.minimum(helped.T.tocsr())
    soft, back = helped.copy(), both.copy()
    soft.data = grained(np.log2(1.0 + soft.data))
    total = np.asarray(soft.sum(axis=1)).ravel()
    if not both.nnz:
        return total
    row = np.repeat(np.arange(both.shape[0]), np.diff(both.indptr))
    times = np.asarray(helped[row, both.indices]).ravel()
    back = grained(RECIPROCITY * both.data / times * np.log2(1.0 + times))
    return total - np.bincount(row, back, both.shape[0])


def help_rank(helped: Any) -> Reals:
    """PageRank (Page and others 1999) from the helped to their helpers, times the number of people: 1 is
    average.
    """
    people = helped.shape[0]
    if not people:
        return np.zeros(0)
    out = np.asarray(helped.sum(axis=0)).ravel()
    share = sparse.csr_array(helped, dtype=np.float32, copy=True)
    share.data /= out[share.indices]
    loose = out == 0
    rank = np.full(people, 1.0 / people)
    for _ in range(ROUNDS):
        flow = share @ rank.astype(np.float32)
        new = DAMPING * (flow + rank[loose].sum() / people) + (1 - DAMPING) / people
        moved = np.abs(new - rank).sum()
        rank = new
        if moved < CLOSE_ENOUGH * people or moved < CLOSE_ENOUGH:
            break
    return rank * people


def authority(helped: Any, rounds: int = 60) -> Reals:
    """HITS authority (Kleinberg 1999) of each helper, of length 1: helped by whom the helpful help."""
    people = helped.shape[0]
    rank, asks = np.zeros(people), np.ones(people)
    for _ in range(rounds if helped.nnz else 0):
        rank = helped @ asks
        rank /= np.linalg.norm(rank) or 1.0
        asks = helped.T @ rank
        asks /= np.linalg.norm(asks) or 1.0
    return rank
