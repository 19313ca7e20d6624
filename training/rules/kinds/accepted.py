"""Accepted answers: what counts as right where words are typed. Used by short text and by blanks.

`accept` is a list of patterns, each a text or `{text, mark, feedback}`; "*" stands for anything. `near_miss` is the
number of slips of the keyboard that are forgiven in a pattern without "*".
"""

from dataclasses import dataclass
from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.protocol import Field, FieldProblem, Specification
from training.rules.kinds.spelling import WILDCARD, matches, pieces_of, plain, slips

FIELDS = ("accept", "case_sensitive", "accent_sensitive", "near_miss")
PATTERN_FIELDS = ("text", "mark", "feedback")
MOST_SLIPS = 3
LETTERS_PER_SLIP = 4
LONGEST_PATTERN = 200


@dataclass(frozen=True)
class Match:
    """What the best pattern says of a typed text. `fraction` 0 and no feedback if none fits."""

    fraction: float = 0.0
    feedback: str = ""


def accept_problems(values: Specification, at: Field = ()) -> list[FieldProblem]:
    """What is wrong with the accepted answers of a question, or of one blank of it."""
    listed = values.get("accept")
    problems = fields.list_problems(listed, (*at, "accept"), 1, 50)
    for name in ("case_sensitive", "accent_sensitive"):
        problems += fields.flag_problems(values.get(name, False), (*at, name))
    problems += fields.whole_number_problems(values.get("near_miss", 0), (*at, "near_miss"), 0, MOST_SLIPS)
    if not isinstance(listed, list):
        return problems
    for place, pattern in enumerate(listed):
        problems += _pattern_problems(pattern, (*at, "accept", place))
    return problems or _whole_problems(values, at)


def _pattern_problems(pattern: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(pattern, dict):
        return fields.text_problems(pattern, at, LONGEST_PATTERN)
    problems = fields.unknown_fields(pattern, PATTERN_FIELDS, at)
    problems += fields.text_problems(pattern.get("text"), (*at, "text"), LONGEST_PATTERN)
    problems += fields.number_problems(pattern.get("mark", 1), (*at, "mark"), 0, 1)
    return problems + fields.optional_text_problems(pattern.get("feedback"), (*at, "feedback"))


def _whole_problems(values: Specification, at: Field) -> list[FieldProblem]:
    """What is wrong with patterns that are each well-formed."""
    problems = []
    near_miss = values.get("near_miss", 0)
    for place, pattern in enumerate(values["accept"]):
        text, field = _text(pattern), (*at, "accept", place)
        if not any(plain(piece) for piece in pieces_of(text)):
            problems.append(FieldProblem(field, f"“{text}” would accept anything.", "Give a word."))
        elif WILDCARD not in text and len(text) < LETTERS_PER_SLIP * near_miss:
            cure = f"Lower near_miss, or accept only words of {LETTERS_PER_SLIP * near_miss} letters or more."
            problems.append(FieldProblem(field, f"“{text}” is too short to forgive {near_miss} slips.", cure))
    if all(_mark(pattern) < 1 for pattern in values["accept"]):
        problems.append(FieldProblem((*at, "accept"), "No answer earns the full mark.", "Leave one mark at 1."))
    return problems


def best_match(values: Specification, text: str) -> Match:
    """The pattern that earns most for a typed text; an exact fit comes before a near miss."""
    best = Match()
    for forgiven in (0, int(values.get("near_miss", 0))):
        for pattern in values["accept"]:
            if _mark(pattern) > best.fraction and _fits(values, _text(pattern), text, forgiven):
                best = Match(_mark(pattern), _words(pattern, forgiven))
        if best.fraction:
            return best
    return _known_wrong(values, text)


def _known_wrong(values: Specification, text: str) -> Match:
    """A pattern worth nothing may still have something to say."""
    for pattern in values["accept"]:
        if _mark(pattern) <= 0 and _fits(values, _text(pattern), text, 0):
            return Match(0.0, _words(pattern, 0))
    return Match()


def _fits(values: Specification, pattern: str, text: str, forgiven: int) -> bool:
    case, accents = bool(values.get("case_sensitive")), bool(values.get("accent_sensitive"))
    typed = plain(text, case, accents)
    pieces = [plain_piece(piece, case, accents) for piece in pieces_of(pattern)]
    if forgiven and len(pieces) == 1:
        return slips(typed, plain(pieces[0], case, accents), forgiven) <= forgiven
    if len(pieces) == 1:
        return typed == plain(pieces[0], case, accents)
    return matches(typed, pieces)


def plain_piece(piece: str, case_sensitive: bool, accent_sensitive: bool) -> str:
    """One piece of a pattern as it is compared; spaces at its ends are kept, they part words."""
    inside = plain(f"|{piece}|", case_sensitive, accent_sensitive)
    return inside[1:-1]


def _words(pattern: Any, forgiven: int) -> str:
    own = str(pattern.get("feedback") or "") if isinstance(pattern, dict) else ""
    return f"Counted as “{_text(pattern)}”. {own}".strip() if forgiven else own


def _text(pattern: Any) -> str:
    return str(pattern["text"] if isinstance(pattern, dict) else pattern)


def _mark(pattern: Any) -> float:
    return float(pattern.get("mark", 1)) if isinstance(pattern, dict) else 1.0


def example(values: Specification) -> str:
    """A text that earns the full mark: the first such pattern, preferably one without wildcards."""
    full = [_text(pattern) for pattern in values["accept"] if _mark(pattern) >= 1]
    best = min(full, key=lambda text: len(pieces_of(text)) > 1)
    return " ".join("".join(pieces_of(best)).split())
