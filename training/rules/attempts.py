"""What an attempt is worth: responses in, result out. Nothing is fetched, nothing is saved.

Responses are appended as they are given and never changed; the present state is a fold over them (the last by
sequence counts), so an answer can neither be lost by a later one that failed nor be counted twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from training.rules.behaviours.certainty import Certainty, share_of_mark
from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.protocol import TOLERANCE, Graded, Specification, State


@dataclass(frozen=True)
class GivenResponse:
    """One response as it was appended. `sequence` counts up within a position of an attempt."""

    position: int
    sequence: int
    answer: Mapping[str, Any]
    at: datetime
    certainty: Certainty | None = None


@dataclass(frozen=True)
class PlacedQuestion:
    """A version of a question at its place (from 1) in an attempt. `about` is "why" or "how"."""

    position: int
    specification: Specification
    weight: float
    about: str
    topic: str = ""


@dataclass(frozen=True)
class MarkedQuestion:
    """A placed question with what its response earned, and that response in words.

    `certainty` is how sure the learner was where the quiz is marked by certainty; None elsewhere.
    """

    question: PlacedQuestion
    graded: Graded
    summary: str
    certainty: Certainty | None = None

    @property
    def mark(self) -> float:
        """Fraction times weight; by certainty, down to twice the weight below zero."""
        share = self.graded.fraction if self.certainty is None else share_of_mark(self.graded.fraction, self.certainty)
        return share * self.question.weight


@dataclass(frozen=True)
class Split:
    """The marks on one part of the questions. `fraction` is None where nothing in it counts."""

    name: str
    questions: int
    mark: float
    out_of: float

    @property
    def fraction(self) -> float | None:
        """Marks as a share of those that could be earned; what was lost by false certainty counts as nothing."""
        return max(0.0, self.mark / self.out_of) if self.out_of > 0 else None


@dataclass(frozen=True)
class QuizResult:
    """What came of an attempt.

    `fraction` holds for what is graded so far: questions that wait for a person count as nothing yet, and `highest`
    is what the fraction can still become. Both lie in [0, 1], also where certainty took more than was earned.
    `passed` is None as long as that is open. Where nothing counts (a form of opinions only), the fraction is 1: to have
    answered is enough.
    """

    mark: float
    out_of: float
    fraction: float
    highest: float
    passed: bool | None
    waiting: tuple[int, ...]
    unanswered: tuple[int, ...]
    by_about: tuple[Split, ...]
    by_topic: tuple[Split, ...]


class CountPolicy(StrEnum):
    """Which of several finished attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


def latest(responses: Iterable[GivenResponse]) -> dict[int, GivenResponse]:
    """The response that counts at each position: the one with the highest sequence, in whatever order they come.

    Two with one sequence cannot be stored; if they come all the same, the later in time counts.
    """
    counting: dict[int, GivenResponse] = {}
    for response in responses:
        present = counting.get(response.position)
        if present is None or (response.sequence, response.at) > (present.sequence, present.at):
            counting[response.position] = response
    return counting


def question_seed(attempt_seed: int, position: int) -> int:
    """The seed of the order of choices of one question, from the one seed that is recorded with the attempt."""
    return int.from_bytes(sha256(f"{attempt_seed}:{position}".encode()).digest()[:6])


def draw(slugs: Iterable[str], count: int, seed: int) -> list[str]:
    """Draw `count` different questions of a pool (all, if there are fewer), repeatable from the recorded seed.

    Adding a question to the pool later changes no other question's chance and no draw that was recorded.
    """

    def lot(slug: str) -> bytes:
        return sha256(f"{seed}:{slug}".encode()).digest()

    return sorted(set(slugs), key=lot)[: max(0, count)]


def mark_questions(
    questions: Iterable[PlacedQuestion], counting: Mapping[int, GivenResponse], by_certainty: bool = False
) -> tuple[MarkedQuestion, ...]:
    """Grade the response that counts at each position. A position without one is unanswered."""
    return tuple(mark_question(question, counting.get(question.position), by_certainty) for question in questions)


