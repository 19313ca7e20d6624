"""Who helps whom in the company as a picture: people, or teams of at least so many people. Pure.

Places come from a spring layout (Fruchterman and Reingold 1991, networkx) with a fixed seed, so that the picture of a
run is the same each time it is opened. Of a few thousand nodes the best tied are laid out so; the others stand around
the middle of those whom they are tied to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from champions.scoring.columns import Columns
from champions.scoring.network import help_rows

MOST_PEOPLE, MOST_TEAMS, MOST_POINTS = 150, 120, 3_000
ROUNDS = 80
MOST_IN_SPRINGS = 400
SETTLING = 12
GOLDEN_ANGLE = np.pi * (3 - 5**0.5)


@dataclass(frozen=True)
class MapNode:
    """A person (`key` is the id as text) or a team (`key` is its full name) at `x`, `y` in [0, 1].

    `people` stand behind it; they helped others `given` times and were helped `received` times.
    """

    key: str
    x: float
    y: float
    people: int
    given: int
    received: int


@dataclass(frozen=True)
class MapLine:
    """How often two nodes helped each other, both ways together. `people` took part on either side."""

    one: str
    other: str
    times: int
    people: int


@dataclass(frozen=True)
class HelpMap:
    """Nodes by key, and the lines among them; `hidden` people or teams are left out: too many, or too small."""

    nodes: tuple[MapNode, ...]
    lines: tuple[MapLine, ...]
    hidden: int

    def only(self, kept: Callable[[MapLine], bool]) -> "HelpMap":
        """The same picture with some lines, and with the nodes that these tie."""
        lines = tuple(line for line in self.lines if kept(line))
        tied = {key for line in lines for key in (line.one, line.other)}
        nodes = tuple(node for node in self.nodes if node.key in tied)
        return HelpMap(nodes, lines, self.hidden)


def people_map(columns: Columns, most: int = MOST_PEOPLE) -> HelpMap:
    """The `most` people with the most ties; who helped nobody and was helped by nobody is not drawn."""
    group = np.arange(len(columns.people), dtype=np.int64)
    return _map(columns, group, columns.people.ids, 1, most)


def team_map(columns: Columns, smallest: int, most: int = MOST_TEAMS) -> HelpMap:
    """Teams of at least `smallest` people, and lines in which at least as many people took part."""
    return _map(columns, columns.people.team.astype(np.int64), columns.people.team_names, smallest, most)


def _map(columns: Columns, group: NDArray[np.int64], names: tuple[str, ...], smallest: int, most: int) -> HelpMap:
    size = np.bincount(group[group >= 0], minlength=len(names))
    events, rows = columns.events, help_rows(columns)
    helper, helped = group[events.actor[rows]], group[events.target[rows]]
    apart = (helper >= 0) & (helped >= 0) & (helper != helped)
    rows, helper, helped = rows[apart], helper[apart], helped[apart]
    fits = (size[helper] >= smallest) & (size[helped] >= smallest)
    rows, helper, helped = rows[fits], helper[fits], helped[fits]
    given, received = np.bincount(helper, minlength=len(names)), np.bincount(helped, minlength=len(names))
    active = np.flatnonzero(given + received)
    shown = active[np.lexsort((active, -(given + received)[active]))][:most]
    lines = _lines(columns, rows, helper, helped, np.sort(shown), smallest)
    places = _places(np.sort(shown).tolist(), lines)
    nodes = tuple(
        MapNode(names[number], *places[number], int(size[number]), int(given[number]), int(received[number]))
        for number in sorted(shown.tolist(), key=lambda number: names[number])
    )
    told = tuple(MapLine(names[one], names[other], times, people) for (one, other), (times, people) in lines.items())
    return HelpMap(nodes, told, len(active) - len(shown) if smallest == 1 else int(np.count_nonzero(size)) - len(shown))


def _lines(
    columns: Columns,
    rows: NDArray[np.intp],
    helper: NDArray[np.int64],
    helped: NDArray[np.int64],
    shown: NDArray[np.int64],
    smallest: int,
) -> dict[tuple[int, int], tuple[int, int]]:
    """Times and people by the two groups, the smaller number first."""
    both = np.isin(helper, shown) & np.isin(helped, shown)
    pairs: dict[tuple[int, int], tuple[int, set[int]]] = {}
    actors, targets = columns.events.actor[rows[both]].tolist(), columns.events.target[rows[both]].tolist()
    for one, other, actor, target in zip(helper[both].tolist(), helped[both].tolist(), actors, targets, strict=True):
        key = (min(one, other), max(one, other))
        times, people = pairs.get(key, (0, set()))
        people |= {actor, target}
        pairs[key] = (times + 1, people)
    return {
        key: (times, len(people)) for key, (times, people) in sorted(pairs.items()) if len(people) >= max(smallest, 2)
    }


def _places(numbers: list[int], lines: dict[tuple[int, int], tuple[int, int]]) -> dict[int, tuple[float, float]]:
    if len(numbers) < 2:
        return dict.fromkeys(numbers, (0.5, 0.5))
    row = {number: place for place, number in enumerate(numbers)}
    one = np.array([row[pair[0]] for pair in lines], np.int64)
    other = np.array([row[pair[1]] for pair in lines], np.int64)
    weight = np.log1p(np.array([times for times, _ in lines.values()], np.float64))
    ties: Any = sparse.coo_array((weight, (one, other)), shape=(len(numbers), len(numbers))).tocsr()
    spots = _spots(ties + ties.T.tocsr())
    order = np.argsort(np.argsort(spots, axis=0), axis=0) / (len(numbers) - 1)
    low, high = spots.min(axis=0), spots.max(axis=0)
    even = 0.5 * (spots - low) / np.where(high > low, high - low, 1.0) + 0.5 * order  # spread out a crowded middle
    return {number: (float(x), float(y)) for number, (x, y) in zip(numbers, even, strict=True)}


def _spots(ties: Any) -> NDArray[np.float64]:
    """A place for each row of a symmetric matrix of ties: springs among the best tied, the others around those."""
    people, strength = ties.shape[0], np.asarray(ties.sum(axis=1)).ravel()
    core = np.sort(np.lexsort((np.arange(people), -strength))[:MOST_IN_SPRINGS])
    graph: nx.Graph[int] = nx.from_scipy_sparse_array(ties[core][:, core])
    found = nx.spring_layout(graph, seed=1, iterations=ROUNDS, k=2.2 / np.sqrt(len(core)))
    spots = np.zeros((people, 2))
    spots[core] = [found[place] for place in range(len(core))]
    rest = np.setdiff1d(np.arange(people), core)
    if not len(rest):
        return spots
    turn, away = GOLDEN_ANGLE * np.arange(len(rest)), 0.12 * np.sqrt((np.arange(len(rest)) % 60 + 1) / 60)
    around = np.column_stack([away * np.cos(turn), away * np.sin(turn)])
    share = 1.0 / np.maximum(strength[rest], 1e-12)
    for _ in range(SETTLING):
        spots[rest] = (ties[rest] @ spots) * share[:, None]
    spots[rest] += around
    return spots
