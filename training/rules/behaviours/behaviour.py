"""The behaviours of a quiz. A kind says how an answer is graded; a behaviour says when, how often and at what price.

The separation, and the first four behaviours, follow the question engine of Moodle ("question behaviours").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MOST_TRIES = 5
MOST_ROUNDS = 3
"""How often adaptive practice asks one question before it leaves it as missed."""


class Behaviour(StrEnum):
    """When a learner hears what was right."""

    DEFERRED = "deferred"
    IMMEDIATE = "immediate"
    SEVERAL_TRIES = "several_tries"
    CERTAINTY = "certainty"
    ADAPTIVE = "adaptive"


TITLES: Mapping[Behaviour, str] = MappingProxyType(
    {
        Behaviour.DEFERRED: "Feedback at the end",
        Behaviour.IMMEDIATE: "Feedback after each question",
        Behaviour.SEVERAL_TRIES: "Several tries, with hints",
        Behaviour.CERTAINTY: "Marked by certainty",
        Behaviour.ADAPTIVE: "Practice that follows what was missed",
    }
)


@dataclass(frozen=True)
class BehaviourRules:
    """A behaviour with its numbers: `tries` for each question, and `penalty`, the share that each further try costs."""

    behaviour: Behaviour = Behaviour.DEFERRED
    tries: int = 1
    penalty: float = 0.0

    @property
    def checks_each(self) -> bool:
        """Whether each question is checked by itself while the attempt is under way."""
        return self.behaviour in (Behaviour.IMMEDIATE, Behaviour.SEVERAL_TRIES, Behaviour.ADAPTIVE)

    @property
    def asks_certainty(self) -> bool:
        """Whether each answer comes with how sure one is."""
        return self.behaviour is Behaviour.CERTAINTY

    @property
    def chooses_next(self) -> bool:
        """Whether the quiz, not the learner, chooses the next question."""
        return self.behaviour is Behaviour.ADAPTIVE


DEFERRED = BehaviourRules()


def rules_of(behaviour: Behaviour, tries: int | None = None, penalty: float | None = None) -> BehaviourRules:
    """The rules of a behaviour; where nothing is said of several tries, three, of which each further costs a third."""
    if behaviour is Behaviour.SEVERAL_TRIES:
        return BehaviourRules(behaviour, 3 if tries is None else tries, 1 / 3 if penalty is None else penalty)
    return BehaviourRules(behaviour, MOST_ROUNDS if behaviour is Behaviour.ADAPTIVE else 1)
