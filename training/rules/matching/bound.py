"""The least that any choice could cost: what the pairs are held against, without trust in the solver.

Two ways. Prices: give every trainer's place a price, let each learner take the cheapest pair and deduct what the places
bring; by weak duality no choice costs less, whatever the prices are. If the bound at the flow's own prices equals the
flow's cost, the flow is optimal, and that is proven by one sum over the pairs. Relaxation: the linear program in which
people may be divided, by another solver.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from training.rules.matching.columns import NOBODY, Truths
from training.rules.matching.transport import Amounts, Flow, Transport, network


def flow_cost(transport: Transport, flow: Flow) -> int:
    """What was made least: pairs, load, staying; learners left over and broken floors are not in it."""
    pairs = int(transport.cost[flow.pair_of[flow.pair_of != NOBODY]].sum())
    left = transport.asked & (flow.pair_of == NOBODY)
    return pairs + int(transport.load_cost(flow.load).sum()) + int(transport.stay[left].sum())


def proven_bound(transport: Transport, flow: Flow) -> int:
    """The least cost of any choice that serves as many learners and floors as `flow`, proven by prices.

    Takes about a second for 2,000,000 pairs. Equal to `flow_cost` exactly if the flow is optimal.
    """
    return _bound_at(transport, flow, suiting_prices(transport, flow)) - _left_over_cost(transport, flow)


def relaxed_bound(transport: Transport, flow: Flow) -> float:
    """The same bound as the optimum of the linear relaxation, by HiGHS through scipy: seconds for 200,000 pairs."""
    arcs = network(transport, flow.left_over)
    count, nodes = len(arcs.tail), len(arcs.supply)
    ones, numbers = np.ones(count), np.arange(count)
    ends = (np.concatenate([arcs.tail, arcs.head]), np.concatenate([numbers, numbers]))
    balance = coo_array((np.concatenate([ones, -ones]), ends), shape=(nodes, count)).tocsr()
    kept = LinearConstraint(balance, arcs.supply, arcs.supply)
    found = milp(arcs.cost, constraints=kept, bounds=Bounds(0, arcs.capacity), options={"presolve": False})
    if found.status != 0:
        raise ArithmeticError(f"The linear program could not be solved: {found.message}")
    return float(found.fun) - _left_over_cost(transport, flow)


@dataclass(frozen=True, eq=False)
class Prices:
    """What one more place is worth at each trainer, and what being left over is worth in each group."""

    trainer: Amounts
    group: Amounts

    def cheapest(self, transport: Transport, left_over: int) -> Amounts:
        """What each learner pays at least, the price of the place included."""
        least = left_over + transport.stay + self.group[transport.group]
        if len(transport.learner):
            first = np.flatnonzero(np.diff(transport.learner, prepend=-1))
            with_price = transport.cost + self.trainer[transport.trainer]
            found = transport.learner[first]
            least[found] = np.minimum(least[found], np.minimum.reduceat(with_price, first))
        return least


def suiting_prices(transport: Transport, flow: Flow) -> Prices:
    """The highest prices that suit the flow.

    A trainer with room is worth the next piece; a full one as much as the learners there would lose by going elsewhere.
    These are shortest distances in the residual network (Bellman and Ford), all pairs a step; where the flow is optimal
    they are found before every trainer and group has been passed once.
    """
    taught, left = flow.pair_of != NOBODY, transport.asked & (flow.pair_of == NOBODY)
    pair = flow.pair_of[taught]
    prices = Prices(*_next_pieces(transport, flow, left))
    for _ in range(len(prices.trainer) + len(prices.group)):
        cheapest = prices.cheapest(transport, flow.left_over)
        trainer, group = prices.trainer.copy(), prices.group.copy()
        np.minimum.at(trainer, transport.trainer[pair], cheapest[taught] - transport.cost[pair])
        np.minimum.at(group, transport.group[left], (cheapest - transport.stay)[left] - flow.left_over)
        if (trainer == prices.trainer).all() and (group == prices.group).all():
            break
        prices = Prices(trainer, group)
    return prices


def _next_pieces(transport: Transport, flow: Flow, left: Truths) -> tuple[Amounts, Amounts]:
    """What the next learner would cost each trainer and each group; a full one is as dear as two broken floors."""
    full = 2 * flow.left_over + transport.dearest
    more = transport.load_cost(np.minimum(flow.load + 1, transport.places)) - transport.load_cost(flow.load)
    trainer = np.where(flow.load < transport.places, more, full)
    members = np.bincount(transport.group[transport.asked], minlength=len(transport.floors))
    left_in = np.bincount(transport.group[left], minlength=len(transport.floors))
    group = np.where(left_in < members - transport.floors, 0, np.where(left_in < members, flow.left_over, full))
    return trainer, group.astype(np.int64)


def _bound_at(transport: Transport, flow: Flow, prices: Prices) -> int:
    """What all learners pay at least at these prices, less what the places bring in."""
    paid = int(prices.cheapest(transport, flow.left_over)[transport.asked].sum())
    trainer, size, price = transport.pieces
    earned = size * np.maximum(prices.trainer[trainer] - price, 0)
    members = np.bincount(transport.group[transport.asked], minlength=len(transport.floors))
    spared = (members - transport.floors) * np.maximum(prices.group, 0)
    kept = transport.floors * np.maximum(prices.group - flow.left_over, 0)
    return paid - int(earned.sum()) - int(spared.sum()) - int(kept.sum())


def _left_over_cost(transport: Transport, flow: Flow) -> int:
    """What the network charges for the learners left over and the floors broken by it, staying not included."""
    left = transport.asked & (flow.pair_of == NOBODY)
    groups = len(transport.floors)
    allowed = np.bincount(transport.group[transport.asked], minlength=groups) - transport.floors
    broken = np.maximum(np.bincount(transport.group[left], minlength=groups) - allowed, 0)
    return flow.left_over * (int(left.sum()) + int(broken.sum()))
