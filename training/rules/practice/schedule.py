"""When a question comes back: the interface, and what an answer means for it.

A day is a whole day where the learner lives. A schedule keeps what it knows about a question in a plain mapping that
can be stored as JSON, and its name is stored with it, so that a change of schedule leaves older questions with theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

CLOSE = 1e-9


class Recall(StrEnum):
    """How well something came back."""

    FORGOTTEN = "forgotten"
    PARTLY = "partly"
    KNOWN = "known"


@dataclass(frozen=True)
class Planned:
    """What a schedule knows after an answer, and the day on which the question comes back: always a later one."""

    state: dict[str, Any]
    due_on: date


class Schedule(Protocol):
    """A rule for when a question comes back."""

    @property
    def name(self) -> str:
        """What is stored with each question."""

    def begin(self, recall: Recall, on: date) -> Planned:
        """The plan after the answer in the quiz of the module, given on the day `on`."""

    def go_on(self, state: Mapping[str, Any], recall: Recall, on: date) -> Planned:
        """The plan after an answer in practice; `state` is what this schedule returned last."""


def recall_of(fraction: float) -> Recall:
    """What a graded answer says: all of it right is known, at least half of it is partly known, less is forgotten.

    Raises ValueError unless 0 <= fraction <= 1.
    """
    if not -CLOSE <= fraction <= 1 + CLOSE:
        raise ValueError(f"a fraction lies between 0 and 1, not at {fraction}")
    if fraction >= 1 - CLOSE:
        return Recall.KNOWN
    return Recall.PARTLY if fraction >= 0.5 - CLOSE else Recall.FORGOTTEN
