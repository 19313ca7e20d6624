"""Declarations and rules of the items that we write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from training.rules.exchange.shares import number_text
from training.rules.exchange.xml_text import element, text_xml

RESPONSE = "RESPONSE"
Values = dict[str, Any]
"""The specification of a question."""


@dataclass(frozen=True)
class Written:
    """One item on its way: declarations of responses, the body below the text, how SCORE is computed, what is said.

    `said` is feedback by the name that a response gives it; `named_by` are the responses that give the names.
    """

    declarations: tuple[str, ...]
    body: str
    score: str
    said: Mapping[str, str] = field(default_factory=dict)
    named_by: tuple[str, ...] = ()


def value(name: str, text: str) -> str:
    """A value as an expression."""
    return element("qti-base-value", text_xml(text), base_type=name)


def variable(name: str) -> str:
    """A variable as an expression."""
    return element("qti-variable", identifier=name)


def declared(
    correct: Sequence[str],
    *,
    name: str = RESPONSE,
    cardinality: str = "single",
    base_type: str = "identifier",
    marks: Mapping[str, float] | None = None,
    minds_case: bool | None = None,
    default: float = 0.0,
) -> str:
    """The declaration of a response: the right values, and what each is worth where that is not all or nothing."""
    parts = []
    if correct:
        values = "".join(element("qti-value", text_xml(one)) for one in correct)
        parts.append(element("qti-correct-response", values))
    if marks is not None:
        case = {} if minds_case is None else {"case_sensitive": minds_case}
        entries = "".join(
            element("qti-map-entry", map_key=key, mapped_value=number_text(mark), **case) for key, mark in marks.items()
        )
        parts.append(
            element("qti-mapping", entries, lower_bound="0", upper_bound="1", default_value=number_text(default))
        )
    return element("qti-response-declaration", *parts, identifier=name, cardinality=cardinality, base_type=base_type)


def mapped(name: str = RESPONSE) -> str:
    """The worth of a response by its mapping."""
    return element("qti-map-response", identifier=name)


def matched(name: str = RESPONSE, compare: str = "qti-match", **attributes: str) -> str:
    """1 if a response is the right one, else 0."""
    condition = element(compare, element("qti-correct", identifier=name), variable(name), **attributes)
    return one_if(condition)


def one_if(condition: str) -> str:
    """A rule that sets SCORE to 1 under a condition."""
    one = element("qti-set-outcome-value", value("float", "1"), identifier="SCORE")
    return element("qti-response-condition", element("qti-response-if", condition, one))


def scored(expression: str) -> str:
    """A rule that sets SCORE."""
    return element("qti-set-outcome-value", expression, identifier="SCORE")


def mean(expressions: Sequence[str]) -> str:
    """The mean of several expressions."""
    return element("qti-divide", element("qti-sum", *expressions), value("float", str(len(expressions))))
