"""Answers that are typed, as other programs list them, as short text or as one gap of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.rules.exchange.results import UnreadableError
from training.rules.exchange.texts.escaping import markdown_of_plain
from training.rules.kinds.accepted import LONGEST_PATTERN
from training.rules.kinds.spelling import pieces_of, plain


@dataclass(frozen=True)
class TypedAnswer:
    """One answer: a pattern in which "*" stands for anything, its mark in [0, 1], and feedback."""

    pattern: str
    mark: float = 1.0
    feedback: str = ""


@dataclass(frozen=True)
class Typed:
    """The fields of accepted answers, what else to say afterwards, and remarks for the author."""

    fields: dict[str, Any]
    said: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def specification(self) -> dict[str, Any]:
        """The fields as a short text."""
        return {"kind": "short_text", **self.fields}


def accepts_anything(pattern: str) -> bool:
    """Whether nothing but a wildcard is left of a pattern."""
    return not any(plain(piece) for piece in pieces_of(pattern))


def literal(text: str) -> str:
    """A text as a pattern that means just this text."""
    return text.replace("*", r"\*")


def short_text(answers: Sequence[TypedAnswer], line: int, case_sensitive: bool = False) -> Typed:
    """Accepted answers. What is said to any other answer has no place in a pattern; it is said afterwards to everybody.

    Raises UnreadableError if no answer is left.
    """
    kept, said, remarks = [], [], []
    for answer in answers:
        if accepts_anything(answer.pattern):
            if answer.mark > 0:
                remarks.append("An answer that accepts anything was left out.")
            elif answer.feedback:
                said.append(f"{markdown_of_plain(answer.feedback)}")
            continue
        kept.append(answer)
    if not kept:
        raise UnreadableError(line, "No answer is accepted.", "Write an accepted answer.")
    if any(len(one.pattern) > LONGEST_PATTERN for one in kept):
        cure = "Ask it as a long text, or accept the words that count with “*” around them."
        raise UnreadableError(line, f"An accepted answer has more than {LONGEST_PATTERN} characters.", cure)
    fields: dict[str, Any] = {"accept": [_entry(one) for one in kept]}
    if case_sensitive:
        fields["case_sensitive"] = True
    return Typed(fields, tuple(said), tuple(remarks))


def _entry(answer: TypedAnswer) -> Any:
    entry: dict[str, Any] = {"text": answer.pattern}
    if answer.mark < 1:
        entry["mark"] = answer.mark
    if answer.feedback:
        entry["feedback"] = answer.feedback
    return entry if len(entry) > 1 else answer.pattern
