"""Kinds that are chosen, in QTI 3."""

from training.rules.exchange.fitting import marks_of
from training.rules.exchange.qti.declared import (
    RESPONSE,
    Values,
    Written,
    declared,
    mapped,
    matched,
    scored,
)
from training.rules.exchange.shares import number_text
from training.rules.exchange.xml_text import element, text_xml


def feedback_inside(name: str, text: str) -> str:
    """What is said to whoever takes a choice."""
    return element(
        "qti-feedback-inline", text_xml(text), outcome_identifier="FEEDBACK", identifier=name, show_hide="show"
    )


def _simple(name: str, choice: Values) -> str:
    said = feedback_inside(name, choice["feedback"]) if choice.get("feedback") else ""
    return element("qti-simple-choice", text_xml(choice["text"]), said, identifier=name)


def names_of(count: int, letter: str = "c") -> list[str]:
    """Names for so many choices."""
    return [f"{letter}{number}" for number in range(1, count + 1)]


def _taken(values: Values, marks: list[float], is_single: bool) -> Written:
    choices = values["choices"]
    names = names_of(len(choices))
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
    return _taken(values, [mark_of(choice) for choice in values["choices"]], is_single=True)


def mark_of(choice: Values) -> float:
    """What a choice is worth on its own."""
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


def hot_spot(values: Values) -> Written:
    """Places in a picture."""
    areas = values["areas"]
    names = names_of(len(areas))
    picture = element(
        "img", src=f"../{values['picture']}", alt=values["description"], width=values["width"], height=values["height"]
    )
    spots = "".join(
        element("qti-hotspot-choice", identifier=name, hotspot_label=area["text"], **_shape(area))
        for name, area in zip(names, areas, strict=True)
    )
    body = element("qti-hotspot-interaction", picture, spots, response_identifier=RESPONSE, max_choices=1)
    right = [name for name, area in zip(names, areas, strict=True) if area.get("right")]
    marks = {name: mark_of(area) for name, area in zip(names, areas, strict=True) if mark_of(area)}
    said = {name: area["feedback"] for name, area in zip(names, areas, strict=True) if area.get("feedback")}
    return Written((declared(right, marks=marks),), body, scored(mapped()), said, (RESPONSE,) if said else ())


def _shape(area: Values) -> dict[str, str]:
    if "circle" in area:
        return {"shape": "circle", "coords": ",".join(map(number_text, area["circle"]))}
    if "box" in area:
        x, y, width, height = area["box"]
        return {"shape": "rect", "coords": ",".join(map(number_text, (x, y, x + width, y + height)))}
    return {"shape": "poly", "coords": ",".join(number_text(one) for corner in area["polygon"] for one in corner)}
