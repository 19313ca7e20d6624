"""The variables of an item while its rules are carried out."""

from collections.abc import Callable, Mapping
from random import Random

from training.rules.exchange.qti.values import (
    UnknownRuleError,
    Value,
    all_of,
)
from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.nodes import Node

MOST_STEPS = 20_000


class Variables:
    """The variables of one item while its rules are carried out: responses, their keys, outcomes."""

    def __init__(
        self,
        scope: dict[str, Value],
        correct: dict[str, Value],
        mappings: Mapping[str, Callable[[Value], float]],
        known: "Mapping[str, Expression]",
        generator: Random | None = None,
    ) -> None:
        self.scope = scope
        self.correct = correct
        self.mappings = mappings
        self._known = known
        self._generator = generator
        self._steps = 0

    def lot(self) -> Random:
        """What draws by lot, where an item does so before it is asked. Marking by lot is not known here."""
        if self._generator is None:
            raise UnknownRuleError("lots")
        return self._generator

    def compute(self, node: Node) -> Value:
        """The value of an expression. Raises UnknownRuleError for one that is not known here."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise UnknownRuleError("rules without end")
        known = self._known.get(node.name)
        if known is None:
            raise UnknownRuleError(node.name)
        return known(self, node)

    def each(self, node: Node) -> list[Value]:
        """The values of the expressions in an expression."""
        return [self.compute(one) for one in node.elements()]

    def numbers(self, node: Node) -> list[float] | None:
        """The numbers in an expression; None if one of them is nothing."""
        values = [one for value in self.each(node) for one in (all_of(value) or [None])]
        numbers = [_number(one) for one in values]
        return None if any(one is None for one in numbers) else [one for one in numbers if one is not None]

    def numeric(self, written: str) -> float:
        """A number in an attribute, or the number of the variable that it names."""
        number = number_of(written)
        if number is None:
            number = _number(self.scope.get(written))
        if number is None:
            raise UnknownRuleError(f"the number {written[:20]}")
        return float(number)


Expression = Callable[[Variables, Node], Value]


def _number(value: Value) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    number = value if isinstance(value, int | float) else number_of(str(value))
    return None if number is None else float(number)
