"""Write GIFT. Texts are Markdown and say so; everything stands on one line, so that no empty line can part it."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.fitting import Fitting, changed, fitted, marks_of
from training.rules.exchange.gift.scanner import CATEGORY, escaped
from training.rules.exchange.gift.texts import formed
from training.rules.exchange.results import Exported
from training.rules.exchange.rubric_text import USUAL_RUBRIC
from training.rules.exchange.shares import number_text, percent_of
from training.rules.exchange.texts.plain import plain_of_html
from training.rules.exchange.topics import category_of_topic, word_of_pool

MARKDOWN = "[markdown]"
DETAILS = {
    "keys": "keys of older wordings",
    "shuffle": "a fixed order of choices",
    "unit": "units",
    "other_units": "other units",
    "case_sensitive": "capital letters that matter",
    "least_words": "a least number of words",
    "most_words": "a most number of words",
    "example": "an example of a good answer",
}


def write_gift(questions: Sequence[QuestionText]) -> Exported:
    """Questions as a GIFT file."""
    fitting = Fitting("GIFT")
    kept = fitted(questions, fitting, _fit)
    parts, topic = [], ""
    for question in kept:
        if question.topic != topic:
            topic = question.topic
            parts.append(f"{CATEGORY} {category_of_topic(topic)}")
        parts.append(_question(question))
    data = "".join(f"{part}\n\n" for part in parts).encode()
    return Exported(data, "gift.txt", "text/plain; charset=utf-8", tuple(kept), tuple(fitting.problems))


def _fit(fitting: Fitting, question: QuestionText) -> QuestionText | None:
    if question.kind not in _WRITERS:
        fitting.unknown_kind(question)
        return None
    question = fitting.absolute(fitting.drop_weight(fitting.with_pool(fitting.with_topic(question))))
    question = fitting.without_leniency(question)
    for name, words in DETAILS.items():
        question = fitting.drop(question, name, words)
    question = fitting.in_parts(question)
    if question.kind == "long_text" and question.specification["rubric"] != USUAL_RUBRIC:
        fitting.lost(question, "GIFT has no place for a rubric.", "Write the rubric again after the import.")
        question = changed(question, rubric=USUAL_RUBRIC)
    if question.kind == "categorise":
        question = fitting.in_order_of_use(question)
    if "](pictures/" in question.prompt + question.explanation:
        fitting.lost(question, "GIFT cannot hold pictures.", "Export it as Moodle XML or QTI.")
    return question


def _question(question: QuestionText) -> str:
    words = [str(question.about)]
    words += ["categorise"] if question.kind == "categorise" else []
    words += [word_of_pool(question.pool)] if question.pool else []
    tags = " ".join(f"[tag:{word}]" for word in words)
    answers = _WRITERS[question.kind](question.specification)
    general = f"####{_long(question.explanation)}" if question.explanation else ""
    return f"// {tags}\n::{escaped(question.slug)}::{_long(question.prompt)}{{{answers}{general}}}"


def _long(markdown: str) -> str:
    return MARKDOWN + ("\\n" if markdown[:1].isspace() else "") + escaped(markdown)


def _short(text: str) -> str:
    """Words among texts that are Markdown unless they say otherwise."""
    if "->" in text:  # which would make pairs of the answers
        return f"[html]{escaped(escape(text, quote=False))}"
    written = escaped(text)
    is_plain = not text.startswith("%") and formed(written, "markdown").plain() == text
    return written if is_plain else f"[plain]{written}"


def _said(feedback: str | None) -> str:
    return f"#{_short(feedback)}" if feedback else ""


def _weight(mark: float) -> str:
    return f"%{percent_of(mark)}%"


def _single_choice(values: dict[str, Any]) -> str:
    def one(choice: dict[str, Any]) -> str:
        sign = "=" if choice.get("right") else "~" + (_weight(choice["mark"]) if choice.get("mark") else "")
        return f"{sign}{_short(choice['text'])}{_said(choice.get('feedback'))}"

    return " ".join(map(one, values["choices"]))


def _multiple_choice(values: dict[str, Any]) -> str:
    def one(choice: dict[str, Any], mark: float) -> str:
        return f"~{_weight(mark)}{_short(choice['text'])}{_said(choice.get('feedback'))}"

    return " ".join(one(choice, mark) for choice, mark in zip(values["choices"], marks_of(values), strict=True))


def _true_false(values: dict[str, Any]) -> str:
    when_right, when_wrong = values.get("feedback_true", ""), values.get("feedback_false", "")
    if not values["right"]:
        when_right, when_wrong = when_wrong, when_right
    feedback = f"#{_short(when_wrong) if when_wrong else ''}" if when_wrong or when_right else ""
    return ("TRUE" if values["right"] else "FALSE") + feedback + _said(when_right)


def _numeric(values: dict[str, Any]) -> str:
    tolerance = values.get("tolerance", 0)
    return f"#{number_text(values['right'])}" + (f":{number_text(tolerance)}" if tolerance else "")


def _short_text(values: dict[str, Any]) -> str:
    def one(pattern: Any) -> str:
        entry = pattern if isinstance(pattern, dict) else {"text": pattern}
        weight = _weight(entry["mark"]) if "mark" in entry else ""
        return f"={weight}{_pattern(entry['text'])}{_said(entry.get('feedback'))}"

    return " ".join(map(one, values["accept"]))


def _pattern(text: str) -> str:
    if "->" in text or text.startswith(("[", "%")):
        return f"[html]{escaped(escape(text, quote=False))}"
    return escaped(text)


def _side(text: str, is_left: bool) -> str:
    """One side of a pair; an arrow in it becomes an entity."""
    if "->" in text or (not is_left and (plain_of_html(text) != text or text.startswith("["))):
        return f"{'[html]' if is_left or text.startswith('[') else ''}{escaped(escape(text, quote=False))}"
    return _short(text) if is_left else escaped(text)


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"={_side(left, True) if left else ''} -> {_side(right, False)}" for left, right in pairs)


def _matching(values: dict[str, Any]) -> str:
    pairs = [(pair["left"], pair["right"]) for pair in values["pairs"]]
    return _pairs([*pairs, *(("", text) for text in values.get("extra", []))])


def _categorise(values: dict[str, Any]) -> str:
    used = {item["category"] for item in values["items"]}
    pairs = [(item["text"], item["category"]) for item in values["items"]]
    return _pairs([*pairs, *(("", category) for category in values["categories"] if category not in used)])


_WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
    "categorise": _categorise,
    "long_text": lambda values: "",
}
