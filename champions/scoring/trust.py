"""Trust that spreads from seeds: an alarm for praise from the edge of the network, never a score.

A few steps of a random walk from people who helped many others for a long time, divided by the number of ties
(SybilRank; Cao and others 2012). Accounts with few ties into the rest end near zero.
"""

import math
from typing import Any

import numpy as np

from champions.scoring.columns import Reals

SEED_SHARE = 0.02
FEWEST_SEEDS = 5


def trust(helped: Any, helped_people: Reals) -> Reals:
    """For each person how much trust reaches them, as a share of people with less; 0 without any tie.

    `helped` is the matrix helper x helped, `helped_people` how many each one helped: the seeds are the foremost.
    """
    people = helped.shape[0]
    ties = helped + helped.T.tocsr()
    degree = np.diff(ties.indptr).astype(np.float64)
    if not ties.nnz:
        return np.zeros(people)
    ties.data = np.ones(ties.nnz, np.float32)
    seeds = np.lexsort((np.arange(people), -helped_people))[: max(FEWEST_SEEDS, round(SEED_SHARE * people))]
    walk = np.zeros(people)
    walk[seeds] = 1.0 / len(seeds)
    share = np.divide(1.0, degree, out=np.zeros(people), where=degree > 0)
    for _ in range(math.ceil(math.log2(people + 1))):
        walk = ties @ (walk * share)
    landed = np.round(walk * share, 15)  # beyond this the order of adding would show
    known = np.sort(landed[degree > 0])
    return np.where(degree > 0, np.searchsorted(known, landed, side="left") / max(len(known), 1), 0.0)