def mark_question(question: PlacedQuestion, given: GivenResponse | None, by_certainty: bool = False) -> MarkedQuestion:
    """Grade one response. Who did not say how sure they are was not sure; what has no right and wrong needs none."""
    kind = kind_of(question.specification)
    answer = given.answer if given else {}
    graded, summary = kind.grade(question.specification, answer), kind.summary(question.specification, answer)
    if not by_certainty or graded.state not in (State.RIGHT, State.PARTLY_RIGHT, State.WRONG):
        return MarkedQuestion(question, graded, summary)
    return MarkedQuestion(question, graded, summary, (given and given.certainty) or Certainty.UNSURE)


def unanswered(questions: Iterable[PlacedQuestion], counting: Mapping[int, GivenResponse]) -> dict[int, str]:
    """The positions with something still to do before finishing, and what, as a sentence."""
    todo = {}
    for question in questions:
        answer = counting[question.position].answer if question.position in counting else {}
        words = kind_of(question.specification).missing(question.specification, answer)
        if words:
            todo[question.position] = words
    return todo


def quiz_result(marked: Sequence[MarkedQuestion], pass_mark: float) -> QuizResult:
    """Weighted marks, whether they pass, and how they split. `pass_mark` in [0, 1]; reaching it is passing."""
    counting = [one for one in marked if one.graded.state != State.UNGRADED]
    waiting = [one for one in counting if one.graded.state == State.NEEDS_GRADING]
    out_of = sum(one.question.weight for one in counting)
    mark = sum(one.mark for one in counting if one.graded.state != State.NEEDS_GRADING)
    open_marks = sum(one.question.weight for one in waiting)
    fraction = mark / out_of if out_of > 0 else 1.0
    highest = (mark + open_marks) / out_of if out_of > 0 else 1.0
    return QuizResult(
        mark=mark,
        out_of=out_of,
        fraction=min(1.0, max(0.0, fraction)),
        highest=min(1.0, max(0.0, highest)),
        passed=_passed(max(0.0, fraction), max(0.0, highest), pass_mark),
        waiting=tuple(one.question.position for one in waiting),
        unanswered=tuple(one.question.position for one in marked if one.graded.state == State.UNANSWERED),
        by_about=_splits(counting, [one.question.about for one in counting]),
        by_topic=_splits(counting, [one.question.topic for one in counting]),
    )


def reaches(fraction: float, pass_mark: float) -> bool:
    """Whether a fraction passes: 0.7 made of thirds and tenths passes 0.7."""
    return fraction >= pass_mark - TOLERANCE


def counted_fraction(fractions: Sequence[float], policy: CountPolicy) -> float | None:
    """What several finished attempts, in the order they were finished, count as; None if there is none."""
    if not fractions:
        return None
    if policy == CountPolicy.BEST:
        return max(fractions)
    if policy == CountPolicy.MEAN:
        return sum(fractions) / len(fractions)
    return fractions[0] if policy == CountPolicy.FIRST else fractions[-1]


def attempts_left(used: int, allowed: int | None) -> int | None:
    """How many attempts may still be started; None for as many as one likes."""
    return None if allowed is None else max(0, allowed - used)


def _passed(lowest: float, highest: float, pass_mark: float) -> bool | None:
    if reaches(lowest, pass_mark):
        return True
    return None if reaches(highest, pass_mark) else False


def _splits(marked: Sequence[MarkedQuestion], names: Sequence[str]) -> tuple[Split, ...]:
    """One split for each name, in the order in which names come first; questions that wait are left out."""
    splits = []
    for name in dict.fromkeys(names):
        own = [one for one, other in zip(marked, names, strict=True) if other == name]
        graded = [one for one in own if one.graded.state != State.NEEDS_GRADING]
        out_of = sum(one.question.weight for one in graded)
        splits.append(Split(name, len(own), sum(one.mark for one in graded), out_of))
    return tuple(splits)
