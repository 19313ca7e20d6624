"""Expressions of QTI about numbers."""

import math
from collections.abc import Callable
from functools import reduce

from training.rules.exchange.qti.values import UnknownRuleError, Value, all_of, same_single
from training.rules.exchange.qti.variables import Expression, Variables
from training.rules.exchange.texts.nodes import Node


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


OF_NUMBERS: dict[str, Expression] = {
    "equal": _equal,
    "equalRounded": _equal_rounded,
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
    "randomInteger": _random_integer,
    "randomFloat": _random_float,
    "random": _random,
    "mathOperator": _function,
    "mathConstant": _constant,
}
