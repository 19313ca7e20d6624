"""Values of QTI: nothing, a text, a number, true or false, several (a list) or several in order (a tuple)."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.nodes import Node

Value = Any
"""None, str, float, bool, list of those (without order) or tuple of those (in order)."""
NEAR = 1e-9
NUMBERS = frozenset(["integer", "float", "duration"])


class UnknownRuleError(Exception):
    """An expression or rule that is not computed here: lots, points in pictures, programs of a vendor."""


def value_of(written: str, base_type: str) -> Value:
    """A single value as it is written."""
    text = " ".join(written.split()) if base_type != "string" else written.strip()
    if base_type in NUMBERS:
        number = number_of(text)
        return None if number is None else float(number)
    if base_type == "boolean":
        return text.casefold() in ("true", "1")
    if base_type == "pair":
        return " ".join(sorted(text.split()))
    return text


def contained(values: list[Value], cardinality: str) -> Value:
    """Values as one value of a cardinality; nothing if there are none."""
    kept = [one for one in values if one is not None]
    if cardinality == "single":
        return kept[0] if kept else None
    if cardinality == "record":
        return None
    return (tuple(kept) if cardinality == "ordered" else kept) or None


def all_of(value: Value) -> list[Value]:
    """The single values in a value."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal; those without order in any order."""
    first, second = all_of(one), all_of(other)
    if len(first) != len(second):
        return False
    if isinstance(one, tuple) or isinstance(other, tuple):
        return all(map(same_single, first, second))
    if any(isinstance(value, float) for value in first):
        return all(map(same_single, sorted(map(str, first)), sorted(map(str, second)))) or all(
            map(same_single, first, second)
        )
    return Counter(map(str, first)) == Counter(map(str, second))


def same_single(one: Value, other: Value) -> bool:
    """Whether two single values are equal; numbers within the rounding of binary fractions."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= NEAR * max(1.0, abs(one), abs(other))
    return bool(one == other)


@dataclass(frozen=True)
class Mapping:
    """What each response is worth: entries, whether each minds capitals, and what all others are worth."""

    entries: dict[Value, float] = field(default_factory=dict)
    minds_case: dict[Value, bool] = field(default_factory=dict)
    default: float = 0.0
    low: float | None = None
    high: float | None = None

    def total(self, value: Value) -> float:
        """The sum for a response, each single value counted once."""
        total = sum(self._one(one) for one in dict.fromkeys(all_of(value)))
        total = total if self.low is None else max(total, self.low)
        return total if self.high is None else min(total, self.high)

    def _one(self, value: Value) -> float:
        if value in self.entries:
            return self.entries[value]
        for key, worth in self.entries.items():
            if isinstance(key, str) and not self.minds_case.get(key, True) and key.casefold() == str(value).casefold():
                return worth
        return self.default


@dataclass(frozen=True)
class Response:
    """What is answered: its type, the right value, the worth of values."""

    identifier: str
    cardinality: str
    base_type: str
    correct: Value
    mapping: Mapping | None

    def of(self, *written: str) -> Value:
        """A value of this response."""
        return contained([value_of(one, self.base_type) for one in written], self.cardinality)


@dataclass(frozen=True)
class Outcome:
    """What comes out: a score, the name of a feedback."""

    identifier: str
    cardinality: str
    base_type: str
    default: Value
    maximum: float | None
    table: Node | None


def response_of(node: Node) -> Response:
    """A responseDeclaration."""
    cardinality, base_type = node.get("cardinality", "single"), node.get("baseType", "identifier")
    correct = node.first("correctResponse")
    values = _values(correct, base_type) if correct else []
    mapping = node.first("mapping")
    right = contained(values, cardinality) if cardinality != "record" else None
    return Response(
        node.get("identifier"), cardinality, base_type, right, _mapping(mapping, base_type) if mapping else None
    )


def outcome_of(node: Node) -> Outcome:
    """An outcomeDeclaration."""
    cardinality, base_type = node.get("cardinality", "single"), node.get("baseType", "identifier")
    default = node.first("defaultValue")
    value = contained(_values(default, base_type), cardinality) if default and cardinality != "record" else None
    if value is None and base_type in NUMBERS and cardinality == "single":
        value = 0.0
    maximum = number_of(node.get("normalMaximum"))
    table = node.first("matchTable", "interpolationTable")
    return Outcome(
        node.get("identifier"), cardinality, base_type, value, None if maximum is None else float(maximum), table
    )


def _values(node: Node, base_type: str) -> list[Value]:
    return [value_of(one.text(), base_type) for one in node.elements("value")]


def _mapping(node: Node, base_type: str) -> Mapping:
    entries: dict[Value, float] = {}
    minds_case: dict[Value, bool] = {}
    for one in node.elements("mapEntry"):
        key, worth = value_of(one.get("mapKey"), base_type), number_of(one.get("mappedValue"))
        if key is not None and worth is not None:
            entries[key] = float(worth)
            minds_case[key] = one.get("caseSensitive", "true") != "false"
    low, high, default = (number_of(node.get(name)) for name in ("lowerBound", "upperBound", "defaultValue"))
    return Mapping(
        entries,
        minds_case,
        float(default or 0),
        None if low is None else float(low),
        None if high is None else float(high),
    )
