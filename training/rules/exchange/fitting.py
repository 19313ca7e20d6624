"""Make questions fit into a format. What does not fit is listed; nothing is lost in silence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from training.rules.course_files.course_text import QuestionText
from training.rules.course_files.front_matter import tidy_body
from training.rules.exchange.decoding import one_line, tidy
from training.rules.exchange.plain_form import plain_question
from training.rules.exchange.results import Problem
from training.rules.exchange.texts.lines import kept_lines
from training.rules.exchange.topics import category_of_topic, pool_of_tags, topic_of_category, word_of_pool
from training.rules.kinds.catalogue import KINDS
from training.rules.kinds.numbers import ToleranceKind, allowed_distance

Specification = dict[str, Any]
CHECK = "Check the question after the import."


class Fitting:
    """One export: fits question after question, and keeps what was lost. `title` is the format in words."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.problems: list[Problem] = []

    def left_out(self, question: QuestionText, message: str, cure: str) -> None:
        """List a question that the format cannot hold."""
        self.problems.append(Problem(0, message, cure, True, question.slug))

    def unknown_kind(self, question: QuestionText) -> None:
        """List a question whose kind the format does not have."""
        message = f"{self.title} has no kind of question like “{KINDS[question.kind].title}”."
        self.left_out(question, message, "Export it as CSV.")

    def lost(self, question: QuestionText, message: str, cure: str = CHECK) -> None:
        """List a detail that the format cannot hold."""
        self.problems.append(Problem(0, message, cure, False, question.slug))

    def drop(self, question: QuestionText, name: str, words: str) -> QuestionText:
        """The question without a field of its specification, listed if it has it."""
        if name not in question.specification:
            return question
        self.lost(question, f"{self.title} has no place for {words}.")
        rest = {key: value for key, value in question.specification.items() if key != name}
        return replace(question, specification=rest)

    def drop_weight(self, question: QuestionText) -> QuestionText:
        """The question with weight 1."""
        if question.weight == 1:  # a weight is written by an author, not computed
            return question
        self.lost(question, f"{self.title} has no place for the weight {question.weight:g}.")
        return replace(question, weight=1.0)

    def with_topic(self, question: QuestionText) -> QuestionText:
        """The question with a topic that survives as a category."""
        if topic_of_category(category_of_topic(question.topic)) == question.topic:
            return question
        self.lost(question, f"The topic “{question.topic}” is no name of a category in {self.title}.")
        return replace(question, topic="")

    def with_pool(self, question: QuestionText) -> QuestionText:
        """The question with a pool that survives as a tag."""
        if pool_of_tags([word_of_pool(question.pool)]) == question.pool and not set("[]<>\\") & set(question.pool):
            return question
        self.lost(question, f"The pool “{question.pool}” is no tag in {self.title}.")
        return replace(question, pool="")

    def absolute(self, question: QuestionText) -> QuestionText:
        """A number with an absolute tolerance, as other programs have it."""
        values = question.specification
        if "tolerance_kind" not in values:
            return question
        kind = ToleranceKind(values["tolerance_kind"])
        width = float(f"{allowed_distance(float(values['right']), float(values.get('tolerance', 0)), kind):.12g}")
        self.lost(question, f"{self.title} knows only absolute tolerances: {width:g} is written.")
        rest = {name: value for name, value in values.items() if name not in ("tolerance", "tolerance_kind")}
        return replace(question, specification=rest | ({"tolerance": width} if width else {}))

    def without_leniency(self, question: QuestionText) -> QuestionText:
        """The question without what only we know of typed words: slips that are forgiven, accents that matter."""
        for name, words in (("near_miss", "slips that are forgiven"), ("accent_sensitive", "accents that matter")):
            question = self.drop(question, name, words)
            gaps = question.specification.get("gaps", [])
            if any(name in gap for gap in gaps):
                self.lost(question, f"{self.title} has no place for {words}.")
                rest = [{key: value for key, value in gap.items() if key != name} for gap in gaps]
                question = changed(question, gaps=rest)
        return question

    def in_parts(self, question: QuestionText) -> QuestionText:
        """The question marked by parts. All or nothing can be said with marks where only one choice is right."""
        values = question.specification
        if values.get("marking") != "all_or_nothing":
            return question
        if question.kind == "multiple_choice" and sum("right" in choice for choice in values["choices"]) == 1:
            return question
        self.lost(question, f"{self.title} gives a part of the mark for a part of the answer.")
        return changed(question, marking="partial")

    def in_order_of_use(self, question: QuestionText) -> QuestionText:
        """Categories in the order in which items first use them, which is all that a list of pairs can say."""
        used = list(dict.fromkeys(item["category"] for item in question.specification["items"]))
        rest = [one for one in question.specification["categories"] if one not in used]
        if question.specification["categories"] != [*used, *rest]:
            self.lost(question, f"{self.title} does not keep the order of categories.")
        return changed(question, categories=[*used, *rest])


def marks_of(values: Specification) -> list[float]:
    """What each choice of a multiple choice is worth on its own."""
    choices = values["choices"]
    if values.get("marking") == "weighted":
        return [float(choice.get("mark", 1.0 if choice.get("right") else 0.0)) for choice in choices]
    right = sum(bool(choice.get("right")) for choice in choices)
    if values.get("marking") == "all_or_nothing":
        return [1 / right if choice.get("right") else -1.0 for choice in choices]
    return [1 / right if choice.get("right") else -1 / (len(choices) - right) for choice in choices]


def prepared(question: QuestionText) -> QuestionText:
    """A question in plain form, its texts without anything that cannot be seen, short ones on one line."""
    plain = plain_question(question)
    specification = _spaced(plain.specification)
    if isinstance(plain.specification.get("text"), str):
        specification["text"] = kept_lines(tidy(plain.specification["text"]))
    return replace(
        plain,
        prompt=tidy_body(tidy(plain.prompt)),
        explanation=tidy_body(tidy(plain.explanation)),
        topic=one_line(plain.topic),
        specification=specification,
    )


def _spaced(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return tidy(value).strip() if name in ("example", "picture") else one_line(value)
    if isinstance(value, list):
        return [_spaced(one) for one in value]
    if isinstance(value, dict):
        return {_spaced(key): _spaced(one, key) for key, one in value.items()}
    return value


def changed(question: QuestionText, **fields: Any) -> QuestionText:
    """The question with some fields of its specification set."""
    return replace(question, specification={**question.specification, **fields})


Fit = Callable[[Fitting, QuestionText], QuestionText | None]


def fitted(questions: Sequence[QuestionText], fitting: Fitting, fit: Fit) -> list[QuestionText]:
    """All questions that fit, changed where they must be. `fit` answers None for one that it has listed as left out."""
    kept = []
    for question in questions:
        one = fit(fitting, prepared(question))
        if one is not None:
            kept.append(prepared(one))
    return kept
