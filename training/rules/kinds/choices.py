"""Choices: what single choice, multiple choice and choosing in a text have in common.

A choice is `{text, right, feedback, mark}`: `mark` (from -1 to 1) says what it is worth where that is not simply
everything or nothing; without it a right choice is worth 1 and a wrong one 0.
"""

from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.protocol import Field, FieldProblem, Specification

CHOICE_FIELDS = ("text", "right", "feedback", "mark")
MOST_CHOICES = 20


def choice_problems(choices: Any, at: Field = ("choices",)) -> list[FieldProblem]:
    """What is wrong with a list of choices, whichever of them are right."""
    problems = fields.list_problems(choices, at, 2, MOST_CHOICES)
    if not isinstance(choices, list):
        return problems
    for place, choice in enumerate(choices):
        problems += _one_choice_problems(choice, (*at, place))
    texts = [choice.get("text") if isinstance(choice, dict) else None for choice in choices]
    return problems + fields.distinct_texts_problems(texts, at, "text")


def _one_choice_problems(choice: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(choice, dict):
        return [FieldProblem(at, "A choice needs a text.", "Write “- text: …” and, if it is right, “right: true”.")]
    problems = fields.unknown_fields(choice, CHOICE_FIELDS, at)
    problems += fields.text_problems(choice.get("text"), (*at, "text"))
    problems += fields.flag_problems(choice.get("right", False), (*at, "right"))
    problems += fields.optional_text_problems(choice.get("feedback"), (*at, "feedback"))
    if "mark" in choice:
        problems += fields.number_problems(choice["mark"], (*at, "mark"), -1, 1)
    return problems


def right_count(choices: Any) -> int:
    """How many choices are marked as right, in a list that may still have problems."""
    if not isinstance(choices, list):
        return 0
    return sum(isinstance(choice, dict) and choice.get("right") is True for choice in choices)


def texts(specification: Specification) -> list[str]:
    """The texts of the choices as written."""
    return [choice["text"] for choice in specification["choices"]]


def worth(choice: dict[str, Any]) -> float:
    """What one choice is worth on its own, in [-1, 1]."""
    return float(choice.get("mark", 1.0 if choice.get("right") else 0.0))


def feedback(choice: dict[str, Any]) -> str:
    """What the author says to somebody who chose it."""
    return str(choice.get("feedback") or "")
