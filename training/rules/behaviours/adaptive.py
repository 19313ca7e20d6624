"""Adaptive practice: what to ask next, from what was missed so far.

A missed question comes back after two others, while it is still half known: recalling a thing with something in
between keeps it better than repeating it at once (Latimier and others 2021, Educational Psychology Review 33). What
was not asked yet comes by topic, the one that was missed most first.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from training.rules.behaviours.behaviour import MOST_ROUNDS
from training.rules.kinds.protocol import TOLERANCE

BETWEEN = 2


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked: its position (from 1) and what it is about."""

    position: int
    topic: str


@dataclass(frozen=True)
class Asked:
    """One round of one question, in the order in which they took place, with what it earned."""

    position: int
    fraction: float


def next_position(candidates: Sequence[Candidate], rounds: Sequence[Asked]) -> int | None:
    """The position to ask now; None when each question is known or was missed so often that it is left.

    The same rounds give the same position, so a page that is loaded again asks the same question.
    """
    again = _come_back(candidates, rounds)
    due = [position for position in again if _since(position, rounds) >= BETWEEN]
    if due:
        return due[0]
    asked = {one.position for one in rounds}
    fresh = [one for one in candidates if one.position not in asked]
    if fresh:
        missed = _missed_by_topic(candidates, rounds)
        return min(fresh, key=lambda one: (-missed.get(one.topic, 0.0), one.position)).position
    return again[0] if again else None


def _come_back(candidates: Sequence[Candidate], rounds: Sequence[Asked]) -> list[int]:
    """Missed questions that have a round left, the one that waits longest first."""
    last = {one.position: one.fraction for one in rounds}
    number = Counter(one.position for one in rounds)
    known = {one.position for one in candidates}
    missed = [
        position
        for position, fraction in last.items()
        if position in known and fraction < 1 - TOLERANCE and number[position] < MOST_ROUNDS
    ]
    return sorted(missed, key=lambda position: (-_since(position, rounds), position))


def _since(position: int, rounds: Sequence[Asked]) -> int:
    """How many rounds took place after the last one of this question."""
    return next(place for place, one in enumerate(reversed(rounds)) if one.position == position)


def _missed_by_topic(candidates: Sequence[Candidate], rounds: Sequence[Asked]) -> dict[str, float]:
    """By topic, the share that was missed over all rounds; a topic that was never asked is not in it."""
    topics = {one.position: one.topic for one in candidates}
    sums: dict[str, list[float]] = {}
    for one in rounds:
        sums.setdefault(topics.get(one.position, ""), []).append(1 - one.fraction)
    return {topic: sum(missed) / len(missed) for topic, missed in sums.items()}
