"""Matching: give each left side its right side."""

from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.keys import by_key, key_of, keys_problems, ordered, shuffled, with_keys
from training.rules.kinds.marking import marking_problems
from training.rules.kinds.pairing import Pairing
from training.rules.kinds.protocol import FieldProblem, Form, Graded, Response, Specification

FIELDS = ("pairs", "extra", "marking", "shuffle")
FIELD_PREFIX = "match-"


class Matching:
    """Specification: `pairs` of `left` and `right`, `extra` right sides that belong nowhere, `marking`, `shuffle`.

    Two left sides may share a right side, which is then shown once. `shuffle: false` keeps the left sides in order;
    right sides are always shuffled, as their order is the key.
    Response: `{"matched": {left key: right key}}`. Form: `match-` and the left key, for each left side.
    """

    name = "matching"
    title = "Matching"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        pairs, extra = specification.get("pairs"), specification.get("extra", [])
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        problems += marking_problems(specification)
        problems += fields.flag_problems(specification.get("shuffle", True), ("shuffle",))
        problems += fields.list_problems(pairs, ("pairs",), 2, 20) + fields.list_problems(extra, ("extra",), 0, 20)
        for place, pair in enumerate(pairs if isinstance(pairs, list) else []):
            problems += _pair_problems(pair, place)
        for place, text in enumerate(extra if isinstance(extra, list) else []):
            problems += fields.text_problems(text, ("extra", place))
        return problems or _whole_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        rights = list(by_key(specification, _rights(specification)).values())
        lefts = [pair["left"] for pair in specification["pairs"]]
        return {
            "kind": self.name,
            "lefts": with_keys(specification, ordered(specification, lefts, seed)),
            "rights": with_keys(specification, shuffled(specification, rights, seed)),
        }

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        return _pairing(specification).parse(form, FIELD_PREFIX)

    def grade(self, specification: Specification, response: Response) -> Graded:
        return _pairing(specification).grade(response)

    def missing(self, specification: Specification, response: Response) -> str:
        return _pairing(specification).missing(response, "match")

    def summary(self, specification: Specification, response: Response) -> str:
        return _pairing(specification).summary(response)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return _pairing(specification).right_response()

    def right_answer(self, specification: Specification) -> str:
        return self.summary(specification, self.right_response(specification))


def _pairing(specification: Specification) -> Pairing:
    pairs = [(pair["left"], pair["right"]) for pair in specification["pairs"]]
    return Pairing(specification, pairs, _rights(specification))


def _rights(specification: Specification) -> list[str]:
    return [pair["right"] for pair in specification["pairs"]] + list(specification.get("extra", []))


def _pair_problems(pair: Any, place: int) -> list[FieldProblem]:
    at = ("pairs", place)
    if not isinstance(pair, dict):
        return [FieldProblem(at, "A pair needs two sides.", "Write “- left: …” and below it “right: …”.")]
    problems = fields.unknown_fields(pair, ("left", "right"), at)
    for side in ("left", "right"):
        problems += fields.text_problems(pair.get(side), (*at, side))
    return problems


def _whole_problems(specification: Specification) -> list[FieldProblem]:
    """What is wrong with pairs that are each well-formed."""
    lefts = [pair["left"] for pair in specification["pairs"]]
    problems = fields.distinct_texts_problems(lefts, ("pairs",), "left")
    rights = by_key(specification, _rights(specification))
    if len(rights) < 2:
        problems.append(FieldProblem(("pairs",), "All right sides are the same.", "Have at least two."))
    used = set(by_key(specification, (pair["right"] for pair in specification["pairs"])))
    for place, text in enumerate(specification.get("extra", [])):
        if key_of(specification, text) in used:
            message = f"“{text}” is the right side of a pair."
            problems.append(FieldProblem(("extra", place), message, "Leave it out here."))
    return problems
