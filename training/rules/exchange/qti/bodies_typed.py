"""Kinds that are typed or filled in, in QTI 3."""

import re
from decimal import Decimal

from training.rules.exchange.qti.bodies_chosen import feedback_inside, mark_of, names_of
from training.rules.exchange.qti.declared import (
    RESPONSE,
    Values,
    Written,
    declared,
    mapped,
    matched,
    mean,
    one_if,
    scored,
    value,
)
from training.rules.exchange.shares import number_text
from training.rules.exchange.xml_text import element, text_xml
from training.rules.kinds.spelling import pieces_of

_GAP = re.compile(r"\[\[(\d{1,2})\]\]")


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
        names = names_of(len(gap["choices"]), f"g{number}c")
        marks = {name: mark_of(one) for name, one in zip(names, gap["choices"], strict=True) if mark_of(one)}
        right = [name for name, one in zip(names, gap["choices"], strict=True) if one.get("right")]
        options = "".join(
            element(
                "qti-inline-choice",
                text_xml(one["text"]),
                feedback_inside(name, one["feedback"]) if one.get("feedback") else "",
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
