"""Multiple choice: any number of several are right."""

from typing import Any

from training.rules.kinds import answers, choices, fields
from training.rules.kinds.keys import by_key, key_of, keys_problems, ordered, with_keys
from training.rules.kinds.marking import Marking, marking_problems
from training.rules.kinds.protocol import (
    TOLERANCE,
    UNANSWERED,
    FieldProblem,
    Form,
    Graded,
    Part,
    Response,
    Specification,
    graded,
)

FIELDS = ("choices", "shuffle", "marking")


class MultipleChoice:
    """Specification: `choices` (at least one right, one wrong), `marking`, `shuffle`.

    Response: `{"chosen": [keys]}` in the order of the specification. Form: `answer`, several times.
    """

    name = "multiple_choice"
    title = "Multiple choice"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        listed = specification.get("choices")
        problems = fields.unknown_fields_of_kind(specification, FIELDS) + keys_problems(specification)
        problems += marking_problems(specification, list(Marking))
        problems += fields.flag_problems(specification.get("shuffle", True), ("shuffle",))
        found = choices.choice_problems(listed)
        if found or not isinstance(listed, list):
            return problems + found
        count = choices.right_count(listed)
        if not 0 < count < len(listed):
            message = "All choices are marked as right." if count else "No choice is marked as right."
            problems.append(FieldProblem(("choices",), message, "Have at least one right and one wrong choice."))
        if _marking(specification) == Marking.WEIGHTED:
            problems += _weighted_problems(listed)
        return problems

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        order = ordered(specification, choices.texts(specification), seed)
        return {"kind": self.name, "choices": with_keys(specification, order)}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        sent = set(answers.all_values(form, "answer"))
        chosen = [key for key in by_key(specification, choices.texts(specification)) if key in sent]
        return {"chosen": chosen} if chosen else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """All or nothing: 1 if exactly the right ones were chosen.

        Partial: each right choice adds 1/(number of right ones), each wrong one takes 1/(number of wrong ones)
        away, so that choosing everything, or by lot, earns nothing. Weighted: the sum of the choices' marks.
        """
        chosen = self._chosen(specification, response)
        if not chosen:
            return UNANSWERED
        right = [choice for choice in chosen if choice.get("right")]
        all_right = choices.right_count(specification["choices"])
        marking = _marking(specification)
        if marking == Marking.ALL_OR_NOTHING:
            fraction = float(len(right) == all_right == len(chosen))
        elif marking == Marking.PARTIAL:
            all_wrong = len(specification["choices"]) - all_right
            fraction = len(right) / all_right - (len(chosen) - len(right)) / all_wrong
        else:
            fraction = min(1.0, sum(map(choices.worth, chosen)))
        return graded(max(0.0, fraction), tuple(_part(specification, choice) for choice in chosen))

    def missing(self, specification: Specification, response: Response) -> str:
        return "" if self._chosen(specification, response) else "Choose at least one."

    def summary(self, specification: Specification, response: Response) -> str:
        return "; ".join(choice["text"] for choice in self._chosen(specification, response))

    def right_response(self, specification: Specification) -> dict[str, Any]:
        right = [choice for choice in specification["choices"] if choice.get("right")]
        return {"chosen": [key_of(specification, choice["text"]) for choice in right]}

    def right_answer(self, specification: Specification) -> str:
        return "; ".join(choice["text"] for choice in specification["choices"] if choice.get("right"))

    def _chosen(self, specification: Specification, response: Response) -> list[dict[str, Any]]:
        keys = set(answers.texts_in(response, "chosen"))
        return [choice for choice in specification["choices"] if key_of(specification, choice["text"]) in keys]


def _marking(specification: Specification) -> Any:
    return specification.get("marking", Marking.PARTIAL)


def _part(specification: Specification, choice: dict[str, Any]) -> Part:
    key = key_of(specification, choice["text"])
    return Part(key, choice["text"], float(bool(choice.get("right"))), choices.feedback(choice))


def _weighted_problems(listed: list[dict[str, Any]]) -> list[FieldProblem]:
    """The right choices must be worth 1 together, and no wrong one may add to that."""
    total = sum(choices.worth(choice) for choice in listed if choice.get("right"))
    problems = []
    if abs(total - 1) > TOLERANCE:
        message = f"The marks of the right choices come to {total:g}."
        problems.append(FieldProblem(("choices",), message, "Give each a “mark” so that they come to 1."))
    for place, choice in enumerate(listed):
        if (choices.worth(choice) > 0) != bool(choice.get("right")):
            cure = "Give right choices a mark above 0, wrong ones 0 or below."
            problems.append(FieldProblem(("choices", place, "mark"), "The mark contradicts “right”.", cure))
    return problems
