"""Likert: how far one agrees with statements. Opinions are not graded, and only counted together with others'."""

from typing import Any

from training.rules.kinds import answers, fields
from training.rules.kinds.keys import by_key, key_of, keys_problems
from training.rules.kinds.protocol import FieldProblem, Form, Graded, Part, Response, Specification, State

FIELDS = ("statements", "scale")
FIELD_PREFIX = "statement-"


class Likert:
    """Specification: `statements` and `scale`, the words from one end to the other. Neither is shuffled.

    Response: `{"agreed": {statement key: place on the scale from 1}}`. Form: `statement-` and the statement key.
    """

    name = "likert"
    title = "Opinion"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        for name, least, most in (("statements", 1, 20), ("scale", 2, 9)):
            listed = specification.get(name)
            problems += fields.list_problems(listed, (name,), least, most)
            for place, text in enumerate(listed if isinstance(listed, list) else []):
                problems += fields.text_problems(text, (name, place))
            problems += fields.distinct_texts_problems(listed if isinstance(listed, list) else [], (name,))
        return problems

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        statements = [{"key": key_of(specification, text), "text": text} for text in specification["statements"]]
        scale = [{"key": str(place), "text": text} for place, text in enumerate(specification["scale"], 1)]
        return {"kind": self.name, "statements": statements, "scale": scale}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        agreed = {}
        for key in by_key(specification, specification["statements"]):
            place = answers.first_line(form, FIELD_PREFIX + key, 2)
            if place in map(str, range(1, len(specification["scale"]) + 1)):
                agreed[key] = int(place)
        return {"agreed": agreed} if agreed else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """Never right or wrong, answered or not."""
        agreed = self._agreed(specification, response)
        statements = by_key(specification, specification["statements"])
        return Graded(0.0, State.UNGRADED, tuple(Part(key, statements[key], None) for key in agreed))

    def missing(self, specification: Specification, response: Response) -> str:
        still = len(specification["statements"]) - len(self._agreed(specification, response))
        return f"{still} of {len(specification['statements'])} statements are still open." if still else ""

    def summary(self, specification: Specification, response: Response) -> str:
        statements = by_key(specification, specification["statements"])
        agreed = self._agreed(specification, response)
        return "; ".join(f"{statements[key]}: {specification['scale'][place - 1]}" for key, place in agreed.items())

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {}

    def right_answer(self, specification: Specification) -> str:
        return ""

    def _agreed(self, specification: Specification, response: Response) -> dict[str, int]:
        given = answers.table_in(response, "agreed")
        most = len(specification["scale"])
        known = by_key(specification, specification["statements"])
        return {key: given[key] for key in known if type(given.get(key)) is int and 1 <= given[key] <= most}
