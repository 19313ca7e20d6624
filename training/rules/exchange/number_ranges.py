"""Numbers with tolerances, marks and feedback, as other programs list them, as a numeric question of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_text
from training.rules.exchange.texts.escaping import markdown_of_plain
from training.rules.kinds.protocol import TOLERANCE


@dataclass(frozen=True)
class NumberAnswer:
    """One answer: the number (None for any other), how far from it, its mark in [0, 1], and feedback."""

    right: float | int | None
    tolerance: float | int = 0
    mark: float = 1.0
    feedback: str = ""


@dataclass(frozen=True)
class Asked:
    """A specification, what else to say afterwards, and remarks for the author."""

    specification: dict[str, Any]
    said: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def numeric_of(answers: Sequence[NumberAnswer], line: int) -> Asked:
    """A numeric question. It has one right number here: parts for others are left out with a remark.

    Several right numbers that must be met exactly are asked as words. Raises UnreadableError for what is neither.
    """
    numbers = [one for one in answers if one.right is not None]
    full = [one for one in numbers if one.mark > 1 - TOLERANCE]
    if not full:
        raise UnreadableError(line, "No number earns the full mark.", "Give one of them the whole mark.")
    said = tuple(markdown_of_plain(one.feedback) for one in answers if one.feedback)
    remarks = []
    if said:
        remarks.append("Feedback on single numbers is now part of the explanation.")
    others = [one for one in full[1:] if not _within(one, full[0])]
    if others and any(one.tolerance for one in full):
        message = "There are several right numbers, each with a tolerance."
        raise UnreadableError(line, message, "Make a question of each.")
    if others:
        accept = [number_text(one.right) for one in full if one.right is not None]
        return Asked({"kind": "short_text", "accept": list(dict.fromkeys(accept))}, said, tuple(remarks))
    if any(TOLERANCE < one.mark <= 1 - TOLERANCE for one in numbers):
        remarks.append("A number that was worth a part earns nothing now.")
    right = full[0]
    specification: dict[str, Any] = {"kind": "numeric", "right": right.right, "tolerance": right.tolerance}
    return Asked(specification, said, tuple(remarks))


def _within(one: NumberAnswer, other: NumberAnswer) -> bool:
    """Whether all that one answer takes is taken by another."""
    assert one.right is not None
    assert other.right is not None
    return abs(one.right - other.right) + one.tolerance <= other.tolerance + TOLERANCE * max(1.0, abs(other.right))
