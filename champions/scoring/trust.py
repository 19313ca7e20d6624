"""Trust that spreads from seeds: an alarm for praise from the edge of the network, never a score.

A few steps of a random walk from people who helped many others for a long time, divided by the number of ties
(SybilRank; Cao and others 2012). Accounts with few ties into the rest end near zero.
"""

import math
from typing import Any

import numpy as np
from scipy import sparse

from champions.scoring.columns import Columns, Reals

SEED_SHARE = 0.02
FEWEST_SEEDS = 5


def trust(columns: Columns, helped_people: Reals) -> Reals:
    """For each person how much trust reaches them, as a share of people with less; 0 without any tie."""
    people = len(columns.people)
    ties = _ties(columns)
    degree = np.asarray(ties.sum(axis=1)).ravel()
    if not ties.nnz:
        return np.zeros(people)
    seeds = np.lexsort((np.arange(people), -helped_people))[: max(FEWEST_SEEDS, round(SEED_SHARE * people))]
    walk = np.zeros(people)
    walk[seeds] = 1.0 / len(seeds)
    share = np.divide(1.0, degree, out=np.zeros(people), where=degree > 0)
    for _ in range(math.ceil(math.log2(people + 1))):
        walk = ties @ (walk * share)
    landed = np.round(walk * share, 15)  # beyond this the order of adding would show
    known = np.sort(landed[degree > 0])
    return np.where(degree > 0, np.searchsorted(known, landed, side="left") / max(len(known), 1), 0.0)


def _ties(columns: Columns) -> Any:
    """Who has to do with whom, either way, each pair once."""
    events, people = columns.events, len(columns.people)
    rows = np.flatnonzero((events.actor >= 0) & (events.target >= 0) & (events.actor != events.target))
    place = (events.actor[rows], events.target[rows])
    one_way: Any = sparse.coo_array((np.ones(len(rows), np.float32), place), shape=(people, people)).tocsr()
    both = one_way + one_way.T.tocsr()
    both.data = np.ones(len(both.data), np.float32)
    return both
