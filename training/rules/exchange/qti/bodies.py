"""What each kind of question is in QTI 3, below its text."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from training.rules.exchange.fitting import marks_of
from training.rules.exchange.qti.declared import (
    RESPONSE,
    Written,
    declared,
    mapped,
    matched,
    mean,
    one_if,
    scored,
    value,
)
from training.rules.exchange.rubric_text import rubric_as_text
from training.rules.exchange.shares import number_text
from training.rules.exchange.xml_text import element, text_xml
from training.rules.kinds.file_upload import USUAL_ENDINGS
from training.rules.kinds.spelling import pieces_of

Values = dict[str, Any]
MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
_GAP = re.compile(r"\[\[(\d{1,2})\]\]")


def _feedback(name: str, text: str) -> str:
    return element(
        "qti-feedback-inline", text_xml(text), outcome_identifier="FEEDBACK", identifier=name, show_hide="show"
    )


def _simple(name: str, choice: Values) -> str:
    said = _feedback(name, choice["feedback"]) if choice.get("feedback") else ""
    return element("qti-simple-choice", text_xml(choice["text"]), said, identifier=name)


def _names(count: int, letter: str = "c") -> list[str]:
    return [f"{letter}{number}" for number in range(1, count + 1)]


def _taken(values: Values, marks: list[float], is_single: bool) -> Written:
    choices = values["choices"]
    names = _names(len(choices))
    right = [name for name, choice in zip(names, choices, strict=True) if choice.get("right")]
    is_exact = values.get("marking") == "all_or_nothing" or (is_single and sum(mark > 0 for mark in marks) == 1)
    worth = None if is_exact else {name: mark for name, mark in zip(names, marks, strict=True) if mark}
    inside = "".join(_simple(name, choice) for name, choice in zip(names, choices, strict=True))
    body = element(
        "qti-choice-interaction",
        inside,
        response_identifier=RESPONSE,
        shuffle=values.get("shuffle", True),
        max_choices=1 if is_single else 0,
    )
    declaration = declared(right, cardinality="single" if is_single else "multiple", marks=worth)
    named = (RESPONSE,) if any(choice.get("feedback") for choice in choices) else ()
    return Written((declaration,), body, matched() if is_exact else scored(mapped()), named_by=named)


def single_choice(values: Values) -> Written:
    """One of several choices."""
    return _taken(values, [_mark(choice) for choice in values["choices"]], is_single=True)


def _mark(choice: Values) -> float:
    return 1.0 if choice.get("right") else float(choice.get("mark", 0))


def multiple_choice(values: Values) -> Written:
    """Several of several choices."""
    return _taken(values, marks_of(values), is_single=False)


def true_false(values: Values) -> Written:
    """A statement with two choices."""
    choices = [
        {"text": word, "right": values["right"] == (word == "True"), "feedback": values.get(f"feedback_{word.lower()}")}
        for word in ("True", "False")
    ]
    return single_choice({"choices": choices, "shuffle": False})


def numeric(values: Values) -> Written:
    """A number, near enough."""
    kind, tolerance = values.get("tolerance_kind", "absolute"), values.get("tolerance", 0)
    if kind == "significant_figures":
        rule = matched(compare="qti-equal-rounded", rounding_mode="significantFigures", figures=str(int(tolerance)))
    elif tolerance:
        width = number_text(tolerance) if kind == "absolute" else percent(tolerance)
        rule = matched(compare="qti-equal", tolerance_mode=kind, tolerance=f"{width} {width}")
    else:
        rule = matched(compare="qti-equal", tolerance_mode="exact")
    unit = values.get("unit", "")
    more = {"data_unit": unit} if unit else {}
    field = element("qti-text-entry-interaction", response_identifier=RESPONSE, **more)
    body = element("p", field, f" {text_xml(unit)}" if unit else "", data_answer="true")
    return Written((declared([number_text(values["right"])], base_type="float"),), body, rule)


def percent(share: float) -> str:
    """A share in percent, exactly."""
    return str(Decimal(repr(float(share))) * 100)


def _patterns(gap: Values) -> dict[str, float]:
    entries = [one if isinstance(one, dict) else {"text": one} for one in gap["accept"]]
    return {"".join(pieces_of(one["text"])): float(one.get("mark", 1)) for one in entries}


def _entry(gap: Values, name: str) -> tuple[str, str]:
    marks = _patterns(gap)
    right = next(text for text, mark in marks.items() if mark >= 1)
    minds_case = bool(gap.get("case_sensitive"))
    declaration = declared([right], name=name, base_type="string", marks=marks, minds_case=minds_case)
    return declaration, element("qti-text-entry-interaction", response_identifier=name)


def short_text(values: Values) -> Written:
    """A word or a few."""
    declaration, field = _entry(values, RESPONSE)
    return Written((declaration,), element("p", field, data_answer="true"), scored(mapped()))


def _in_text(values: Values, fields: list[tuple[str, str]], named: bool) -> Written:
    names = [f"{RESPONSE}{number}" for number in range(1, len(fields) + 1)]
    lines = []
    for line in values["text"].split("\n"):
        parts = _GAP.split(line)
        lines.append(
            "".join(fields[int(part) - 1][1] if place % 2 else text_xml(part) for place, part in enumerate(parts))
        )
    worth = [mapped(name) for name in names]
    if values.get("marking") == "all_or_nothing":
        full = [element("qti-gte", one, value("float", "1")) for one in worth]
        score = one_if(element("qti-and", *full))
    else:
        score = scored(mean(worth))
    body = element("p", "<br/>".join(lines))
    return Written(tuple(one for one, _ in fields), body, score, named_by=tuple(names) if named else ())


def blanks(values: Values) -> Written:
    """A text with gaps to type."""
    return _in_text(values, [_entry(gap, f"{RESPONSE}{n}") for n, gap in enumerate(values["gaps"], 1)], named=False)


def choose_in_text(values: Values) -> Written:
    """A text with gaps to choose for."""
    fields = []
    for number, gap in enumerate(values["gaps"], 1):
        names = _names(len(gap["choices"]), f"g{number}c")
        marks = {name: _mark(one) for name, one in zip(names, gap["choices"], strict=True) if _mark(one)}
        right = [name for name, one in zip(names, gap["choices"], strict=True) if one.get("right")]
        options = "".join(
            element(
                "qti-inline-choice",
                text_xml(one["text"]),
                _feedback(name, one["feedback"]) if one.get("feedback") else "",
                identifier=name,
            )
            for name, one in zip(names, gap["choices"], strict=True)
        )
        field = element(
            "qti-inline-choice-interaction", options, response_identifier=f"{RESPONSE}{number}", shuffle=True
        )
        fields.append((declared(right, name=f"{RESPONSE}{number}", marks=marks), field))
    said = any(one.get("feedback") for gap in values["gaps"] for one in gap["choices"])
    return _in_text(values, fields, said)


def _matched(lefts: list[str], rights: list[str], right_of: list[int] | None, values: Values, most: int) -> Written:
    """Two sets; `right_of` says for each left side which right side is its own, None for an opinion."""
    left_names, right_names = _names(len(lefts), "l"), _names(len(rights), "r")

    def one_set(names: list[str], texts: list[str], count: int) -> str:
        choices = (
            element("qti-simple-associable-choice", text_xml(text), identifier=name, match_max=count)
            for name, text in zip(names, texts, strict=True)
        )
        return element("qti-simple-match-set", *choices)

    body = element(
        "qti-match-interaction",
        one_set(left_names, lefts, 1),
        one_set(right_names, rights, most),
        class_="qti-match-tabular" if right_of is None else "",
        response_identifier=RESPONSE,
        shuffle=right_of is not None and values.get("shuffle", True),
        max_associations=len(lefts),
    )
    pairs = [f"{name} {right_names[place]}" for name, place in zip(left_names, right_of or [], strict=False)]
    is_exact = values.get("marking") == "all_or_nothing"
    worth = None if is_exact or not pairs else {pair: 1 / len(pairs) for pair in pairs}
    declaration = declared(pairs, cardinality="multiple", base_type="directedPair", marks=worth)
    score = "" if right_of is None else matched() if is_exact else scored(mapped())
    return Written((declaration,), body, score)


def matching(values: Values) -> Written:
    """Left sides and right sides."""
    rights = list(dict.fromkeys([*(pair["right"] for pair in values["pairs"]), *values.get("extra", [])]))
    places = [rights.index(pair["right"]) for pair in values["pairs"]]
    shared = len(set(places)) < len(places)
    return _matched([pair["left"] for pair in values["pairs"]], rights, places, values, 0 if shared else 1)


def categorise(values: Values) -> Written:
    """Items and categories."""
    places = [values["categories"].index(item["category"]) for item in values["items"]]
    return _matched([item["text"] for item in values["items"]], values["categories"], places, values, 0)


def likert(values: Values) -> Written:
    """Statements and a scale, without a key."""
    return _matched(values["statements"], values["scale"], None, values, 0)


def ordering(values: Values) -> Written:
    """Things in their right order. A part of the mark is given for each that stands at its place."""
    names = _names(len(values["items"]))
    choices = "".join(
        element("qti-simple-choice", text_xml(text), identifier=name)
        for name, text in zip(names, values["items"], strict=True)
    )
    body = element("qti-order-interaction", choices, response_identifier=RESPONSE, shuffle=True)
    declaration = declared(names, cardinality="ordered")
    if values.get("marking") == "all_or_nothing" or len(names) == 2:
        return Written((declaration,), body, matched())
    share = value("float", repr(1 / len(names)))
    rules = []
    for place, name in enumerate(names, 1):
        at_place = element("qti-index", element("qti-variable", identifier=RESPONSE), n=place)
        more = element("qti-sum", element("qti-variable", identifier="SCORE"), share)
        condition = element("qti-match", at_place, value("identifier", name))
        rules.append(element("qti-response-condition", element("qti-response-if", condition, scored(more))))
    return Written((declaration,), body, "".join(rules))


def hot_spot(values: Values) -> Written:
    """Places in a picture."""
    areas = values["areas"]
    names = _names(len(areas))
    picture = element(
        "img", src=f"../{values['picture']}", alt=values["description"], width=values["width"], height=values["height"]
    )
    spots = "".join(
        element("qti-hotspot-choice", identifier=name, hotspot_label=area["text"], **_shape(area))
        for name, area in zip(names, areas, strict=True)
    )
    body = element("qti-hotspot-interaction", picture, spots, response_identifier=RESPONSE, max_choices=1)
    right = [name for name, area in zip(names, areas, strict=True) if area.get("right")]
    marks = {name: _mark(area) for name, area in zip(names, areas, strict=True) if _mark(area)}
    said = {name: area["feedback"] for name, area in zip(names, areas, strict=True) if area.get("feedback")}
    return Written((declared(right, marks=marks),), body, scored(mapped()), said, (RESPONSE,) if said else ())


def _shape(area: Values) -> dict[str, str]:
    if "circle" in area:
        return {"shape": "circle", "coords": ",".join(map(number_text, area["circle"]))}
    if "box" in area:
        x, y, width, height = area["box"]
        return {"shape": "rect", "coords": ",".join(map(number_text, (x, y, x + width, y + height)))}
    return {"shape": "poly", "coords": ",".join(number_text(one) for corner in area["polygon"] for one in corner)}


def _rubric(values: Values) -> str:
    text = rubric_as_text(values["rubric"], values.get("example", ""))
    lines = (element("p", text_xml(line)) for line in text.split("\n") if line.strip())
    return element(
        "qti-rubric-block", element("qti-content-body", *lines), view="scorer", use="scoring", data_rubric=text
    )


def long_text(values: Values) -> Written:
    """A long text with the rubric for whoever grades."""
    words = {f"data_{name}": values[name] for name in ("least_words", "most_words") if name in values}
    body = element("qti-extended-text-interaction", response_identifier=RESPONSE, **words)
    return Written((declared([], base_type="string"),), _rubric(values) + body, "")


def file_upload(values: Values) -> Written:
    """Files with the rubric for whoever grades."""
    endings = values.get("endings", list(USUAL_ENDINGS))
    kinds = " ".join(dict.fromkeys(MIMES.get(one, f"application/{one}") for one in endings))
    counts = {f"data_{name}": values[name] for name in ("most_files", "most_megabytes") if name in values}
    body = element(
        "qti-upload-interaction", response_identifier=RESPONSE, type=kinds, data_endings=" ".join(endings), **counts
    )
    return Written((declared([], base_type="file"),), _rubric(values) + body, "")


BODIES: dict[str, Callable[[Values], Written]] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "true_false": true_false,
    "numeric": numeric,
    "short_text": short_text,
    "matching": matching,
    "ordering": ordering,
    "blanks": blanks,
    "choose_in_text": choose_in_text,
    "categorise": categorise,
    "hot_spot": hot_spot,
    "likert": likert,
    "long_text": long_text,
    "file_upload": file_upload,
}
