"""The plain form of a specification: the same question, with nothing said that is meant anyway.

Two specifications that ask and mark the same have one plain form, so that what was written to a file and read again can
be compared. Reading always gives the plain form.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.marked_choices import is_partial
from training.rules.exchange.shares import snapped
from training.rules.kinds.file_upload import USUAL_ENDINGS
from training.rules.kinds.marking import Marking

Table = dict[str, Any]
CHOICE_ORDER = ("text", "right", "mark", "feedback", "circle", "box", "polygon")
_GAP = re.compile(r"\[\[(\d{1,2})\]\]")


def plain_question(question: QuestionText) -> QuestionText:
    """A question with the plain form of its specification."""
    return replace(question, specification=plain_form(question.specification))


def plain_form(specification: Table) -> Table:
    """The plain form of a specification without problems. Keys that were carried over stay."""
    rest = _without(specification, kind=None, keys={}, shuffle=True, marking=Marking.PARTIAL, extra=[])
    arranged = _OF_KIND.get(specification["kind"], dict)(rest)
    keys = {"keys": specification["keys"]} if specification.get("keys") else {}
    return {"kind": specification["kind"], **arranged, **keys}


def plain_choice(choice: Table) -> Table:
    """A choice without empty feedback, and with a mark only where a wrong one is worth a part."""
    plain: Table = {"text": choice["text"]}
    mark = snapped(float(choice.get("mark", 0)))
    if choice.get("right"):
        plain["right"] = True
    elif mark > 0:
        plain["mark"] = mark
    if choice.get("feedback"):
        plain["feedback"] = choice["feedback"]
    return plain | {name: choice[name] for name in CHOICE_ORDER[4:] if name in choice}


def plain_accepted(values: Table) -> Table:
    """Accepted answers, each once, those that are worth everything and say nothing as mere texts."""
    rest = _without(values, accept=None, case_sensitive=False, accent_sensitive=False, near_miss=0)
    best: dict[str, Table] = {}
    for one in values["accept"]:
        pattern = one if isinstance(one, dict) else {"text": one}
        compared = " ".join(pattern["text"].split())
        compared = compared if rest.get("case_sensitive") else compared.casefold()
        if compared not in best or pattern.get("mark", 1) > best[compared].get("mark", 1):
            best[compared] = pattern
    return {"accept": [_plain_pattern(one) for one in best.values()], **rest}


def _plain_pattern(pattern: Table) -> Any:
    plain = {"text": pattern["text"]}
    mark = snapped(float(pattern.get("mark", 1)))
    if mark < 1:
        plain["mark"] = mark
    if pattern.get("feedback"):
        plain["feedback"] = pattern["feedback"]
    return plain if len(plain) > 1 else pattern["text"]


def _without(values: Table, **meant: Any) -> Table:
    """A table without fields that hold what is meant anyway; those meant to be None are always left out."""
    return {name: one for name, one in values.items() if name not in meant or one != meant[name] is not None}


def _with_one_right(choices: list[Table]) -> list[Table]:
    """Choices of which one is right. Of several that are worth everything it is the first."""
    plain = [plain_choice(choice) for choice in choices]
    full = [choice for choice in plain if choice.get("right") or choice.get("mark", 0) >= 1]
    for choice in full:
        choice.pop("right", None)
        choice["mark"] = 1.0
    if full:
        full[0]["right"] = True
        del full[0]["mark"]
    return [_ordered(choice) for choice in plain]


def _ordered(choice: Table) -> Table:
    return {name: choice[name] for name in CHOICE_ORDER if name in choice}


def _single_choice(values: Table) -> Table:
    return {**values, "choices": _with_one_right(values["choices"])}


def _multiple_choice(values: Table) -> Table:
    choices = values["choices"]
    values = _with_plain_marking(values)
    if values.get("marking") == Marking.WEIGHTED:
        marks = [snapped(float(one.get("mark", 1.0 if one.get("right") else 0.0))) for one in choices]
        if not is_partial(marks):
            return {**values, "choices": [_weighted(one, mark) for one, mark in zip(choices, marks, strict=True)]}
        values = {name: value for name, value in values.items() if name != "marking"}
    return {**values, "choices": [plain_choice({**one, "mark": 0}) for one in choices]}


def _with_plain_marking(values: Table) -> Table:
    """One right choice: "a wrong one takes everything" is all or nothing, which beside one wrong one is the usual."""
    choices = values["choices"]
    right = [one for one in choices if one.get("right")]
    if len(right) > 1:
        return values
    marks = [snapped(float(one.get("mark", 0.0))) for one in choices if not one.get("right")]
    full = snapped(float(right[0].get("mark", 1.0))) == 1
    if values.get("marking") == Marking.WEIGHTED and full and all(mark <= -1 for mark in marks):
        values = {**values, "marking": Marking.ALL_OR_NOTHING.value}
    if values.get("marking") == Marking.ALL_OR_NOTHING and len(choices) == 2:
        return {name: value for name, value in values.items() if name != "marking"}
    return values


def _weighted(choice: Table, mark: float) -> Table:
    plain = plain_choice({**choice, "mark": 0})
    meant = 1.0 if choice.get("right") else 0.0
    return _ordered(plain if mark == meant else plain | {"mark": mark})


def _true_false(values: Table) -> Table:
    return {name: value for name, value in values.items() if name == "right" or value}


def _numeric(values: Table) -> Table:
    kind = values.get("tolerance_kind", "absolute")
    plain = _without(values, tolerance_kind="absolute", unit="", other_units={})
    if kind != "significant_figures" and not plain.get("tolerance"):
        plain.pop("tolerance", None)
        plain.pop("tolerance_kind", None)
    return {name: value for name, value in plain.items() if value is not None}


def _matching(values: Table) -> Table:
    extra = list(dict.fromkeys(values.get("extra", [])))
    return {**values, "extra": extra} if extra else values


def _blanks(values: Table) -> Table:
    return _renumbered(_with_whole_gaps({**values, "gaps": [plain_accepted(gap) for gap in values["gaps"]]}, "accept"))


def _choose_in_text(values: Table) -> Table:
    gaps = [{"choices": _with_one_right(gap["choices"])} for gap in values["gaps"]]
    return _renumbered(_with_whole_gaps({**values, "gaps": gaps}, "choices"))


def _with_whole_gaps(values: Table, name: str) -> Table:
    """All or nothing means that nothing in a gap is worth a part; for a single gap that is all it means."""
    if "marking" not in values:
        return values
    gaps = [{**gap, name: [_worth_all_or_nothing(one, name) for one in gap[name]]} for gap in values["gaps"]]
    marking = {"marking": values["marking"]} if len(gaps) > 1 else {}
    return {"text": values["text"], "gaps": gaps, **marking}


def _worth_all_or_nothing(one: Any, name: str) -> Any:
    if not isinstance(one, dict) or one.get("mark", 1) >= 1:
        return one
    if name == "choices":
        return {key: value for key, value in one.items() if key != "mark"}
    return one | {"mark": 0}


def _renumbered(values: Table) -> Table:
    """The gaps in the order in which they stand in the text."""
    order = [int(number) for number in _GAP.findall(values["text"])]
    count = iter(range(1, len(order) + 1))
    text = _GAP.sub(lambda _: f"[[{next(count)}]]", values["text"])
    return {**values, "text": text, "gaps": [values["gaps"][number - 1] for number in order]}


def _hot_spot(values: Table) -> Table:
    return {**values, "areas": _with_one_right(values["areas"])}


def _ordering(values: Table) -> Table:
    return values if len(values["items"]) > 2 else {"items": values["items"]}


def _scenario(values: Table) -> Table:
    places = {name: {key: _place(one) for key, one in values[name].items()} for name in ("scenes", "endings")}
    return {**values, **places}


def _place(one: Table) -> Table:
    plain = {name: value for name, value in one.items() if value or (name == "mark" and value is not None)}
    if "choices" in plain:
        plain["choices"] = [{name: value for name, value in choice.items() if value} for choice in plain["choices"]]
    return plain


def _long_text(values: Table) -> Table:
    stated = {name: one for name, one in values.items() if one is not None}
    return _without(stated, least_words=0, most_words=2000, example="")


def _file_upload(values: Table) -> Table:
    if "endings" in values:
        values = {**values, "endings": list(dict.fromkeys(values["endings"]))}
    return _without(values, endings=list(USUAL_ENDINGS), most_files=1, most_megabytes=10)


_OF_KIND: dict[str, Callable[[Table], Table]] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": plain_accepted,
    "matching": _matching,
    "ordering": _ordering,
    "blanks": _blanks,
    "choose_in_text": _choose_in_text,
    "hot_spot": _hot_spot,
    "scenario": _scenario,
    "long_text": _long_text,
    "file_upload": _file_upload,
}
