"""Ways through a branching talk."""

from collections import deque
from collections.abc import Mapping
from typing import Any

from training.rules.kinds.protocol import TOLERANCE, Specification


def best_path(specification: Specification) -> list[dict[str, Any]]:
    """The choices of a shortest way to an ending that earns the full mark; empty if there is none."""
    queue: deque[tuple[str, list[dict[str, Any]]]] = deque([(specification["start"], [])])
    seen = set()
    while queue:
        place, choices = queue.popleft()
        if place in seen:
            continue
        seen.add(place)
        if place in specification["endings"]:
            if specification["endings"][place]["mark"] > 1 - TOLERANCE:
                return choices
            continue
        queue.extend((choice["to"], [*choices, choice]) for choice in specification["scenes"][place]["choices"])
    return []


def reached(start: str, ways: Mapping[str, list[str]]) -> set[str]:
    """Every place that can be reached from the start, itself included. `ways` leads from scenes to places."""
    found, todo = {start}, [start]
    while todo:
        new = set(ways.get(todo.pop(), [])) - found
        found |= new
        todo += new
    return found


def scenes_that_come_back(ways: Mapping[str, list[str]]) -> set[str]:
    """Scenes from which some way never ends: those left when scenes without a way to another are taken off in turn."""
    left = {scene: {to for to in places if to in ways} for scene, places in ways.items()}
    while True:
        ended = {scene for scene, places in left.items() if not places}
        if not ended:
            return set(left)
        left = {scene: places - ended for scene, places in left.items() if scene not in ended}
