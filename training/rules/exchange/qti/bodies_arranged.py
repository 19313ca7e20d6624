"""Kinds that are put together or in order, in QTI 3."""

from training.rules.exchange.qti.bodies_chosen import names_of
from training.rules.exchange.qti.declared import (
    RESPONSE,
    Values,
    Written,
    declared,
    mapped,
    matched,
    scored,
    value,
)
from training.rules.exchange.xml_text import element, text_xml


def _matched(lefts: list[str], rights: list[str], right_of: list[int] | None, values: Values, most: int) -> Written:
    """Two sets; `right_of` says for each left side which right side is its own, None for an opinion."""
    left_names, right_names = names_of(len(lefts), "l"), names_of(len(rights), "r")

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
    names = names_of(len(values["items"]))
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
