"""Single choice: one of several is right."""

from typing import Any

from training.rules.kinds import answers, choices, fields
from training.rules.kinds.keys import by_key, key_of, keys_problems, ordered, with_keys
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

FIELDS = ("choices", "shuffle")


class SingleChoice:
    """Specification: `choices` (exactly one right), `shuffle`. Response: `{"chosen": key}`. Form: `answer`."""

    name = "single_choice"
    title = "Single choice"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        found = choices.choice_problems(specification.get("choices"))
        problems += found + fields.flag_problems(specification.get("shuffle", True), ("shuffle",))
        count = choices.right_count(specification.get("choices"))
        if not found and count != 1:
            cure = "Mark exactly one with “right: true”."
            problems.append(FieldProblem(("choices",), f"{count} choices are marked as right.", cure))
        return problems

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        order = ordered(specification, choices.texts(specification), seed)
        return {"kind": self.name, "choices": with_keys(specification, order)}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        known = by_key(specification, choices.texts(specification))
        chosen = [key for key in answers.all_values(form, "answer") if key in known]
        return {"chosen": chosen[0]} if chosen else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """1 for the right choice; else the choice's own `mark`, never below 0."""
        choice = self._chosen(specification, response)
        if choice is None:
            return UNANSWERED
        fraction = 1.0 if choice.get("right") else max(0.0, choices.worth(choice))
        key = key_of(specification, choice["text"])
        return graded(fraction, (Part(key, choice["text"], fraction, choices.feedback(choice)),))

    def missing(self, specification: Specification, response: Response) -> str:
        return "" if self._chosen(specification, response) else "Choose one."

    def summary(self, specification: Specification, response: Response) -> str:
        choice = self._chosen(specification, response)
        return choice["text"] if choice else ""

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"chosen": key_of(specification, self.right_answer(specification))}

    def right_answer(self, specification: Specification) -> str:
        return next(choice["text"] for choice in specification["choices"] if choice.get("right"))

    def _chosen(self, specification: Specification, response: Response) -> dict[str, Any] | None:
        chosen = answers.text_in(response, "chosen")
        for choice in specification["choices"]:
            if chosen == key_of(specification, choice["text"]):
                return choice
        return None
