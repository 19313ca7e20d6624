"""Long text: a real reply or post, graded by a person with a rubric."""

from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.answers import text_in
from training.rules.kinds.protocol import (
    UNANSWERED,
    FieldProblem,
    Form,
    Graded,
    Response,
    Specification,
    State,
)
from training.rules.kinds.rubric import rubric_problems

FIELDS = ("rubric", "least_words", "most_words", "example")
LONGEST_ANSWER = 20_000


class LongText:
    """Specification: `rubric`, `least_words`, `most_words`, `example` (a good answer, shown after grading).

    Response: `{"written": text}` with its lines as typed. Form: `answer`.
    """

    name = "long_text"
    title = "Long text"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS)
        problems += rubric_problems(specification.get("rubric"))
        problems += fields.optional_text_problems(specification.get("example"), ("example",), LONGEST_ANSWER)
        least, most = specification.get("least_words", 0), specification.get("most_words", 2000)
        found = fields.whole_number_problems(least, ("least_words",), 0, 2000)
        found += fields.whole_number_problems(most, ("most_words",), 1, 2000)
        if not found and least > most:
            found.append(FieldProblem(("most_words",), "More words are needed than allowed.", "Change one of them."))
        return problems + found

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        """The criteria are shown, so that the learner knows what counts; levels and marks are not."""
        return {
            "kind": self.name,
            "longest": LONGEST_ANSWER,
            "least_words": specification.get("least_words", 0),
            "most_words": specification.get("most_words", 2000),
            "criteria": [criterion["criterion"] for criterion in specification["rubric"]],
        }

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        values = form.get("answer") or ("",)
        lines = str(values[0])[:LONGEST_ANSWER].replace("\r\n", "\n").replace("\r", "\n")
        written = "".join(letter for letter in lines if letter.isprintable() or letter in "\n\t").strip()
        return {"written": written} if written else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """Waits for a person, who grades with `rubric.grade_by_rubric`."""
        return Graded(0.0, State.NEEDS_GRADING) if self._written(response) else UNANSWERED

    def missing(self, specification: Specification, response: Response) -> str:
        count = len(self._written(response).split())
        least, most = specification.get("least_words", 0), specification.get("most_words", 2000)
        if not count:
            return "Write your answer."
        if count < least:
            return f"{count} words so far, at least {least} are wanted."
        return f"{count} words, at most {most} are wanted." if count > most else ""

    def summary(self, specification: Specification, response: Response) -> str:
        return self._written(response)

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {}

    def right_answer(self, specification: Specification) -> str:
        return str(specification.get("example") or "")

    def _written(self, response: Response) -> str:
        return text_in(response, "written").strip()[:LONGEST_ANSWER]
