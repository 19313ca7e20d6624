"""Expressions of QTI about texts, identifiers, truth and several values at once."""

import re
from collections.abc import Callable

from training.rules.exchange.qti.values import UnknownRuleError, Value, all_of, contained, same, same_single, value_of
from training.rules.exchange.qti.variables import Expression, Variables
from training.rules.exchange.texts.nodes import Node

LONGEST_PATTERN = 60
"""Longer patterns are not tried: matching could take for ever."""


def _base_value(variables: Variables, node: Node) -> Value:
    return value_of(node.text(), node.get("baseType", "identifier"))


def _variable(variables: Variables, node: Node) -> Value:
    name = node.get("identifier")
    if name not in variables.scope:
        raise UnknownRuleError(f"the variable {name[:40]}")
    return variables.scope[name]


def _correct(variables: Variables, node: Node) -> Value:
    return variables.correct.get(node.get("identifier"))


def _map_response(variables: Variables, node: Node) -> Value:
    name = node.get("identifier")
    if name not in variables.mappings:
        raise UnknownRuleError(f"mapResponse of {name[:40]}")
    return variables.mappings[name](variables.scope.get(name))


def _pair(compare: Callable[[Value, Value], bool]) -> Expression:
    def compute(variables: Variables, node: Node) -> Value:
        values = variables.each(node)
        if len(values) != 2 or values[0] is None or values[1] is None:
            return None if len(values) == 2 else False
        return compare(values[0], values[1])

    return compute


def _and(variables: Variables, node: Node) -> Value:
    values = variables.each(node)
    return False if any(value is False for value in values) else None if None in values else True


def _or(variables: Variables, node: Node) -> Value:
    values = variables.each(node)
    return True if any(value is True for value in values) else None if None in values else False


def _not(variables: Variables, node: Node) -> Value:
    (value,) = variables.each(node)[:1] or [None]
    return None if value is None else not value


def _any_n(variables: Variables, node: Node) -> Value:
    count = sum(value is True for value in variables.each(node))
    return variables.numeric(node.get("min", "0")) <= count <= variables.numeric(node.get("max", "0"))


def _string_match(variables: Variables, node: Node) -> Value:
    values = variables.each(node)
    if len(values) != 2 or None in values:
        return None
    first, second = (str(value) for value in values)
    if node.get("caseSensitive", "true") == "false":
        first, second = first.casefold(), second.casefold()
    return second in first if node.get("substring") == "true" else first == second


def _substring(variables: Variables, node: Node) -> Value:
    values = variables.each(node)
    if len(values) != 2 or None in values:
        return None
    first, second = (str(value) for value in values)
    if node.get("caseSensitive", "true") == "false":
        first, second = first.casefold(), second.casefold()
    return first in second


def _pattern_match(variables: Variables, node: Node) -> Value:
    (value,) = variables.each(node)[:1] or [None]
    pattern = node.get("pattern")
    if len(pattern) > LONGEST_PATTERN or len(re.findall(r"[*+{]", pattern)) > 3 or re.search(r"\)[*+?{]", pattern):
        raise UnknownRuleError("a pattern")
    try:
        return None if value is None else re.fullmatch(pattern, str(value)[:100]) is not None
    except re.error:
        raise UnknownRuleError("a pattern") from None


def _container(cardinality: str) -> Expression:
    def compute(variables: Variables, node: Node) -> Value:
        return contained([one for value in variables.each(node) for one in all_of(value)], cardinality)

    return compute


def _contains(first: Value, second: Value) -> bool:
    inside, wanted = all_of(first), all_of(second)
    return all(any(same_single(one, other) for other in inside) for one in wanted)


def _index(variables: Variables, node: Node) -> Value:
    (value,) = variables.each(node)[:1] or [None]
    place = int(variables.numeric(node.get("n", "0")))
    values = all_of(value)
    return values[place - 1] if 1 <= place <= len(values) else None


def _delete(variables: Variables, node: Node) -> Value:
    values = variables.each(node)
    if len(values) != 2 or None in values:
        return None
    left = [one for one in all_of(values[1]) if not same_single(one, values[0])]
    return tuple(left) if isinstance(values[1], tuple) else left or None


OF_VALUES: dict[str, Expression] = {
    "baseValue": _base_value,
    "variable": _variable,
    "correct": _correct,
    "null": lambda variables, node: None,
    "mapResponse": _map_response,
    "isNull": lambda variables, node: all(not all_of(one) or all_of(one) == [""] for one in variables.each(node)),
    "match": _pair(same),
    "member": _pair(lambda one, inside: any(same_single(one, other) for other in all_of(inside))),
    "contains": _pair(_contains),
    "containerSize": lambda variables, node: float(sum(len(all_of(one)) for one in variables.each(node))),
    "and": _and,
    "or": _or,
    "not": _not,
    "anyN": _any_n,
    "stringMatch": _string_match,
    "substring": _substring,
    "patternMatch": _pattern_match,
    "multiple": _container("multiple"),
    "ordered": _container("ordered"),
    "index": _index,
    "delete": _delete,
}
