"""The help network against networkx, which is slow and right."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from champions.scoring.columns import Columns
from champions.scoring.ego import MOST_NODES, ego_network
from champions.scoring.network import authority, help_matrix, help_rank, help_rows, people_helped
from tests.champions.scoring.communities import NOW, grown

some = settings(max_examples=10, deadline=None)


def graph_of(columns: Columns) -> "nx.DiGraph[int]":
    """Helped -> helper, with the faded number of times as weight, from plain loops."""
    events = columns.events
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(columns.people)))
    answer = events.verb_names.index("answer")
    for at, actor, target, verb in zip(events.at, events.actor, events.target, events.verb, strict=True):
        if verb == answer and target >= 0 and actor != target:
            weight = 0.5 ** ((NOW - at) / (365 * 86_400))
            old = graph.get_edge_data(int(target), int(actor), {"weight": 0.0})["weight"]
            graph.add_edge(int(target), int(actor), weight=old + weight)
    return graph


@some
@given(st.integers(0, 1000))
def test_ranks_are_those_of_networkx(seed: int) -> None:
    columns = grown(seed).columns()
    helped = help_matrix(columns, help_rows(columns), NOW)
    theirs = nx.pagerank(graph_of(columns), weight="weight", tol=1e-10)
    ours = help_rank(helped) / len(columns.people)
    assert ours == pytest.approx([theirs[person] for person in range(len(columns.people))], abs=1e-6)


@some
@given(st.integers(0, 1000))
def test_people_helped_are_counted_softly_and_less_what_comes_back(seed: int) -> None:
    columns = grown(seed).columns()
    graph = graph_of(columns)
    expected = np.zeros(len(columns.people))
    for helped, helper, data in graph.edges(data=True):
        back = graph.get_edge_data(helper, helped, {"weight": 0.0})["weight"]
        discount = 0.5 * min(data["weight"], back) / data["weight"]
        expected[helper] += np.log2(1 + data["weight"]) * (1 - discount)
    ours = people_helped(help_matrix(columns, help_rows(columns), NOW))
    assert ours == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_authority_is_that_of_networkx() -> None:
    columns = grown(7).columns()
    ours = authority(help_matrix(columns, help_rows(columns), NOW))
    _, theirs = nx.hits(graph_of(columns), max_iter=1000, tol=1e-12)
    expected = np.array([theirs[person] for person in range(len(columns.people))])
    assert ours / ours.sum() == pytest.approx(expected, abs=1e-4)


def test_an_ego_network_holds_the_closest_ties_and_is_drawn_alike_every_time() -> None:
    columns = grown(3, people=120, threads=900).columns()
    busiest = int(np.bincount(columns.events.actor[columns.events.actor >= 0]).argmax())
    first, again = (ego_network(columns, busiest, NOW) for _ in range(2))
    assert first == again
    assert 2 <= len(first.nodes) <= MOST_NODES
    middle = first.nodes[0]
    assert (middle.person, middle.x, middle.y) == (busiest, 0.0, 0.0)
    closeness = [node.helped + node.was_helped for node in first.nodes[1:]]
    assert closeness == sorted(closeness, reverse=True)
    assert all(abs(node.x) <= 1 and abs(node.y) <= 1 for node in first.nodes)
    members = {node.person for node in first.nodes}
    assert all(tie.helper in members and tie.helped in members and tie.weight > 0 for tie in first.ties)


def test_somebody_without_ties_stands_alone() -> None:
    columns = grown(3).columns()
    quiet = ego_network(columns, 0, float(columns.events.at.min()))
    assert len(quiet.nodes) == 1
    assert quiet.ties == ()
