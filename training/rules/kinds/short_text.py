"""Short text: a word or a few, typed."""

from typing import Any

from training.rules.kinds import accepted, answers, fields
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


class ShortText:
    """Specification: `accept`, `case_sensitive`, `accent_sensitive`, `near_miss`; see accepted.py.

    Response: `{"written": text}`. Form: `answer`.
    """

    name = "short_text"
    title = "Short text"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        return fields.unknown_fields_of_kind(specification, accepted.FIELDS) + accepted.accept_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        return {"kind": self.name, "longest": answers.LONGEST_LINE}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        written = answers.first_line(form, "answer")
        return {"written": written} if written else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """What the best fitting pattern is worth, 0 if none fits."""
        text = self.summary(specification, response)
        if not text:
            return UNANSWERED
        match = accepted.best_match(specification, text)
        return graded(match.fraction, (Part("text", text, match.fraction, match.feedback),))

    def missing(self, specification: Specification, response: Response) -> str:
        return "" if self.summary(specification, response) else "Write a word or two."

    def summary(self, specification: Specification, response: Response) -> str:
        return answers.text_in(response, "written").strip()[: answers.LONGEST_LINE]

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"written": accepted.example(specification)}

    def right_answer(self, specification: Specification) -> str:
        return accepted.example(specification)
