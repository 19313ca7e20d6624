"""Numbers that are asked for, with the range that the rules of an item have."""

from training.rules.exchange.qti.asked import ENOUGH, Asked, Specification
from training.rules.exchange.qti.candidates import candidates
from training.rules.exchange.qti.ranges import right_range
from training.rules.exchange.qti.values import Response, all_of
from training.rules.exchange.shares import decimal_of, number_of, number_text
from training.rules.exchange.texts.nodes import Node


def number_asked(asked: Asked, interaction: Node, response: Response) -> Specification:
    """A number with the tolerance that the rules have: they are tried around the right number."""
    named = [float(one) for one in candidates(asked, response) if isinstance(one, int | float)]
    declared = _declared_number(asked, response)
    if declared is not None:
        return declared | ({"unit": interaction.get("data-unit")} if interaction.get("data-unit") else {})
    found = right_range(lambda number: asked.score(response, response.of(repr(number))), named)
    if found is None:
        return _as_declared(asked, response)
    right, tolerance = found
    asked.right[response.identifier] = response.of(repr(right))
    whole = response.base_type == "integer" and float(right).is_integer()
    return {"kind": "numeric", "right": int(right) if whole else right, "tolerance": tolerance}


def _as_declared(asked: Asked, response: Response) -> Specification:
    """The declared number where the rules give nothing. Raises UnreadableError if none is declared."""
    values = all_of(response.correct)
    if len(values) != 1 or not isinstance(values[0], float):
        raise asked.without_key(response)
    asked.remarks.append("The rules of marking give nothing; the declared answer is right.")
    return {"kind": "numeric", "right": number_of(number_text(values[0]))}


def _declared_number(asked: Asked, response: Response) -> Specification | None:
    """The number and its tolerance where one rule states both and trying them agrees."""
    rules = asked.item.first("responseProcessing")
    stated = list(rules.below("equal", "equalRounded")) if rules else []
    values = all_of(response.correct)
    if len(stated) != 1 or len(values) != 1 or not asked.scoring.has_rules:
        return None
    right = number_of(str(number_text(values[0])))
    widths, rule = stated[0].get("tolerance").split(), stated[0]
    if right is None or len(set(widths)) > 1 or asked.score(response, float(right)) <= ENOUGH:
        return None
    if rule.name == "equalRounded":
        figures = number_of(rule.get("figures"))
        is_figures = rule.get("roundingMode", "significantFigures") == "significantFigures"
        number = {"kind": "numeric", "right": right, "tolerance": figures, "tolerance_kind": "significant_figures"}
        return number if is_figures and isinstance(figures, int) and figures else None
    width = decimal_of(widths[0]) if widths else None
    if width is None or rule.get("toleranceMode", "exact") == "exact":
        return {"kind": "numeric", "right": right} if asked.score(response, right + _a_bit(right)) <= ENOUGH else None
    is_relative = rule.get("toleranceMode") == "relative"
    distance = abs(right) * float(width) / 100 if is_relative else float(width)
    beyond = distance * (1 + 1e-6) + _a_bit(right)
    if asked.score(response, right + distance) <= ENOUGH or asked.score(response, right + beyond) > ENOUGH:
        return None
    tolerance = {"tolerance": float(width / 100 if is_relative else width)}
    return {"kind": "numeric", "right": right, **tolerance} | ({"tolerance_kind": "relative"} if is_relative else {})


def _a_bit(number: float) -> float:
    return max(abs(number), 1.0) * 1e-6
