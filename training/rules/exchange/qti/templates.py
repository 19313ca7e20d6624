"""Items that make up their content by lot: drawn once, with a seed made of the name of the item."""

import random
from collections.abc import Callable
from hashlib import sha256

from training.rules.exchange.qti.expressions import variables_of
from training.rules.exchange.qti.values import (
    UnknownRuleError,
    Value,
    all_of,
    outcome_of,
    response_of,
)
from training.rules.exchange.qti.variables import Variables
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_text
from training.rules.exchange.texts.nodes import Node

MOST_DRAWS = 200
REMARK = "What the item draws anew for each learner was drawn once."


class _ExitError(Exception):
    """The rules are at their end."""


class _AgainError(Exception):
    """What was drawn does not meet a condition: draw again."""


def drawn_once(item: Node) -> dict[str, Value]:
    """Draw the content of an item, write it into its tree, and answer what its variables are.

    Raises UnreadableError if the item draws by rules that are not known here.
    """
    declared = item.elements("templateDeclaration")
    rules = item.first("templateProcessing")
    if not declared:
        return {}
    seed = int(sha256(item.get("identifier").encode()).hexdigest()[:12], 16)
    generator = random.Random(seed)
    try:
        variables = _draw(item, declared, rules, generator)
    except UnknownRuleError as error:
        message = f"The item makes up its content by rules that are not known here ({error})."
        raise UnreadableError(item.line, message, "Ask it with fixed content.") from error
    values = {one.get("identifier"): variables.scope.get(one.get("identifier")) for one in declared}
    in_formulas = {one.get("identifier") for one in declared if one.get("mathVariable") == "true"}
    _write(item, values, in_formulas)
    _write_correct(item, variables.correct)
    return values


def _draw(item: Node, declared: list[Node], rules: Node | None, generator: random.Random) -> Variables:
    for _ in range(MOST_DRAWS):
        scope: dict[str, Value] = {one.get("identifier"): outcome_of(one).default for one in declared}
        correct = {one.get("identifier"): response_of(one).correct for one in item.elements("responseDeclaration")}
        variables = variables_of(scope, correct, {}, generator)
        try:
            _run(rules.elements() if rules else [], variables)
        except _ExitError:
            return variables
        except _AgainError:
            continue
        return variables
    raise UnknownRuleError("a condition that is never met")


def _run(rules: list[Node], variables: Variables) -> None:
    for rule in rules:
        known = _RULES.get(rule.name)
        if known is None:
            raise UnknownRuleError(rule.name)
        known(rule, variables)


def _set_value(rule: Node, variables: Variables) -> None:
    (variables.scope[rule.get("identifier")],) = variables.each(rule)[:1] or [None]


def _set_correct(rule: Node, variables: Variables) -> None:
    (variables.correct[rule.get("identifier")],) = variables.each(rule)[:1] or [None]


def _condition(rule: Node, variables: Variables) -> None:
    for branch in rule.elements():
        parts = branch.elements()
        if branch.name == "templateElse":
            _run(parts, variables)
            return
        if parts and variables.compute(parts[0]) is True:
            _run(parts[1:], variables)
            return


def _constraint(rule: Node, variables: Variables) -> None:
    if variables.each(rule)[:1] != [True]:
        raise _AgainError


def _exit(rule: Node, variables: Variables) -> None:
    raise _ExitError


def _nothing(rule: Node, variables: Variables) -> None:
    """A default value is nothing that a learner sees here."""


_RULES: dict[str, Callable[[Node, Variables], None]] = {
    "setTemplateValue": _set_value,
    "setCorrectResponse": _set_correct,
    "setDefaultValue": _nothing,
    "templateCondition": _condition,
    "templateConstraint": _constraint,
    "templateProcessingFragment": lambda rule, variables: _run(rule.elements(), variables),
    "exitTemplate": _exit,
}


def _write(node: Node, values: dict[str, Value], in_formulas: set[str]) -> None:
    """Put the values into the tree: variables that are printed, parts that are shown or hidden by one."""
    for part in [node, *node.below()]:
        children: list[Node | str] = []
        for one in part.children:
            children += [one] if isinstance(one, str) else _written(one, values, in_formulas)
        part.children = children


def _written(node: Node, values: dict[str, Value], in_formulas: set[str]) -> list[Node | str]:
    if node.name == "printedVariable" and node.get("identifier") in values:
        return [_printed(values[node.get("identifier")], node.get("format"))]
    if node.name in ("mi", "ci") and node.text().strip() in in_formulas:
        return [Node("mn", {}, [_printed(values[node.text().strip()], "")], node.line)]
    named = node.get("templateIdentifier")
    if named in values:
        is_named = node.get("identifier") in map(str, all_of(values[named]))
        if is_named != (node.get("showHide", "show") != "hide"):
            return []
        if node.name in ("templateInline", "templateBlock"):
            return [Node("span" if node.name == "templateInline" else "div", {}, node.children, node.line)]
    return [node]


def _printed(value: Value, form: str) -> str:
    if isinstance(value, float) and form.startswith("%") and form[-1:] in "fegi" and len(form) < 8:
        try:
            return form % (int(value) if form.endswith("i") else value)
        except (ValueError, TypeError):
            pass
    if isinstance(value, list | tuple):
        return ", ".join(_printed(one, form) for one in value)
    if isinstance(value, float):
        return number_text(float(f"{value:.6g}"))
    return "" if value is None else str(value)


def _write_correct(item: Node, correct: dict[str, Value]) -> None:
    for declaration in item.elements("responseDeclaration"):
        value = correct.get(declaration.get("identifier"))
        if value is None:
            continue
        declaration.children = [
            one for one in declaration.children if isinstance(one, str) or one.name != "correctResponse"
        ]
        written = [
            Node("value", {}, [number_text(one) if isinstance(one, float) else str(one)]) for one in all_of(value)
        ]
        declaration.children.append(Node("correctResponse", {}, [*written]))
