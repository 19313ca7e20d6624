"""Choose in a text: fill the gaps of a text from short lists."""

from typing import Any

from training.rules.kinds import answers, choices, fields, gaps
from training.rules.kinds.keys import by_key, key_of, keys_problems, shuffled, with_keys
from training.rules.kinds.protocol import UNANSWERED, FieldProblem, Form, Graded, Part, Response, Specification


class ChooseInText:
    """Specification: `text` with [[1]], [[2]] ..., `gaps` with the `choices` of each (one right), `marking`.

    Response: `{"chosen": {"1": key}}`. Form: `gap-` and the number, for each gap.
    """

    name = "choose_in_text"
    title = "Choose in a text"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = gaps.gap_problems(specification) + keys_problems(specification)
        listed = specification.get("gaps")
        for place, gap in enumerate(listed if isinstance(listed, list) else []):
            problems += _one_gap_problems(gap, place)
        return problems

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        offered = {
            str(number): with_keys(specification, shuffled(specification, choices.texts(gap), seed))
            for number, gap in enumerate(specification["gaps"], 1)
        }
        return {"kind": self.name, "pieces": gaps.pieces(specification), "choices": offered}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        chosen = {}
        for number, gap in enumerate(specification["gaps"], 1):
            key = answers.first_line(form, f"{gaps.FIELD_PREFIX}{number}")
            if key in by_key(specification, choices.texts(gap)):
                chosen[str(number)] = key
        return {"chosen": chosen} if chosen else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        chosen = self._chosen(specification, response)
        if not chosen:
            return UNANSWERED
        parts = []
        for number in range(1, len(specification["gaps"]) + 1):
            choice = chosen.get(number, {"text": ""})
            fraction = 1.0 if choice.get("right") else max(0.0, choices.worth(choice))
            parts.append(Part(str(number), choice["text"], fraction, choices.feedback(choice)))
        return gaps.grade_gaps(specification, tuple(parts))

    def missing(self, specification: Specification, response: Response) -> str:
        return gaps.missing_gaps(specification, self._words(specification, response))

    def summary(self, specification: Specification, response: Response) -> str:
        words = self._words(specification, response)
        return gaps.filled_in(specification, words) if words else ""

    def right_response(self, specification: Specification) -> dict[str, Any]:
        chosen = {}
        for number, gap in enumerate(specification["gaps"], 1):
            text = next(choice["text"] for choice in gap["choices"] if choice.get("right"))
            chosen[str(number)] = key_of(specification, text)
        return {"chosen": chosen}

    def right_answer(self, specification: Specification) -> str:
        return self.summary(specification, self.right_response(specification))

    def _words(self, specification: Specification, response: Response) -> dict[int, str]:
        return {number: choice["text"] for number, choice in self._chosen(specification, response).items()}

    def _chosen(self, specification: Specification, response: Response) -> dict[int, dict[str, Any]]:
        given = answers.text_table_in(response, "chosen")
        chosen = {}
        for number, gap in enumerate(specification["gaps"], 1):
            for choice in gap["choices"]:
                if given.get(str(number)) == key_of(specification, choice["text"]):
                    chosen[number] = choice
        return chosen


def _one_gap_problems(gap: Any, place: int) -> list[FieldProblem]:
    at = ("gaps", place)
    if not isinstance(gap, dict):
        return [FieldProblem(at, "A gap needs its choices.", "Write “- choices:” and below it the choices.")]
    problems = fields.unknown_fields(gap, ("choices",), at)
    problems += choices.choice_problems(gap.get("choices"), (*at, "choices"))
    count = choices.right_count(gap.get("choices"))
    if not problems and count != 1:
        message = f"{count} choices are marked as right."
        problems.append(FieldProblem((*at, "choices"), message, "Mark exactly one with “right: true”."))
    return problems
