"""Strategies that draw lists of questions of all kinds, and what must hold of every format that is written."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.training.rules.course_files.courses import questions, slugs
from tests.training.rules.kinds.specifications import texts
from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.decoding import one_line
from training.rules.exchange.fitting import prepared
from training.rules.exchange.results import Exchange, Exported
from training.rules.kinds.catalogue import validate

marks = st.sampled_from([0.25, 0.5, 1 / 3, 0.9, 1])
odd_texts = texts | st.sampled_from(
    ["3", "A", "1, 2", "->", "a -> b", "=1+1", "'", "%50%x", "[html]", "{1:SA:=x}", "T"]
)


@st.composite
def richer(draw: st.DrawFn, specification: dict[str, Any]) -> dict[str, Any]:
    """A specification with more of what its kind can say."""
    values = deepcopy(specification)
    for one in [values, *values.get("gaps", [])]:
        if "accept" in one and draw(st.booleans()):
            one["accept"] = [draw(patterns(text, first=not place)) for place, text in enumerate(one["accept"])]
    if values["kind"] in ("single_choice", "multiple_choice", "matching") and draw(st.booleans()):
        values["shuffle"] = False
    if values["kind"] == "single_choice":
        fresh = draw(st.lists(odd_texts.map(one_line), min_size=len(values["choices"]), max_size=9, unique=True))
        for choice, text in zip(values["choices"], fresh, strict=False):
            choice["text"] = text
            if not choice["right"] and draw(st.booleans()):
                choice["mark"] = draw(marks)
    if values["kind"] == "numeric" and values["unit"]:
        values["other_units"] = {"feet": draw(st.sampled_from([0.3048, 12, 1 / 3]))}
    if values["kind"] in ("blanks", "choose_in_text"):
        values["text"] = values["text"].replace(" ", "\n", draw(st.integers(0, 2)))
    if values["kind"] == "long_text":
        values["example"] = draw(st.sampled_from(["", "One line.", "Two\n\nparts."]))
    return values


@st.composite
def patterns(draw: st.DrawFn, pattern: Any, first: bool) -> Any:
    """An accepted answer with a mark and feedback; the first is worth everything."""
    if isinstance(pattern, dict):
        return pattern
    return {
        "text": pattern,
        "mark": 1 if first else draw(marks | st.just(0)),
        "feedback": draw(st.just("") | odd_texts),
    }


@st.composite
def question_lists(draw: st.DrawFn, most: int = 4) -> list[QuestionText]:
    names = draw(st.lists(slugs, min_size=1, max_size=most, unique=True))
    drawn = [draw(questions(name)) for name in names]
    return [replace(one, specification=draw(richer(one.specification))) for one in drawn]


def comes_back(
    given: list[QuestionText], write: Callable[[list[QuestionText]], Exported], read: Callable[[bytes], Exchange]
) -> None:
    """What was carried is read again without a word, and whatever was not carried as it was is listed."""
    assert all(validate(question.specification) == [] for question in given)
    written = write(given)
    if written.carried:
        back = read(written.data)
        assert back.problems == ()
        assert back.questions == written.carried
    carried = {question.slug: question for question in written.carried}
    listed = {problem.question for problem in written.problems}
    left_out = {problem.question for problem in written.problems if problem.left_out}
    assert left_out == {question.slug for question in given} - set(carried)
    for question in given:
        assert question.slug in listed or carried[question.slug] == prepared(question)
