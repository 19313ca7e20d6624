"""Blanks: fill the gaps of a text by typing."""

from typing import Any

from training.rules.kinds import accepted, answers, fields, gaps
from training.rules.kinds.protocol import UNANSWERED, FieldProblem, Form, Graded, Part, Response, Specification


class Blanks:
    """Specification: `text` with [[1]], [[2]] ..., `gaps` with the accepted answers of each (accepted.py), `marking`.

    Response: `{"written": {"1": text}}`. Form: `gap-` and the number, for each gap.
    """

    name = "blanks"
    title = "Fill in the blanks"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = gaps.gap_problems(specification)
        listed = specification.get("gaps")
        for place, gap in enumerate(listed if isinstance(listed, list) else []):
            problems += _one_gap_problems(gap, place)
        return problems

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        return {"kind": self.name, "pieces": gaps.pieces(specification), "longest": accepted.LONGEST_PATTERN}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        typed = {
            str(number): answers.first_line(form, f"{gaps.FIELD_PREFIX}{number}", accepted.LONGEST_PATTERN)
            for number in range(1, len(specification["gaps"]) + 1)
        }
        written = {number: text for number, text in typed.items() if text}
        return {"written": written} if written else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        written = self._written(specification, response)
        if not written:
            return UNANSWERED
        parts = []
        for number, gap in enumerate(specification["gaps"], 1):
            match = accepted.best_match(gap, written[number]) if number in written else accepted.Match()
            parts.append(Part(str(number), written.get(number, ""), match.fraction, match.feedback))
        return gaps.grade_gaps(specification, tuple(parts))

    def missing(self, specification: Specification, response: Response) -> str:
        return gaps.missing_gaps(specification, self._written(specification, response))

    def summary(self, specification: Specification, response: Response) -> str:
        written = self._written(specification, response)
        return gaps.filled_in(specification, written) if written else ""

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"written": {str(number): accepted.example(gap) for number, gap in enumerate(specification["gaps"], 1)}}

    def right_answer(self, specification: Specification) -> str:
        return self.summary(specification, self.right_response(specification))

    def _written(self, specification: Specification, response: Response) -> dict[int, str]:
        given = answers.text_table_in(response, "written")
        numbers = range(1, len(specification["gaps"]) + 1)
        texts = {number: given.get(str(number), "").strip()[: accepted.LONGEST_PATTERN] for number in numbers}
        return {number: text for number, text in texts.items() if text}


def _one_gap_problems(gap: Any, place: int) -> list[FieldProblem]:
    at = ("gaps", place)
    if not isinstance(gap, dict):
        return [FieldProblem(at, "A gap needs its answers.", "Write “- accept:” and below it the answers.")]
    return fields.unknown_fields(gap, accepted.FIELDS, at) + accepted.accept_problems(gap, at)
