"""Expressions of QTI response processing, computed (QTI 2.2 and 3.0 information models, chapter "Expressions")."""

import math
import re
from collections.abc import Callable, Mapping
from functools import reduce
from random import Random

from training.rules.exchange.qti.values import (
    UnknownRuleError,
    Value,
    all_of,
    contained,
    same,
    same_single,
    value_of,
)
from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.nodes import Node

MOST_STEPS = 20_000
LONGEST_PATTERN = 60
"""Longer patterns are not tried: matching could take for ever."""


class Variables:
    """The variables of one item while its rules are carried out: responses, their keys, outcomes."""

    def __init__(
        self,
        scope: dict[str, Value],
        correct: dict[str, Value],
        mappings: Mapping[str, Callable[[Value], float]],
        generator: Random | None = None,
    ) -> None:
        self.scope = scope
        self.correct = correct
        self.mappings = mappings
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
        known = _EXPRESSIONS.get(node.name)
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


def _order(compare: Callable[[float, float], bool]) -> Expression:
    def compute(variables: Variables, node: Node) -> Value:
        numbers = variables.numbers(node)
        return None if numbers is None or len(numbers) != 2 else compare(numbers[0], numbers[1])

    return compute


def _arithmetic(combine: Callable[[list[float]], float | None]) -> Expression:
    def compute(variables: Variables, node: Node) -> Value:
        numbers = variables.numbers(node)
        if not numbers:
            return None
        try:
            result = combine(numbers)
        except (ArithmeticError, ValueError, IndexError):
            return None
        return result if result is not None and math.isfinite(result) else None

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


def _equal(variables: Variables, node: Node) -> Value:
    numbers = variables.numbers(node)
    if numbers is None or len(numbers) != 2:
        return None
    first, second = numbers
    mode, widths = node.get("toleranceMode", "exact"), [variables.numeric(one) for one in node.get("tolerance").split()]
    if mode == "exact" or not widths:
        return same_single(first, second)
    down, up = widths[0], widths[-1]
    if mode == "relative":
        down, up = abs(first) * down / 100, abs(first) * up / 100
    slack = 1e-9 * max(1.0, abs(first))
    return first - down - slack <= second <= first + up + slack


def _equal_rounded(variables: Variables, node: Node) -> Value:
    numbers = variables.numbers(node)
    if numbers is None or len(numbers) != 2:
        return None
    figures = int(variables.numeric(node.get("figures", "0")))
    if node.get("roundingMode", "significantFigures") == "decimalPlaces":
        return same_single(*(round(number, figures) for number in numbers))
    return same_single(*(float(f"{number:.{max(figures, 1)}g}") for number in numbers))


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


def _random_integer(variables: Variables, node: Node) -> Value:
    low, high = (int(variables.numeric(node.get(name, "0"))) for name in ("min", "max"))
    step = max(1, int(variables.numeric(node.get("step", "1"))))
    return float(low + step * variables.lot().randint(0, max(0, (high - low) // step)))


def _random_float(variables: Variables, node: Node) -> Value:
    low, high = (variables.numeric(node.get(name, "0")) for name in ("min", "max"))
    return float(f"{variables.lot().uniform(low, high):.6g}")


def _random(variables: Variables, node: Node) -> Value:
    values = [one for value in variables.each(node) for one in all_of(value)]
    return variables.lot().choice(values) if values else None


def _function(variables: Variables, node: Node) -> Value:
    known, numbers = _FUNCTIONS.get(node.get("name")), variables.numbers(node)
    if known is None:
        raise UnknownRuleError(f"the function {node.get('name')[:20]}")
    if not numbers:
        return None
    try:
        return float(known(numbers[0]))
    except (ArithmeticError, ValueError):
        return None


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "ln": math.log,
    "log": math.log10,
    "exp": math.exp,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "signum": lambda number: float((number > 0) - (number < 0)),
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}


def _constant(variables: Variables, node: Node) -> Value:
    return {"pi": math.pi, "e": math.e}.get(node.get("name"))


def _round(number: float) -> float:
    return float(math.floor(number + 0.5))


def _round_to(variables: Variables, node: Node) -> Value:
    numbers = variables.numbers(node)
    figures = int(variables.numeric(node.get("figures", "0")))
    if not numbers:
        return None
    if node.get("roundingMode") == "decimalPlaces":
        return round(numbers[0], figures)
    return float(f"{numbers[0]:.{max(figures, 1)}g}")


_EXPRESSIONS: dict[str, Expression] = {
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
    "equal": _equal,
    "equalRounded": _equal_rounded,
    "stringMatch": _string_match,
    "substring": _substring,
    "patternMatch": _pattern_match,
    "gt": _order(lambda one, other: one > other),
    "gte": _order(lambda one, other: one >= other),
    "lt": _order(lambda one, other: one < other),
    "lte": _order(lambda one, other: one <= other),
    "sum": _arithmetic(math.fsum),
    "subtract": _arithmetic(lambda numbers: numbers[0] - numbers[1]),
    "product": _arithmetic(math.prod),
    "divide": _arithmetic(lambda numbers: numbers[0] / numbers[1]),
    "power": _arithmetic(lambda numbers: math.pow(numbers[0], numbers[1])),
    "integerDivide": _arithmetic(lambda numbers: float(numbers[0] // numbers[1])),
    "integerModulus": _arithmetic(lambda numbers: numbers[0] % numbers[1]),
    "min": _arithmetic(min),
    "max": _arithmetic(max),
    "round": _arithmetic(lambda numbers: _round(numbers[0])),
    "truncate": _arithmetic(lambda numbers: float(math.trunc(numbers[0]))),
    "integerToFloat": _arithmetic(lambda numbers: numbers[0]),
    "roundTo": _round_to,
    "gcd": _arithmetic(lambda numbers: float(reduce(math.gcd, map(int, numbers)))),
    "lcm": _arithmetic(lambda numbers: float(math.lcm(*map(int, numbers)))),
    "multiple": _container("multiple"),
    "ordered": _container("ordered"),
    "index": _index,
    "randomInteger": _random_integer,
    "randomFloat": _random_float,
    "random": _random,
    "mathOperator": _function,
    "delete": _delete,
    "mathConstant": _constant,
}
