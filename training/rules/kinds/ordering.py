"""Ordering: put things into their right order."""

from itertools import combinations
from typing import Any

from training.rules.kinds import answers, fields
from training.rules.kinds.keys import by_key, key_of, keys_problems, shuffled, with_keys
from training.rules.kinds.marking import is_all_or_nothing, marking_problems
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

FIELDS = ("items", "marking")
FIELD_PREFIX = "place-"


class Ordering:
    """Specification: `items` in their right order, `marking`.

    Response: `{"places": {item key: place from 1}}`, so that a half-filled form is kept as it is.
    Form: `place-` and the item key, for each item.
    """

    name = "ordering"
    title = "Ordering"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        items = specification.get("items")
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        problems += marking_problems(specification)
        problems += fields.list_problems(items, ("items",), 2, 12)
        if not isinstance(items, list):
            return problems
        for place, text in enumerate(items):
            problems += fields.text_problems(text, ("items", place))
        return problems + fields.distinct_texts_problems(items, ("items",))

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        items = shuffled(specification, specification["items"], seed)
        return {"kind": self.name, "items": with_keys(specification, items)}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        places = {}
        for key in by_key(specification, specification["items"]):
            written = answers.first_line(form, FIELD_PREFIX + key, 3)
            if written.isascii() and written.isdigit() and 1 <= int(written) <= len(specification["items"]):
                places[key] = int(written)
        return {"places": places} if places else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """All or nothing: 1 if all stand in the right order. Partial: the share of pairs in the right order.

        A pair is in order if the one that belongs first has the smaller place; without a place, or with the same
        place, it is not. That share is (1 + tau) / 2 for the rank correlation tau (Kendall 1938) where no place is
        missing.
        """
        places = self._places(specification, response)
        if not places:
            return UNANSWERED
        keys = list(by_key(specification, specification["items"]))
        pairs = [_in_order(places, first, second) for first, second in combinations(keys, 2)]
        fraction = float(all(pairs)) if is_all_or_nothing(specification) else sum(pairs) / len(pairs)
        return graded(fraction, _parts(specification, places))

    def missing(self, specification: Specification, response: Response) -> str:
        places = self._places(specification, response)
        still = len(specification["items"]) - len(places)
        if still:
            return f"{still} of {len(specification['items'])} are still without a place."
        twice = sorted({place for place in places.values() if list(places.values()).count(place) > 1})
        return f"Place {twice[0]} is given more than once." if twice else ""

    def summary(self, specification: Specification, response: Response) -> str:
        texts = by_key(specification, specification["items"])
        places = self._places(specification, response)
        return "; ".join(f"{place}. {texts[key]}" for key, place in sorted(places.items(), key=lambda pair: pair[1]))

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"places": {key_of(specification, text): place for place, text in enumerate(specification["items"], 1)}}

    def right_answer(self, specification: Specification) -> str:
        return self.summary(specification, self.right_response(specification))

    def _places(self, specification: Specification, response: Response) -> dict[str, int]:
        known = by_key(specification, specification["items"])
        given = answers.table_in(response, "places")
        return {key: given[key] for key in known if type(given.get(key)) is int and 1 <= given[key] <= len(known)}


def _in_order(places: dict[str, int], first: str, second: str) -> bool:
    return first in places and second in places and places[first] < places[second]


def _parts(specification: Specification, places: dict[str, int]) -> tuple[Part, ...]:
    """One part for each item: whether it stands at its own place."""
    return tuple(
        Part(key, text, float(places.get(key) == place))
        for place, (key, text) in enumerate(by_key(specification, specification["items"]).items(), 1)
    )
