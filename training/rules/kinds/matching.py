"""Matching: give each left side its right side."""

from typing import Any

from training.rules.kinds import answers, fields
from training.rules.kinds.keys import by_key, key_of, keys_problems, ordered, shuffled, with_keys
from training.rules.kinds.protocol import (
    UNANSWERED,
    FieldProblem,
    Form,
    Graded,
    Part,
    Response,
    Specification,
    graded,
)

FIELDS = ("pairs", "extra", "marking", "shuffle")
MARKINGS = ("partial", "all_or_nothing")
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
        problems += fields.one_of_problems(specification.get("marking", MARKINGS[0]), ("marking",), MARKINGS)
        problems += fields.flag_problems(specification.get("shuffle", True), ("shuffle",))
        problems += fields.list_problems(pairs, ("pairs",), 2, 20) + fields.list_problems(extra, ("extra",), 0, 20)
        for place, pair in enumerate(pairs if isinstance(pairs, list) else []):
            problems += _pair_problems(pair, place)
        for place, text in enumerate(extra if isinstance(extra, list) else []):
            problems += fields.text_problems(text, ("extra", place))
        return problems or _whole_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        rights = list(by_key(specification, _rights(specification)).values())
        return {
            "kind": self.name,
            "lefts": with_keys(specification, ordered(specification, _lefts(specification), seed)),
            "rights": with_keys(specification, shuffled(specification, rights, seed)),
        }

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        rights = by_key(specification, _rights(specification))
        matched = {}
        for left in by_key(specification, _lefts(specification)):
            right = answers.first_line(form, FIELD_PREFIX + left)
            if right in rights:
                matched[left] = right
        return {"matched": matched} if matched else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """Partial: the share of left sides with their right side. All or nothing: 1 only if all have it."""
        matched = self._matched(specification, response)
        if not matched:
            return UNANSWERED
        parts = []
        for pair in specification["pairs"]:
            left, right = key_of(specification, pair["left"]), key_of(specification, pair["right"])
            parts.append(Part(left, pair["left"], float(matched.get(left) == right)))
        hits = sum(part.fraction > 0 for part in parts)
        if specification.get("marking") == "all_or_nothing":
            return graded(float(hits == len(parts)), tuple(parts))
        return graded(hits / len(parts), tuple(parts))

    def missing(self, specification: Specification, response: Response) -> str:
        still = len(specification["pairs"]) - len(self._matched(specification, response))
        return f"{still} of {len(specification['pairs'])} are still without a match." if still else ""

    def summary(self, specification: Specification, response: Response) -> str:
        matched = self._matched(specification, response)
        rights = by_key(specification, _rights(specification))
        lefts = by_key(specification, _lefts(specification))
        return "; ".join(f"{text}: {rights[matched[left]]}" for left, text in lefts.items() if left in matched)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        pairs = specification["pairs"]
        return {"matched": {key_of(specification, p["left"]): key_of(specification, p["right"]) for p in pairs}}

    def right_answer(self, specification: Specification) -> str:
        return self.summary(specification, self.right_response(specification))

    def _matched(self, specification: Specification, response: Response) -> dict[str, str]:
        lefts = by_key(specification, _lefts(specification))
        rights = by_key(specification, _rights(specification))
        given = answers.text_table_in(response, "matched")
        return {left: right for left, right in given.items() if left in lefts and right in rights}


def _lefts(specification: Specification) -> list[str]:
    return [pair["left"] for pair in specification["pairs"]]


def _rights(specification: Specification) -> list[str]:
    return [pair["right"] for pair in specification["pairs"]] + list(specification.get("extra", []))


def _pair_problems(pair: Any, place: int) -> list[FieldProblem]:
    at = ("pairs", place)
    if not isinstance(pair, dict):
        return [FieldProblem(at, "A pair needs two sides.", "Write “- left: …” and below it “right: …”.")]
    problems = fields.unknown_fields(pair, ("left", "right"), at)
    return problems + [
        found for side in ("left", "right") for found in fields.text_problems(pair.get(side), (*at, side))
    ]


def _whole_problems(specification: Specification) -> list[FieldProblem]:
    """What is wrong with pairs that are each well-formed."""
    problems = fields.distinct_texts_problems(_lefts(specification), ("pairs",), "left")
    rights = by_key(specification, _rights(specification))
    if len(rights) < 2:
        problems.append(FieldProblem(("pairs",), "All right sides are the same.", "Have at least two."))
    used = set(by_key(specification, (pair["right"] for pair in specification["pairs"])))
    for place, text in enumerate(specification.get("extra", [])):
        if key_of(specification, text) in used:
            message = f"“{text}” is the right side of a pair."
            problems.append(FieldProblem(("extra", place), message, "Leave it out here."))
    return problems
