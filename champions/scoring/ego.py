"""One person's help network as a small picture: the closest ties, and the ties among those people.

Made with networkx: small graphs, drawn once, positions the same every time.
"""

from dataclasses import dataclass

import networkx as nx
import numpy as np

from champions.scoring.columns import Columns
from champions.scoring.network import help_matrix, help_rows

MOST_NODES = 40
LAYOUT_ROUNDS = 60


@dataclass(frozen=True)
class Node:
    """Somebody in the picture; `x`, `y` in [-1, 1]. `helped`, `was_helped`: by and for the one in the
    middle, faded.
    """

    person: int
    x: float
    y: float
    helped: float
    was_helped: float


@dataclass(frozen=True)
class Tie:
    """`weight`: how often `helper` helped `helped`, faded over a year."""

    helper: int
    helped: int
    weight: float


@dataclass(frozen=True)
class EgoNetwork:
    """The person in the middle stands first among `nodes`, at 0, 0; the others follow, the closest first."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def ego_network(columns: Columns, person: int, as_of: float, most: int = MOST_NODES) -> EgoNetwork:
    """The `most - 1` closest ties of one person (a number in the columns) before `as_of`, and the ties
    among them.
    """
    seen = columns.before(as_of)
    matrix = help_matrix(seen, help_rows(seen), as_of)
    out, into = _row(matrix, person), _row(matrix.T.tocsr(), person)
    closeness = out + into
    others = np.flatnonzero(closeness > 0)
    others = others[others != person]
    order = sorted(others.tolist(), key=lambda other: (-closeness[other], seen.people.ids[other]))
    members = [person, *order[: most - 1]]
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(members)
    inner = matrix[members][:, members].tocoo()
    for helper, helped, weight in zip(*inner.coords, inner.data, strict=True):
        if helper != helped:
            graph.add_edge(members[helper], members[helped], weight=float(weight))
    places = _places(graph, person)
    nodes = tuple(Node(member, *places[member], float(out[member]), float(into[member])) for member in members)
    ties = tuple(Tie(a, b, data["weight"]) for a, b, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    return EgoNetwork(nodes, ties)


def _row(matrix: object, person: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(matrix[[person]].todense()).ravel()  # type: ignore[index]


def _places(graph: "nx.DiGraph[int]", person: int) -> dict[int, tuple[float, float]]:
    """Spring layout with the person fixed in the middle, spread out to the rim."""
    if len(graph) == 1:
        return {person: (0.0, 0.0)}
    ring: nx.Graph[int] = nx.Graph(graph.subgraph([node for node in graph if node != person]))
    start = nx.circular_layout(ring)
    found = nx.spring_layout(
        nx.Graph(graph),
        pos={**start, person: np.zeros(2)},
        fixed=[person],
        iterations=LAYOUT_ROUNDS,
        weight=None,
        seed=1,
        k=1.6 / np.sqrt(len(graph)),
    )
    rim = max(float(np.abs(place).max()) for place in found.values()) or 1.0
    return {node: (float(place[0] / rim), float(place[1] / rim)) for node, place in found.items()}
