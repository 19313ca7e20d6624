"""Words and marks that the pages about learning share, and the filters that put course texts into them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.protocol import Part, Specification
from training.rules.rich_text import to_html, to_inline_html, to_plain

TYPED = frozenset({"numeric", "short_text", "blanks", "long_text"})
"""Kinds whose answers are the learner's own words: shown as they were typed, never read as Markdown."""

LISTED = frozenset({"multiple_choice", "matching", "categorise", "ordering"})
"""Kinds whose answers in words are a list, its entries parted by semicolons."""

_NUMBER = re.compile(r"\d{1,2}\. ")


@dataclass(frozen=True)
class AnswerLine:
    """One line of an answer. `value` is what was given for `text`; `right` is None where a line is neither."""

    text: str
    value: str = ""
    right: bool | None = None
    feedback: str = ""

    @property
    def words(self) -> str:
        """The line as one text."""
        return f"{self.text} → {self.value}" if self.value else self.text


def hours_in_words(minutes: int) -> str:
    """Minutes of work as people say them: "20 minutes", "an hour", "2½ hours"."""
    if minutes < 55:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    whole, half = divmod(max(2, round(minutes / 30)), 2)
    return "an hour" if (whole, half) == (1, 0) else f"{whole}{'½' if half else ''} hours"


def answer_lines(kind: str, said: str, parts: Sequence[Part]) -> list[AnswerLine]:
    """An answer in words, line by line, each with whether it was right and the feedback on it. `parts` as graded."""
    if not said:
        return []
    if kind == "scenario" and parts:
        return [AnswerLine(to_plain(part.label), feedback=part.feedback) for part in parts]
    if kind in LISTED:
        return _taken_apart(said, parts) or [AnswerLine(to_plain(said))]
    feedback = " ".join(part.feedback for part in parts if part.feedback)
    return [AnswerLine(said if kind in TYPED else to_plain(said), feedback=feedback)]


def right_lines(specification: Specification) -> list[AnswerLine]:
    """What would have been right, line by line, without marks; empty if only a person can tell."""
    kind = kind_of(specification)
    parts = kind.grade(specification, kind.right_response(specification)).parts
    steps = [part for part in parts if part.key != "ending"]  # of a talk: what to say, not how it ends
    return answer_lines(kind.name, kind.right_answer(specification), steps)


def _taken_apart(said: str, parts: Sequence[Part]) -> list[AnswerLine]:
    """ "text; text", "text: value; text: value" or "1. text; 2. text" as lines; empty if it does not hold the parts.

    Texts may hold semicolons and colons themselves, so they are looked up, not guessed.
    """
    lines, left, rest = [], list(parts), said
    while rest:
        number = _NUMBER.match(rest)
        start = number.end() if number else 0
        part = max(
            (one for one in left if rest.startswith(one.label, start)), key=lambda one: len(one.label), default=None
        )
        if part is None:
            return []
        left.remove(part)
        after = rest[start + len(part.label) :]
        value, rest = _value_and_rest(after, left)
        right = None if part.fraction is None else part.fraction > 0.5
        text = (number[0] if number else "") + to_plain(part.label)
        lines.append(AnswerLine(text, to_plain(value), right, part.feedback))
    return lines


def _value_and_rest(after: str, left: Sequence[Part]) -> tuple[str, str]:
    """What stands behind ": " up to the next part that is still left, and what comes after it."""
    if not after.startswith(": "):
        return "", after.removeprefix("; ")
    ends = [place for one in left if (place := after.find(f"; {one.label}: ")) > 0]
    end = min(ends, default=len(after))
    return after[2:end], after[end + 2 :]


FILTERS = {
    "hours": hours_in_words,
    "inline": lambda text: Markup(to_inline_html(text)),  # noqa: S704 - cleaned by an allow-list
    "rich": lambda text: Markup(to_html(text)),  # noqa: S704 - likewise
    "plain": to_plain,
}
