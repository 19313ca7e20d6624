"""A marked-up text as a tree, whether it came as HTML or as part of an XML file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union


@dataclass(eq=False)
class Node:
    """One element: its name without prefix, its attributes, texts and elements in it; `line` from 1, 0 if unknown."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Node", str]] = field(default_factory=list)
    line: int = 0

    def elements(self, *names: str) -> "list[Node]":
        """The elements directly below, all or those of some names."""
        return [one for one in self.children if isinstance(one, Node) and (not names or one.name in names)]

    def first(self, *names: str) -> "Node | None":
        """The first element directly below that has one of the names."""
        return next(iter(self.elements(*names)), None)

    def below(self, *names: str) -> "Iterator[Node]":
        """Every element below, at any depth, in the order of the text."""
        waiting = list(reversed(self.elements()))
        while waiting:
            node = waiting.pop()
            if not names or node.name in names:
                yield node
            waiting.extend(reversed(node.elements()))

    def text(self) -> str:
        """All text below."""
        parts: list[str] = []
        waiting: list[Node | str] = list(reversed(self.children))
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
            else:
                waiting.extend(reversed(one.children))
        return "".join(parts)

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, otherwise)
