"""The optimisation itself: learners to trainers as one minimum-cost flow, on plain numbers.

    learner -> trainer -> sink        one unit a learner; a trainer's places lie on arcs of rising cost
    learner -> group   -> sink        left over; the first of a group to be left over are cheaper than the last

Every capacity is whole, so an optimal flow is whole too (the matrix is totally unimodular; Ahuja, Magnanti, Orlin,
"Network Flows", 1993, chapters 9 to 12). Rising costs are convex, so the cheap places fill first by themselves.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from training.rules.matching.columns import NOBODY, Numbers, Truths

Amounts = NDArray[np.int64]

PIECES = 8
"""Into how many arcs of rising cost a trainer's places are split."""

LARGE = 500_000
FIRST_TRY = 8
NEXT_TRY = 64
"""From so many pairs on, how many times dearer than any pair it is to be left over at first, and the factor when that
was not enough."""


@dataclass(frozen=True, eq=False)
class Transport:
    """One problem: pairs in ascending order of (learner, trainer) with their cost, places per trainer, who is asked.

    `stay` is what a learner pays for being left over beyond the common price. `group` and `floors` say how many of each
    group are to get a trainer before anybody of another; a floor that cannot be kept is kept as far as it can be.
    """

    learner: Numbers
    trainer: Numbers
    cost: Numbers
    places: Numbers
    even_load: int
    asked: Truths
    stay: Numbers
    group: Numbers
    floors: Numbers

    @cached_property
    def dearest(self) -> int:
        """No learner's move from one trainer to another costs more than this."""
        return int(self.cost.max(initial=0)) + int(self.stay.max(initial=0)) + self.even_load + 1

    @cached_property
    def pieces(self) -> tuple[Numbers, Numbers, Numbers]:
        """The places as arcs: trainer, how many places, the cost of each."""
        trainers = len(self.places)
        edge = self.places[:, None].astype(np.int64) * np.arange(PIECES + 1) // PIECES
        size = np.diff(edge, axis=1)
        middle = (edge[:, 1:] + edge[:, :-1]) / 2 / np.maximum(self.places[:, None], 1)
        price = np.rint(middle * self.even_load)
        kept = size.ravel() > 0
        trainer = np.repeat(np.arange(trainers), PIECES)
        return tuple(part[kept].astype(np.int32) for part in (trainer, size.ravel(), price.ravel()))  # type: ignore[return-value]

    def load_cost(self, load: Numbers) -> Amounts:
        """What each trainer's load costs: the pieces that it fills, the cheapest first."""
        trainer, size, price = self.pieces
        before = np.cumsum(size) - size
        first = np.searchsorted(trainer, trainer, "left")
        filled = np.clip(load[trainer] - (before - before[first]), 0, size)
        return np.bincount(trainer, filled * price, minlength=len(self.places)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Network:
    """A transport as nodes and arcs: first its pairs, then one arc for each learner to be left over, then the rest."""

    tail: Amounts
    head: Amounts
    capacity: Amounts
    cost: Amounts
    supply: Amounts


@dataclass(frozen=True, eq=False)
class Flow:
    """An optimal solution: the pair (its place in the transport) of each learner or NOBODY; load per trainer.

    `left_over` is the price that being left over had. `within_reach` are the trainers at whom one more place can be had
    by moving others along the pairs given.
    """

    pair_of: Numbers
    load: Numbers
    left_over: int
    within_reach: Truths


def network(transport: Transport, left_over: int) -> Network:
    """The network in which it costs `left_over` to be left over, and as much again where that breaks a floor."""
    learners, trainers, groups = len(transport.asked), len(transport.places), len(transport.floors)
    group_node, sink = learners + trainers, learners + trainers + groups
    piece_trainer, piece_size, piece_price = transport.pieces
    members = np.bincount(transport.group[transport.asked], minlength=groups)
    everybody, every_group = np.arange(learners), np.arange(groups)
    supply = np.zeros(sink + 1, np.int64)
    supply[:learners] = transport.asked
    supply[sink] = -np.count_nonzero(transport.asked)
    arcs = [
        (transport.learner, learners + transport.trainer, np.ones(len(transport.cost)), transport.cost),
        (everybody, group_node + transport.group, transport.asked, left_over + transport.stay.astype(np.int64)),
        (learners + piece_trainer, np.full(len(piece_size), sink), piece_size, piece_price),
        (group_node + every_group, np.full(groups, sink), members - transport.floors, np.zeros(groups)),
        (group_node + every_group, np.full(groups, sink), transport.floors, np.full(groups, left_over)),
    ]
    tail, head, capacity, cost = (np.concatenate(part).astype(np.int64) for part in zip(*arcs, strict=True))
    return Network(tail, head, capacity, cost, supply)


def least_cost_flow(transport: Transport) -> Flow:
    """As many learners as possible get a trainer, floors first; among all such ways, the one of least cost.

    Being left over must cost more than the longest chain of moves that avoids it: every trainer moving one learner.
    Such a price makes the solver slower, so in a large problem a smaller one is tried first; it is enough unless
    somebody is left over who need not be.
    """
    longest = transport.dearest * (len(transport.places) + 2)
    price = min(transport.dearest * FIRST_TRY, longest) if len(transport.learner) > LARGE else longest
    while True:
        flow = _solved(transport, price)
        if price >= longest or _is_fullest(transport, flow):
            return flow
        price = min(price * NEXT_TRY, longest)


def _solved(transport: Transport, left_over: int) -> Flow:
    arcs = network(transport, left_over)
    solver = min_cost_flow.SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.capacity, arcs.cost)
    solver.set_nodes_supplies(np.arange(len(arcs.supply)), arcs.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"The flow solver ended with {status.name}; being left over makes every case solvable.")
    chosen = np.flatnonzero(solver.flows(numbers[: len(transport.learner)]))
    pair_of = np.full(len(transport.asked), NOBODY, np.int32)
    pair_of[transport.learner[chosen]] = chosen
    load = np.bincount(transport.trainer[chosen], minlength=len(transport.places)).astype(np.int32)
    return Flow(pair_of, load, left_over, _within_reach(transport, pair_of, load))


def _within_reach(transport: Transport, pair_of: Numbers, load: Numbers) -> Truths:
    """Start from trainers with room; a learner who could go to one of them makes room at their own trainer."""
    reached = load < transport.places
    taught = pair_of != NOBODY
    trainer_of = np.full(len(pair_of), NOBODY, np.int32)
    trainer_of[taught] = transport.trainer[pair_of[taught]]
    while True:
        movable = np.zeros(len(pair_of), bool)
        movable[transport.learner[reached[transport.trainer]]] = True
        opened = trainer_of[movable & taught]
        if reached[opened].all():
            return reached
        reached[opened] = True


def _is_fullest(transport: Transport, flow: Flow) -> bool:
    """Whether nobody left over could be taken by moving others, and no floor is broken that might be kept."""
    left = transport.asked & (flow.pair_of == NOBODY)
    if left[transport.learner[flow.within_reach[transport.trainer]]].any():
        return False
    members = np.bincount(transport.group[transport.asked], minlength=len(transport.floors))
    return bool((members - np.bincount(transport.group[left], minlength=len(members)) >= transport.floors).all())
