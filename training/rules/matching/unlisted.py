"""Pairs that are no candidates but would make the result better, found by their price; or the proof that none are left.

Column generation (Gilmore and Gomory, 1961): at the prices of an optimal flow over the candidates, only a pair that is
cheaper than what its learner pays now can improve it. Once no pair is, the flow is optimal over all allowed pairs.
"""

from dataclasses import dataclass

import numpy as np

from training.rules.matching.bound import Prices, suiting_prices
from training.rules.matching.candidates import Candidates, with_points
from training.rules.matching.columns import Numbers
from training.rules.matching.hard_rules import Block, blocks
from training.rules.matching.pair_costs import PairCosts
from training.rules.matching.solving import Result, solve
from training.rules.matching.transport import LARGE, Amounts

ADDED_A_ROUND = 5

CLOSE_ENOUGH = 0.0005
"""In a large problem, where a round takes seconds, what is left to save may be this share of the cost."""


@dataclass(frozen=True, eq=False)
class Unlisted:
    """Pairs to add, and the most by which all unlisted pairs together could make the result cheaper, in points."""

    learner: Numbers
    trainer: Numbers
    saving: int


def solve_over_all(found: Candidates, rounds: int) -> tuple[Result, int | None]:
    """Solve, and add the unlisted pairs that promise most, up to `rounds` times.

    Returns the result and the most that any choice among all allowed pairs could save, in points: 0 is a proof that no
    better choice exists, not among pairs that were never listed either; None if it was not looked at.
    """
    result = solve(found)
    if found.complete or not rounds:
        return result, 0 if found.complete else None
    close_enough = CLOSE_ENOUGH * result.points.total if len(found) > LARGE else 0
    for _ in range(rounds):
        unlisted = better_unlisted(result)
        if unlisted.saving <= close_enough:
            return result, unlisted.saving
        result = solve(_joined(result.candidates, unlisted))
    return result, better_unlisted(result).saving


def better_unlisted(result: Result) -> Unlisted:
    """For each learner the allowed pairs that are cheapest below what the learner pays now, places at their prices."""
    candidates, transport, flow = result.candidates, result.transport, result.flow
    prices = suiting_prices(transport, flow)
    paid = prices.cheapest(transport, flow.left_over)
    pair_costs = PairCosts(candidates.situation, candidates.costs)
    saving, learner, trainer = 0, [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for block in blocks(candidates.situation, candidates.rules, np.flatnonzero(transport.asked).astype(np.int32)):
        saved = paid[block.rows][:, None] - _priced(block, pair_costs, prices, result)
        saved[block.forbidden] = 0
        saving += int(np.maximum(saved, 0).max(axis=1, initial=0).sum())
        row, column = _largest(saved)
        learner.append(block.rows[row])
        trainer.append(block.columns[column])
    return Unlisted(np.concatenate(learner), np.concatenate(trainer), saving)


def _priced(block: Block, pair_costs: PairCosts, prices: Prices, result: Result) -> Amounts:
    """What each pair of the block would cost with the place's price; the present pair spares the cost of moving."""
    stay = result.transport.stay[block.rows][:, None]
    moving = np.where(result.present[block.rows][:, None] == block.columns[None], 0, stay)
    return pair_costs.fit(block.rows, block.columns) + moving + prices.trainer[block.columns]


def _largest(saved: Amounts) -> tuple[Numbers, Numbers]:
    """Row and column of the few largest positive entries of each row."""
    width = min(ADDED_A_ROUND, saved.shape[1])
    if not (saved > 0).any():
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    column = np.argpartition(-saved, width - 1, axis=1)[:, :width]
    row, place = np.nonzero(np.take_along_axis(saved, column, axis=1) > 0)
    return row.astype(np.int32), column[row, place].astype(np.int32)


def _joined(found: Candidates, more: Unlisted) -> Candidates:
    """The candidates with the pairs to add, in order, each once."""
    trainers = max(len(found.situation.trainers), 1)
    old, new = found.learner.astype(np.int64) * trainers + found.trainer, more.learner.astype(np.int64) * trainers
    both = np.unique(np.concatenate([old, new + more.trainer]))
    learner, trainer = (both // trainers).astype(np.int32), (both % trainers).astype(np.int32)
    return with_points(found.situation, found.rules, found.costs, learner, trainer, complete=False)
