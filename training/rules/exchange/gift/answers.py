"""The answers of a GIFT question: what stands between its braces, as a specification."""

import re
from dataclasses import dataclass
from typing import Any

from training.rules.exchange.decoding import one_line
from training.rules.exchange.gift.numbers import numeric
from training.rules.exchange.gift.scanner import find_plain, split_plain, unescaped
from training.rules.exchange.gift.texts import FormedText, formed
from training.rules.exchange.marked_choices import MarkedChoice, one_of, several_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.rubric_text import USUAL_RUBRIC
from training.rules.exchange.shares import share_of
from training.rules.exchange.typed_answers import TypedAnswer, short_text

GENERAL = "####"
_TRUE_FALSE = re.compile(r"\s*(t|true|f|false)\s*", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%\s*([-+]?[\d.,]{1,20})\s*%")


@dataclass(frozen=True)
class Answers:
    """A specification, what is said to everybody afterwards, more to say then, and remarks for the author."""

    specification: dict[str, Any]
    general: FormedText | None = None
    said: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One answer: its sign, its mark (None if not given), its text as written, and the feedback on it."""

    sign: str
    mark: float | None
    written: str
    feedback: str


def read_answers(inside: str, form: str, line: int, is_categorise: bool = False) -> Answers:
    """What stands between the braces. `form` is how the question is written. Raises UnreadableError."""
    place = _last_general(inside)
    general = formed(inside[place + len(GENERAL) :], form) if place >= 0 else None
    inside = (inside[:place] if place >= 0 else inside).strip()
    specification, said, remarks = _kind(inside, form, line, is_categorise)
    return Answers(specification, general if general and general.text else None, said, remarks)


def _last_general(inside: str) -> int:
    found, place = -1, find_plain(inside, GENERAL)
    while place >= 0:
        found, place = place, find_plain(inside, GENERAL, place + len(GENERAL))
    return found


Read = tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]


def _kind(inside: str, form: str, line: int, is_categorise: bool) -> Read:
    if not inside:
        return {"kind": "long_text", "rubric": USUAL_RUBRIC}, (), ()
    if inside.startswith("#"):
        return numeric(inside[1:].strip(), form, line)
    if _TRUE_FALSE.fullmatch(split_plain(inside, "#")[0]):
        return _true_false(inside, form), (), ()
    if find_plain(inside, "~") >= 0:
        return _choices(inside, form, line)
    parts = split_plain(inside, "=")[1:]
    if parts and all(find_plain(split_plain(part, "#", 1)[0], "->") >= 0 for part in parts):
        return _matching(parts, form, is_categorise), (), ()
    return _short_text(inside, form, line)


def answers_in(inside: str, signs: str) -> list[Answer]:
    """The answers between some signs, each of them perhaps with a weight and feedback."""
    found, place = [], 0
    starts = sorted(start for sign in signs for start in _all(inside, sign))
    if not starts or inside[: starts[0]].strip():
        starts.insert(0, -1)  # the first answer has no sign
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(inside)
        text, *feedback = split_plain(inside[start + 1 : end], "#", 1)
        weight = _WEIGHT.match(text)
        mark = share_of(weight[1]) if weight else None
        written = text[weight.end() :] if weight and mark is not None else text
        found.append(Answer(inside[start] if start >= 0 else "", mark, written, feedback[0] if feedback else ""))
    return found


def _all(text: str, sign: str) -> list[int]:
    places, place = [], find_plain(text, sign)
    while place >= 0:
        places.append(place)
        place = find_plain(text, sign, place + 1)
    return places


def _true_false(inside: str, form: str) -> dict[str, Any]:
    """The first feedback is said to whoever is wrong, the second to whoever is right."""
    word, *feedback = split_plain(inside, "#", 2)
    right = word.strip().casefold().startswith("t")
    words = [formed(one, form).plain() for one in feedback] + ["", ""]
    when_true, when_false = (words[1], words[0]) if right else (words[0], words[1])
    return {"kind": "true_false", "right": right, "feedback_true": when_true, "feedback_false": when_false}


def _choices(inside: str, form: str, line: int) -> Read:
    found = answers_in(inside, "~=")
    choices = [
        MarkedChoice(
            formed(one.written, form).plain(),
            (1.0 if one.sign == "=" else 0.0) if one.mark is None else one.mark,
            formed(one.feedback, form).plain(),
        )
        for one in found
    ]
    if not any(choice.mark > 0 for choice in choices):
        raise UnreadableError(line, "No choice is right.", "Begin the right one with “=”, or give weights as %50%.")
    is_single = any(one.sign == "=" for one in found)
    marked = one_of(choices) if is_single else several_of(choices)
    return marked.specification, (), marked.remarks


def _matching(parts: list[str], form: str, is_categorise: bool) -> dict[str, Any]:
    pairs, extra = [], []
    for part in parts:
        left, right = split_plain(part, "->", 1)
        words, other = formed(left, form).plain(), one_line(formed(right, "html").plain())
        if words:
            pairs.append({"left": words, "right": other})
        elif other:
            extra.append(other)
    if is_categorise:
        categories = list(dict.fromkeys([*(pair["right"] for pair in pairs), *extra]))
        items = [{"text": pair["left"], "category": pair["right"]} for pair in pairs]
        return {"kind": "categorise", "categories": categories, "items": items}
    return {"kind": "matching", "pairs": pairs, "extra": extra}


def _short_text(inside: str, form: str, line: int) -> Read:
    answers = [
        TypedAnswer(
            one_line(
                unescaped(formed(one.written, form).plain() if one.written.lstrip().startswith("[") else one.written)
            ),
            1.0 if one.mark is None else max(0.0, one.mark),
            formed(one.feedback, form).plain(),
        )
        for one in answers_in(inside, "=")
    ]
    typed = short_text(answers, line)
    return typed.specification, typed.said, typed.remarks
