"""The plain form of a specification: the same question, with nothing said that is meant anyway.

Two specifications that ask and mark the same have one plain form, so that what was written to a file and read again can
be compared. Reading always gives the plain form.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.shares import snapped
from training.rules.kinds.file_upload import USUAL_ENDINGS
from training.rules.kinds.marking import Marking

Table = dict[str, Any]


def plain_question(question: QuestionText) -> QuestionText:
    """A question with the plain form of its specification."""
    return replace(question, specification=plain_form(question.specification))


def plain_form(specification: Table) -> Table:
    """The plain form of a specification without problems. Keys that were carried over stay."""
    rest = _without(specification, kind=None, keys={}, shuffle=True, marking=Marking.PARTIAL, extra=[])
    arranged = _OF_KIND.get(specification["kind"], dict)(rest)
    keys = {"keys": specification["keys"]} if specification.get("keys") else {}
    return {"kind": specification["kind"], **arranged, **keys}


def plain_choice(choice: Table, weighs: bool = True) -> Table:
    """A choice without empty feedback, and with a mark only where it is neither all nor nothing.

    `weighs` says whether wrong choices may be worth a part; marks below nothing are nothing there.
    """
    is_right = bool(choice.get("right"))
    mark = snapped(float(choice.get("mark", 0)))
    plain: Table = {"text": choice["text"]}
    if is_right:
        plain["right"] = True
    elif weighs and mark > 0:
        plain["mark"] = mark
    if choice.get("feedback"):
        plain["feedback"] = choice["feedback"]
    return plain | {name: choice[name] for name in ("circle", "box", "polygon") if name in choice}


def plain_accepted(values: Table) -> Table:
    """Accepted answers, those that are worth everything and say nothing as mere texts."""
    listed = [_plain_pattern(one) for one in values["accept"]]
    return {
        "accept": listed,
        **_without(values, accept=None, case_sensitive=False, accent_sensitive=False, near_miss=0),
    }


def _plain_pattern(pattern: Any) -> Any:
    if not isinstance(pattern, dict):
        return pattern
    plain = {"text": pattern["text"]}
    mark = snapped(float(pattern.get("mark", 1)))
    if mark < 1:
        plain["mark"] = mark
    if pattern.get("feedback"):
        plain["feedback"] = pattern["feedback"]
    return plain if len(plain) > 1 else pattern["text"]


def _without(values: Table, **meant: Any) -> Table:
    """A table without fields that hold what is meant anyway; those meant to be None are always left out."""
    return {
        name: value
        for name, value in values.items()
        if name not in meant or (meant[name] is not None and value != meant[name])
    }


def _single_choice(values: Table) -> Table:
    return {**values, "choices": [plain_choice(choice) for choice in values["choices"]]}


def _multiple_choice(values: Table) -> Table:
    if values.get("marking") != Marking.WEIGHTED:
        return {**values, "choices": [plain_choice(choice, weighs=False) for choice in values["choices"]]}
    return {**values, "choices": [_weighted_choice(choice) for choice in values["choices"]]}


def _weighted_choice(choice: Table) -> Table:
    mark = snapped(float(choice.get("mark", 1.0 if choice.get("right") else 0.0)))
    is_meant = mark == (1.0 if choice.get("right") else 0.0)  # exact: both are written by people
    return plain_choice(choice, weighs=False) | ({} if is_meant else {"mark": mark})


def _true_false(values: Table) -> Table:
    return {name: value for name, value in values.items() if name == "right" or value}


def _numeric(values: Table) -> Table:
    kind = values.get("tolerance_kind", "absolute")
    plain = _without(values, tolerance_kind="absolute", unit="", other_units={})
    if kind != "significant_figures" and not plain.get("tolerance"):
        plain.pop("tolerance", None)
        plain.pop("tolerance_kind", None)
    return {name: value for name, value in plain.items() if value is not None}


def _blanks(values: Table) -> Table:
    return {**values, "gaps": [plain_accepted(gap) for gap in values["gaps"]]}


def _choose_in_text(values: Table) -> Table:
    gaps = [{"choices": [plain_choice(choice) for choice in gap["choices"]]} for gap in values["gaps"]]
    return {**values, "gaps": gaps}


def _hot_spot(values: Table) -> Table:
    return {**values, "areas": [plain_choice(area) for area in values["areas"]]}


def _scenario(values: Table) -> Table:
    def place(one: Table) -> Table:
        plain = {name: value for name, value in one.items() if value is not None and (value or name == "mark")}
        if "choices" in plain:
            plain["choices"] = [{name: value for name, value in choice.items() if value} for choice in plain["choices"]]
        return plain

    places = {name: {key: place(one) for key, one in values[name].items()} for name in ("scenes", "endings")}
    return {**values, **places}


def _long_text(values: Table) -> Table:
    return _without(
        {name: one for name, one in values.items() if one is not None}, least_words=0, most_words=2000, example=""
    )


def _file_upload(values: Table) -> Table:
    return _without(values, endings=list(USUAL_ENDINGS), most_files=1, most_megabytes=10)


_OF_KIND: dict[str, Callable[[Table], Table]] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": plain_accepted,
    "blanks": _blanks,
    "choose_in_text": _choose_in_text,
    "hot_spot": _hot_spot,
    "scenario": _scenario,
    "long_text": _long_text,
    "file_upload": _file_upload,
}
