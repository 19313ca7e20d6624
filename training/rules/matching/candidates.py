"""The pairs worth looking at, as sparse arcs; a pair that a hard rule forbids has no arc."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.rules.matching.columns import NOBODY, MatchingError, Numbers, Truths
from training.rules.matching.crowding import crowding_prices
from training.rules.matching.hard_rules import Block, blocks
from training.rules.matching.pair_costs import PairCosts
from training.rules.matching.settings import Costs, Rules
from training.rules.matching.situation import Situation

PER_LEARNER = 20

PRESENT = ("present", "present_second")
"""The columns of a situation whose pairs are always looked at."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Possible pairs in ascending order of (learner, trainer), both as rows, with their points kept apart.

    `complete` tells that every pair that the rules allow is among them.
    """

    situation: Situation
    rules: Rules
    costs: Costs
    learner: Numbers
    trainer: Numbers
    gap: Numbers
    tie: Numbers
    site: Numbers
    complete: bool

    def __len__(self) -> int:
        return len(self.learner)

    @cached_property
    def fit(self) -> Numbers:
        """Points for how ill the two fit: gap, tie and site together."""
        return self.gap + self.tie + self.site

    def at(self, costs: Costs) -> "Candidates":
        """The same pairs with another weight of staying and even load. Raises MatchingError if another differs."""
        free = {name: getattr(self.costs, name) for name in ("stay", "even_load", "least_share")}
        if costs.changed(**free) != self.costs:
            raise MatchingError("The weights of gap, tie and site choose the candidates: build them anew.")
        return replace(self, costs=costs)

    def only(self, kept: Truths) -> "Candidates":
        """Some of the pairs."""
        parts = {name: getattr(self, name)[kept] for name in ("learner", "trainer", "gap", "tie", "site")}
        return replace(self, **parts)


def candidates(situation: Situation, rules: Rules, costs: Costs, per_learner: int = PER_LEARNER) -> Candidates:
    """The `per_learner` best allowed pairs of every learner who is to get a trainer, and the present pairs.

    Best is by fit plus the price of crowding, so that the places of all trainers are within reach. `widening` proves
    afterwards that nobody stayed without a trainer for want of an arc. Memory grows with learners x per_learner.
    """
    rows = np.flatnonzero(situation.learners.asked).astype(np.int32)
    pair_costs = PairCosts(situation, costs)
    complete = per_learner >= int(np.count_nonzero(situation.trainers.active))
    prices = np.zeros(len(situation.trainers), np.int32)
    if not complete:
        prices = crowding_prices(situation, rules, pair_costs, rows)
    width = min(per_learner, len(situation.trainers))
    chosen = np.full((len(situation.learners), width), NOBODY, np.int32)
    for block in blocks(situation, rules, rows):
        _choose(chosen, block, pair_costs, prices)
    learner, trainer = _as_arcs(chosen)
    return with_points(situation, rules, costs, learner, trainer, complete)


def _choose(chosen: Numbers, block: Block, pair_costs: PairCosts, prices: Numbers) -> None:
    """Write the best trainers of each learner of the block into their rows of `chosen`.

    Points and column share one number, points first. Columns are counted from a place that differs by learner, so that
    learners who see no difference between trainers do not all name the first ones.
    """
    width = min(chosen.shape[1], len(block.columns))
    if not width:
        return
    points = pair_costs.fit(block.rows, block.columns) + prices[block.columns] + len(PRESENT)
    _put_present_first(points, block, pair_costs.situation)
    points[block.forbidden] = never = int(points.max()) + 1
    turn = _turns(pair_costs.situation, block)[:, None]
    count = len(block.columns)
    key: NDArray[Any] = points.astype(np.uint32 if (never + 1) * count < 2**32 else np.uint64)
    key *= key.dtype.type(count)
    key += ((np.arange(count)[None] + turn) % count).astype(key.dtype)
    if width < count:
        key = np.partition(key, width - 1, axis=1)[:, :width]
    rank, turned = np.divmod(key.astype(np.int64), count)
    trainer = block.columns[(turned - turn) % count]
    chosen[block.rows[:, None], np.arange(width)] = np.where(rank < never, trainer, NOBODY)


def _put_present_first(points: Numbers, block: Block, situation: Situation) -> None:
    """A present pair that is still allowed is a candidate before any other, the trainer before the second contact."""
    place_of = np.full(len(situation.trainers) + 1, NOBODY, np.int32)  # the last entry answers for nobody
    place_of[block.columns] = np.arange(len(block.columns), dtype=np.int32)
    for rank, name in reversed(tuple(enumerate(PRESENT))):
        at = place_of[getattr(situation, name)[block.rows]]
        points[np.flatnonzero(at >= 0), at[at >= 0]] = rank


def _turns(situation: Situation, block: Block) -> NDArray[np.int64]:
    """Where each learner begins to count: spread evenly by the golden ratio of their id (Knuth, TAOCP 6.4)."""
    spread = situation.learners.ids[block.rows].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return ((spread >> np.uint64(32)) % np.uint64(len(block.columns))).astype(np.int64)


def _as_arcs(chosen: Numbers) -> tuple[Numbers, Numbers]:
    """Every learner's trainers in ascending order, one below the other."""
    ordered = np.sort(chosen, axis=1)
    learner, place = np.nonzero(ordered != NOBODY)
    return learner.astype(np.int32), ordered[learner, place]


def with_points(
    situation: Situation, rules: Rules, costs: Costs, learner: Numbers, trainer: Numbers, complete: bool
) -> Candidates:
    """The candidates of these pairs, which must be allowed and in ascending order."""
    pair_costs = PairCosts(situation, costs)
    here, there = situation.learners.site[learner], situation.trainers.site[trainer]
    site = np.where((here != there) | (here < 0), costs.site, 0).astype(np.int32)
    tie = pair_costs.tie_points(situation.ties.value_of(learner, trainer))
    gap = pair_costs.gap_of_pairs(learner, trainer)
    return Candidates(situation, rules, costs, learner, trainer, gap, tie, site, complete)
