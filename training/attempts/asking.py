"""How one question of an attempt is asked now: tries, hints, what may be shown of the answer, and what time is left."""

from dataclasses import dataclass
from datetime import datetime

from training.access import OpenAttempt
from training.attempts.queries import placed, placed_questions
from training.attempts.tries import (
    Checked,
    behaviour_of,
    last_round,
    marked_by_tries,
    next_in_practice,
    stands,
    tries_of,
)
from training.rules.attempts import MarkedQuestion
from training.rules.behaviours.behaviour import BehaviourRules
from training.rules.behaviours.tries import Standing
from training.rules.kinds.catalogue import hints_of
from training.rules.kinds.protocol import TOLERANCE


@dataclass(frozen=True)
class Asking:
    """What a page of a question needs besides the question.

    `explained` is set when the answer stays, or was just checked in practice: only then may the page tell what is
    right. `is_fresh` asks again, in practice, without the answer of the round before. `known` counts the questions
    that are right so far. `elsewhere` is True where practice asks another question now.
    """

    rules: BehaviourRules
    stand: Standing
    tries: tuple[Checked, ...] = ()
    explained: MarkedQuestion | None = None
    hint: str = ""
    is_fresh: bool = False
    known: int = 0
    elsewhere: bool = False

    @property
    def number(self) -> int:
        """The number of the next try."""
        return len(self.tries) + 1

    @property
    def last(self) -> Checked | None:
        """The last try, if there was one."""
        return self.tries[-1] if self.tries else None


def asking_of(opened: OpenAttempt, position: int, again: bool) -> Asking:
    """How the question of `opened` is asked. No statement where feedback comes at the end; else one, in practice two.

    `again` is what the link to the next question of practice says: ask it, rather than show how it went.
    """
    attempt, place, version = opened.attempt, opened.place, opened.question
    rules = behaviour_of(attempt)
    if not rules.checks_each or place is None or version is None:
        return Asking(rules, stands(rules, ()))
    tries = tries_of(attempt.id)
    own = tries.get(position, [])
    stand = stands(rules, own)
    is_last = bool(own) and last_round(tries) is own[-1]
    is_explained = place.closed_at is not None or (rules.chooses_next and is_last and not again)
    explained = marked_by_tries(placed(place, version), rules, own) if is_explained and own else None
    elsewhere = (
        rules.chooses_next and not is_explained and next_in_practice(placed_questions(attempt.id), tries) != position
    )
    return Asking(
        rules,
        stand,
        tuple(own),
        explained,
        _hint(opened, own) if not is_explained and not rules.chooses_next else "",
        is_fresh=rules.chooses_next and bool(own) and not is_explained,
        known=sum(own[-1].known > 1 - TOLERANCE for own in tries.values() if own),
        elsewhere=elsewhere,
    )


def seconds_left(ends_at: datetime | None, at: datetime) -> int | None:
    """Whole seconds until time is up, never below 0; None without a limit."""
    return None if ends_at is None else max(0, int((ends_at - at).total_seconds()))


def _hint(opened: OpenAttempt, own: list[Checked]) -> str:
    hints = hints_of(opened.question.specification) if opened.question else []
    return hints[min(len(own), len(hints)) - 1] if own and hints else ""
