"""A text with numbered gaps, [[1]] to [[n]]: what blanks and choosing in a text have in common.

The numbers say which entry of `gaps` belongs where. They are not words, because a gap that is named after its answer
would tell it.
"""

import re
from collections.abc import Mapping

from training.rules.kinds import fields
from training.rules.kinds.marking import is_all_or_nothing, marking_problems
from training.rules.kinds.protocol import TOLERANCE, FieldProblem, Graded, Part, Specification, graded

FIELDS = ("text", "gaps", "marking")
FIELD_PREFIX = "gap-"
MOST_GAPS = 20
_GAP = re.compile(r"\[\[(\d{1,2})\]\]", re.ASCII)


def gap_problems(specification: Specification) -> list[FieldProblem]:
    """What is wrong with the text and with the numbers of its gaps; what the gaps hold is checked elsewhere."""
    text, gaps = specification.get("text"), specification.get("gaps")
    problems = fields.unknown_fields_of_kind(specification, FIELDS)
    problems += fields.text_problems(text, ("text",), 5000) + fields.list_problems(gaps, ("gaps",), 1, MOST_GAPS)
    problems += marking_problems(specification)
    if problems or not isinstance(text, str) or not isinstance(gaps, list):
        return problems
    found = [int(number) for number in _GAP.findall(text)]
    if sorted(found) != list(range(1, len(gaps) + 1)):
        there = ", ".join(f"[[{number}]]" for number in found) or "none"
        message = f"There are {len(gaps)} entries of gaps, and in the text stand: {there}."
        problems.append(FieldProblem(("text",), message, "Write [[1]], [[2]] and so on, each once."))
    return problems


def pieces(specification: Specification) -> list[str | int]:
    """The text as its fixed pieces and, between them, the numbers of gaps (from 1)."""
    parts = _GAP.split(specification["text"])
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def filled_in(specification: Specification, words: Mapping[int, str]) -> str:
    """The text on one line with words in its gaps; a gap without one is shown as a line."""
    parts = (words.get(part) or "____" if isinstance(part, int) else part for part in pieces(specification))
    return " ".join("".join(parts).split())


def grade_gaps(specification: Specification, parts: tuple[Part, ...]) -> Graded:
    """Partial: the mean over all gaps. All or nothing: 1 only if every gap is wholly right."""
    fractions = [part.fraction or 0.0 for part in parts]
    if is_all_or_nothing(specification):
        return graded(float(min(fractions) > 1 - TOLERANCE), parts)
    return graded(sum(fractions) / len(fractions), parts)


def missing_gaps(specification: Specification, filled: Mapping[int, str]) -> str:
    """How many gaps are still open, as a sentence."""
    still = len(specification["gaps"]) - len(filled)
    return f"{still} of {len(specification['gaps'])} gaps are still open." if still else ""
