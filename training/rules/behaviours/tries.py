"""Several tries at one question: what they are worth together, and whether there may be another."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.rules.behaviours.behaviour import Behaviour, BehaviourRules
from training.rules.kinds.protocol import TOLERANCE, State


@dataclass(frozen=True)
class Try:
    """One answer that was checked: its number from 1, the fraction in [0, 1] it earned by itself, and its state."""

    number: int
    fraction: float
    state: State


@dataclass(frozen=True)
class Standing:
    """Where a question stands after its tries.

    `fraction` in [0, 1] is what the question is worth now; `counting` is the number of the try that earned it, 0
    before the first. `closed` says that its answer stays; then `tries_left` is 0.
    """

    fraction: float
    counting: int
    closed: bool
    tries_left: int


def standing(rules: BehaviourRules, tries: Sequence[Try]) -> Standing:
    """What these tries, in their order, are worth together.

    The n-th try is worth its fraction less (n - 1) times the penalty, never below zero, and the best one counts: a
    further try can win and never lose. A question closes when it is right, or when all tries are used. In adaptive
    practice a later round replaces the one before without a price: it counts what is known in the end.
    """
    if not tries:
        return Standing(0.0, 0, False, rules.tries)
    right = tries[-1].fraction > 1 - TOLERANCE or tries[-1].state in (State.UNGRADED, State.NEEDS_GRADING)
    closed = right or len(tries) >= rules.tries
    left = 0 if closed else rules.tries - len(tries)
    if rules.behaviour is Behaviour.ADAPTIVE:
        return Standing(tries[-1].fraction, tries[-1].number, closed, left)
    worth = [after_penalty(one.fraction, place, rules.penalty) for place, one in enumerate(tries)]
    best = max(range(len(tries)), key=lambda place: (worth[place], tries[place].fraction))
    return Standing(worth[best], tries[best].number, closed, left)


def after_penalty(fraction: float, tries_before: int, penalty: float) -> float:
    """A fraction less the price of the tries before it, within [0, 1]."""
    return min(1.0, max(0.0, fraction - tries_before * penalty))
