"""The flow against two oracles: every choice tried out, and another solver's flow."""

from itertools import product

import networkx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.matching.worlds import thorough
from training.rules.matching.bound import flow_cost, proven_bound, relaxed_bound
from training.rules.matching.transport import Transport, least_cost_flow, network

NO_PAIR = -1


@st.composite
def transports(draw: st.DrawFn, most_learners: int = 6, most_trainers: int = 4) -> Transport:
    learners, trainers = draw(st.integers(0, most_learners)), draw(st.integers(0, most_trainers))
    cells = [(learner, trainer) for learner in range(learners) for trainer in range(trainers)]
    asked = np.array(
        draw(st.lists(st.sampled_from((True, True, True, False)), min_size=learners, max_size=learners)), bool
    )
    pairs = sorted(pair for pair in draw(st.sets(st.sampled_from(cells))) if asked[pair[0]]) if cells else []
    groups = draw(st.integers(1, 3))
    group = np.array([draw(st.integers(0, groups - 1)) for _ in range(learners)], np.int32)
    members = np.bincount(group[asked], minlength=groups)
    return Transport(
        learner=np.array([pair[0] for pair in pairs], np.int32),
        trainer=np.array([pair[1] for pair in pairs], np.int32),
        cost=np.array([draw(st.integers(0, 30)) for _ in pairs], np.int32),
        places=np.array([draw(st.integers(0, 3)) for _ in range(trainers)], np.int32),
        even_load=draw(st.sampled_from((0, 10, 40))),
        asked=asked,
        stay=np.array([draw(st.sampled_from((0, 5))) for _ in range(learners)], np.int32),
        group=group,
        floors=np.array([draw(st.integers(0, int(count))) for count in members], np.int32),
    )


def every_choice(transport: Transport) -> list[tuple[int, ...]]:
    """All ways to give each learner one of their pairs or none, within the places."""
    options = [
        [NO_PAIR, *np.flatnonzero(transport.learner == learner).tolist()] for learner in range(len(transport.asked))
    ]
    return [choice for choice in product(*options) if (load_of(transport, choice) <= transport.places).all()]


def load_of(transport: Transport, choice: tuple[int, ...]) -> np.ndarray:
    chosen = [pair for pair in choice if pair != NO_PAIR]
    return np.bincount(transport.trainer[chosen], minlength=len(transport.places))


def rank(transport: Transport, choice: tuple[int, ...]) -> tuple[int, int, int]:
    """Learners left over, floors broken, cost: what is made least, the first first."""
    left = np.array([pair == NO_PAIR for pair in choice], bool) & transport.asked
    served = np.bincount(transport.group[transport.asked & ~left], minlength=len(transport.floors))
    broken = int(np.maximum(transport.floors - served, 0).sum())
    pairs = sum(int(transport.cost[pair]) for pair in choice if pair != NO_PAIR)
    load = int(transport.load_cost(load_of(transport, choice).astype(np.int32)).sum())
    return int(left.sum()), broken, pairs + load + int(transport.stay[left].sum())


@thorough
@given(transports(4, 3))
def test_no_choice_serves_more_or_keeps_more_floors_or_costs_less(transport: Transport) -> None:
    flow = least_cost_flow(transport)
    assert rank(transport, tuple(flow.pair_of.tolist())) == min(
        rank(transport, each) for each in every_choice(transport)
    )


@thorough
@given(transports(10, 5))
def test_network_simplex_finds_the_same_cost(transport: Transport) -> None:
    flow = least_cost_flow(transport)
    arcs = network(transport, flow.left_over)
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from((node, {"demand": -int(supply)}) for node, supply in enumerate(arcs.supply))
    for tail, head, capacity, cost in zip(arcs.tail, arcs.head, arcs.capacity, arcs.cost, strict=True):
        graph.add_edge(int(tail), int(head), capacity=int(capacity), weight=int(cost))
    expected, _ = networkx.network_simplex(graph)
    left, broken, cost = rank(transport, tuple(flow.pair_of.tolist()))
    assert flow.left_over * (left + broken) + cost == expected


@thorough
@given(transports(10, 5))
def test_every_learner_has_one_of_their_own_pairs_or_none_and_no_trainer_more_than_places(transport: Transport) -> None:
    flow = least_cost_flow(transport)
    taught = np.flatnonzero(flow.pair_of != NO_PAIR)
    assert (transport.learner[flow.pair_of[taught]] == taught).all()
    assert transport.asked[taught].all()
    assert (flow.load <= transport.places).all()
    assert (flow.load == load_of(transport, tuple(flow.pair_of.tolist()))).all()


@thorough
@given(transports(10, 5))
def test_both_bounds_meet_the_cost(transport: Transport) -> None:
    flow = least_cost_flow(transport)
    assert proven_bound(transport, flow) == flow_cost(transport, flow)
    if len(transport.asked):
        assert abs(relaxed_bound(transport, flow) - flow_cost(transport, flow)) < 1e-3


@thorough
@given(transports(10, 5))
def test_the_same_problem_gives_the_same_pairs(transport: Transport) -> None:
    assert (least_cost_flow(transport).pair_of == least_cost_flow(transport).pair_of).all()


@thorough
@given(transports(10, 5))
def test_a_trainer_is_within_reach_exactly_if_one_more_learner_could_be_placed_there(transport: Transport) -> None:
    flow = least_cost_flow(transport)
    for trainer in range(len(transport.places)):
        newcomer = Transport(
            learner=np.append(transport.learner, len(transport.asked)).astype(np.int32),
            trainer=np.append(transport.trainer, trainer).astype(np.int32),
            cost=np.append(transport.cost, 0).astype(np.int32),
            places=transport.places,
            even_load=transport.even_load,
            asked=np.append(transport.asked & (flow.pair_of != NO_PAIR), True),
            stay=np.append(transport.stay, 0).astype(np.int32),
            group=np.zeros(len(transport.asked) + 1, np.int32),
            floors=np.zeros(1, np.int32),
        )
        assert flow.within_reach[trainer] == (least_cost_flow(newcomer).pair_of != NO_PAIR)[newcomer.asked].all()


def test_an_even_load_spreads_learners_who_see_no_difference() -> None:
    alike = Transport(
        learner=np.repeat(np.arange(6), 3).astype(np.int32),
        trainer=np.tile(np.arange(3), 6).astype(np.int32),
        cost=np.zeros(18, np.int32),
        places=np.full(3, 6, np.int32),
        even_load=100,
        asked=np.ones(6, bool),
        stay=np.zeros(6, np.int32),
        group=np.zeros(6, np.int32),
        floors=np.zeros(1, np.int32),
    )
    assert least_cost_flow(alike).load.tolist() == [2, 2, 2]
