"""True or false: a statement to judge."""

from typing import Any

from training.rules.kinds import answers, fields
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

FIELDS = ("right", "feedback_true", "feedback_false")
WORDS = {"true": "True", "false": "False"}


class TrueFalse:
    """Specification: `right` (true or false), `feedback_true`, `feedback_false`.

    Response: `{"chosen": "true"}` or `{"chosen": "false"}`. Form: `answer`.
    """

    name = "true_false"
    title = "True or false"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS)
        problems += fields.flag_problems(specification.get("right"), ("right",))
        for name in FIELDS[1:]:
            problems += fields.optional_text_problems(specification.get(name), (name,))
        return problems

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        """Always true first: an order that changes would only slow the reader down."""
        return {"kind": self.name, "choices": [{"key": key, "text": text} for key, text in WORDS.items()]}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        chosen = answers.first_line(form, "answer")
        return {"chosen": chosen} if chosen in WORDS else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        chosen = answers.text_in(response, "chosen")
        if chosen not in WORDS:
            return UNANSWERED
        fraction = float(chosen == _key(specification))
        feedback = str(specification.get(f"feedback_{chosen}") or "")
        return graded(fraction, (Part(chosen, WORDS[chosen], fraction, feedback),))

    def missing(self, specification: Specification, response: Response) -> str:
        return "" if answers.text_in(response, "chosen") in WORDS else "Choose true or false."

    def summary(self, specification: Specification, response: Response) -> str:
        return WORDS.get(answers.text_in(response, "chosen"), "")

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"chosen": _key(specification)}

    def right_answer(self, specification: Specification) -> str:
        return WORDS[_key(specification)]


def _key(specification: Specification) -> str:
    return "true" if specification["right"] else "false"
