"""What every kind of question can do, and what grading answers.

A kind says what is asked and how a response is graded. When feedback is shown and how often one may try is the
behaviour of the attempt and lives elsewhere, as the weight of the question does: kinds give fractions only.
(The separation follows the question engine of Moodle: question type, behaviour, attempt step.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

Specification = Mapping[str, Any]
"""One version of a question without its prompt: a plain dict of JSON values, `kind` among them. Never changed."""

Response = Mapping[str, Any]
"""What a learner answered: a plain dict of JSON values; empty is no answer. Holds no order and no seed."""

Form = Mapping[str, Sequence[str]]
"""The fields of one question as a browser sends them, every field with all its values."""

Field = tuple[str | int, ...]
"""The way to a value in a specification: ("choices", 2, "text") is the text of the third choice."""

TOLERANCE = 1e-6
"""Fractions nearer than this are one fraction. They come from divisions, so nothing compares them with ==."""


class State(StrEnum):
    """What a graded response is. The last two carry fraction 0 and take no part in the result (yet)."""

    UNANSWERED = "unanswered"
    WRONG = "wrong"
    PARTLY_RIGHT = "partly_right"
    RIGHT = "right"
    NEEDS_GRADING = "needs_grading"
    UNGRADED = "ungraded"


@dataclass(frozen=True)
class FieldProblem:
    """One thing wrong with a specification: where, what, and the cure, in words for the author."""

    field: Field
    message: str
    cure: str

    def __str__(self) -> str:
        return f"{field_in_words(self.field)}: {self.message} {self.cure}".strip()


@dataclass(frozen=True)
class Part:
    """Feedback on one part of a response. `label` says which part; it gives away nothing that was not answered.

    `fraction` is None where a part on its own is neither right nor wrong.
    """

    key: str
    label: str
    fraction: float | None
    feedback: str = ""


@dataclass(frozen=True)
class Graded:
    """The answer of grading: how right in [0, 1], in which state, and the parts in the order of the question."""

    fraction: float
    state: State
    parts: tuple[Part, ...] = ()


class QuestionKind(Protocol):
    """The contract of a kind. Specifications handed to anything but `validate` have no problems.

    `grade`, `missing`, `summary` and `parse` take whatever a browser or an old row holds: what they do not
    understand counts as not answered; they never raise.
    """

    name: str
    title: str

    def validate(self, specification: Specification) -> list[FieldProblem]:
        """Everything that is wrong with the specification, each with its field; empty if it can be asked."""

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        """What a browser may get: never the key. The same seed gives the same order, on any machine.

        `response` is what was answered so far; only a talk with several steps looks at it.
        """

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        """The response that the fields of a form hold; empty if they hold none. Unknown fields are left out."""

    def grade(self, specification: Specification, response: Response) -> Graded:
        """How right the response is. An empty response is unanswered with fraction 0."""

    def missing(self, specification: Specification, response: Response) -> str:
        """What the learner should still do or mend before finishing, as a sentence; empty if nothing."""

    def summary(self, specification: Specification, response: Response) -> str:
        """The response in plain text, stored when it is graded so that no report has to render it again."""

    def right_response(self, specification: Specification) -> dict[str, Any]:
        """A response that earns the full fraction; empty if only a person can tell."""

    def right_answer(self, specification: Specification) -> str:
        """What would have been right, in plain text; empty if only a person can tell."""


def graded(fraction: float, parts: tuple[Part, ...] = ()) -> Graded:
    """A graded response with the state that follows from the fraction.

    Raises ValueError if the fraction lies outside [0, 1] by more than the tolerance: a kind has a fault then.
    """
    if not -TOLERANCE <= fraction <= 1 + TOLERANCE:
        raise ValueError(f"A fraction lies between 0 and 1; this is {fraction!r}.")
    if fraction > 1 - TOLERANCE:
        return Graded(1.0, State.RIGHT, parts)
    if fraction < TOLERANCE:
        return Graded(0.0, State.WRONG, parts)
    return Graded(fraction, State.PARTLY_RIGHT, parts)


UNANSWERED = Graded(0.0, State.UNANSWERED)


def field_in_words(field: Field) -> str:
    """("choices", 2, "text") as "choices 3, text"."""
    words = ""
    for step in field:
        if isinstance(step, int):
            words += f" {step + 1}"
        else:
            words += f", {step}" if words else step
    return words or "question"
