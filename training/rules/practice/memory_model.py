"""The schedule of a memory model: a question comes back on the day when it is expected to be known in 9 of 10 cases.

FSRS-6 (free spaced repetition scheduler), the three-component model of memory (difficulty, stability,
retrievability) of Ye, Su and Cao 2022, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling", KDD 22, 4381-4390, with the published weights of the library `fsrs`. No chance is in it: the same answers
on the same days give the same plan.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler

from training.rules.practice.schedule import Planned, Recall

RETENTION = 0.9
LONGEST_DAYS = 365
_RATINGS = {Recall.FORGOTTEN: Rating.Again, Recall.PARTLY: Rating.Hard, Recall.KNOWN: Rating.Good}
_scheduler = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),  # whole days only: nothing comes back within minutes
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


class MemoryModel:
    """The day on which a question is expected to be known with a probability of RETENTION."""

    name = "fsrs"

    def begin(self, recall: Recall, on: date) -> Planned:
        """The plan after the first answer."""
        return _after(Card(card_id=0, due=_noon(on)), recall, on)

    def go_on(self, state: Mapping[str, Any], recall: Recall, on: date) -> Planned:
        """The plan after another answer. A day before the last answer counts as that day: clocks are set back."""
        card = Card.from_json(state["card"])
        last = card.last_review.date() if card.last_review else on
        return _after(card, recall, max(on, last))


def _after(card: Card, recall: Recall, on: date) -> Planned:
    card, _ = _scheduler.review_card(card, _RATINGS[recall], _noon(on))
    return Planned({"card": card.to_json()}, max(card.due.date(), on + timedelta(days=1)))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
