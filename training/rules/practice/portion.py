"""What is asked today: two minutes, the longest due first, topics in turn."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

PORTION = 6
"""Questions a day: two minutes at some twenty seconds each."""

REMINDER_DAYS = (0, 3, 10, 30)
"""Who lets practice wait is reminded on these days after the first question fell due, and then not again."""


@dataclass(frozen=True)
class Waiting:
    """A question that is due."""

    card_id: int
    due_on: date
    topic: str


def todays_portion(waiting: Iterable[Waiting], answered_today: int) -> list[int]:
    """The cards to ask today, in order, so that with those answered already there are at most PORTION.

    The longest due are taken; among them topics take turns, since mixed practice is remembered better than one topic
    at a time (Rohrer, Dedrick and Stershic 2015, Journal of Educational Psychology 107, 900-908).
    """
    most = max(0, PORTION - answered_today)
    taken = sorted(waiting, key=lambda one: (one.due_on, one.card_id))[:most]
    by_topic: dict[str, list[int]] = defaultdict(list)
    for one in taken:
        by_topic[one.topic].append(one.card_id)
    return [card for card in chain.from_iterable(zip_longest(*by_topic.values())) if card is not None]


def is_reminder_day(first_due_on: date, today: date) -> bool:
    """Whether somebody whose oldest waiting question fell due on `first_due_on` is reminded today."""
    return (today - first_due_on).days in REMINDER_DAYS
