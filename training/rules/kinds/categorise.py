"""Categorise: put each item into its category."""

from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.keys import by_key, key_of, keys_problems, shuffled, with_keys
from training.rules.kinds.marking import marking_problems
from training.rules.kinds.pairing import Pairing
from training.rules.kinds.protocol import FieldProblem, Form, Graded, Response, Specification

FIELDS = ("categories", "items", "marking")
FIELD_PREFIX = "item-"


class Categorise:
    """Specification: `categories` in the order in which they are shown, `items` of `text` and `category`, `marking`.

    A category may stay empty. Response: `{"matched": {item key: category key}}`. Form: `item-` and the item key.
    """

    name = "categorise"
    title = "Categorise"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        categories, items = specification.get("categories"), specification.get("items")
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        problems += marking_problems(specification)
        problems += fields.list_problems(categories, ("categories",), 2, 8)
        problems += fields.list_problems(items, ("items",), 2, 30)
        for place, text in enumerate(categories if isinstance(categories, list) else []):
            problems += fields.text_problems(text, ("categories", place))
        for place, item in enumerate(items if isinstance(items, list) else []):
            problems += _item_problems(item, place)
        return problems or _whole_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        items = shuffled(specification, (item["text"] for item in specification["items"]), seed)
        return {
            "kind": self.name,
            "categories": with_keys(specification, specification["categories"]),
            "items": with_keys(specification, items),
        }

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        return _pairing(specification).parse(form, FIELD_PREFIX)

    def grade(self, specification: Specification, response: Response) -> Graded:
        return _pairing(specification).grade(response)

    def missing(self, specification: Specification, response: Response) -> str:
        return _pairing(specification).missing(response, "category")

    def summary(self, specification: Specification, response: Response) -> str:
        return _pairing(specification).summary(response)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return _pairing(specification).right_response()

    def right_answer(self, specification: Specification) -> str:
        return self.summary(specification, self.right_response(specification))


def _pairing(specification: Specification) -> Pairing:
    pairs = [(item["text"], item["category"]) for item in specification["items"]]
    return Pairing(specification, pairs, specification["categories"])


def _item_problems(item: Any, place: int) -> list[FieldProblem]:
    at = ("items", place)
    if not isinstance(item, dict):
        return [FieldProblem(at, "An item needs a category.", "Write “- text: …” and below it “category: …”.")]
    problems = fields.unknown_fields(item, ("text", "category"), at)
    for name in ("text", "category"):
        problems += fields.text_problems(item.get(name), (*at, name))
    return problems


def _whole_problems(specification: Specification) -> list[FieldProblem]:
    """What is wrong with categories and items that are each well-formed."""
    items = specification["items"]
    problems = fields.distinct_texts_problems(specification["categories"], ("categories",))
    problems += fields.distinct_texts_problems([item["text"] for item in items], ("items",), "text")
    known = by_key(specification, specification["categories"])
    for place, item in enumerate(items):
        if key_of(specification, item["category"]) not in known:
            message = f"“{item['category']}” is none of the categories."
            cure = f"Choose one of: {', '.join(known.values())}."
            problems.append(FieldProblem(("items", place, "category"), message, cure))
    return problems
