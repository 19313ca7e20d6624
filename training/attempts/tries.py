"""Tries: what was checked while an attempt was under way, and how the rules of the attempt read it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db import db
from training.attempts.models import QuestionTry
from training.enrolment_models import Attempt, Response
from training.rules.attempts import GivenResponse, MarkedQuestion, PlacedQuestion
from training.rules.behaviours.adaptive import Asked, Candidate, next_position
from training.rules.behaviours.behaviour import Behaviour, BehaviourRules
from training.rules.behaviours.tries import Standing, Try, standing
from training.rules.kinds.protocol import Graded, Part, State


@dataclass(frozen=True)
class Checked:
    """One try at one question with the answer that was checked, as it was graded by itself."""

    position: int
    number: int
    round: int
    answer: Mapping[str, Any]
    graded: Graded
    summary: str

    @property
    def known(self) -> float:
        """How well the question is known: its fraction; fully where nothing is right and wrong, or a person grades."""
        return 1.0 if self.graded.state in (State.UNGRADED, State.NEEDS_GRADING) else self.graded.fraction

    @property
    def as_try(self) -> Try:
        """What the rules of tries need of it."""
        return Try(self.number, self.graded.fraction, self.graded.state)


def behaviour_of(attempt: Attempt) -> BehaviourRules:
    """The behaviour that an attempt began with."""
    return BehaviourRules(Behaviour(attempt.behaviour), attempt.tries, attempt.penalty)


SAME = (
    (Response.attempt_id == QuestionTry.attempt_id)
    & (Response.position == QuestionTry.position)
    & (Response.sequence == QuestionTry.sequence)
)
"""That a response is the one that a try checked."""


def tries_of(attempt_id: int) -> dict[int, list[Checked]]:
    """The tries of an attempt by position, each in order. One statement."""
    query = (
        select(QuestionTry, Response.answer)
        .join(Response, SAME)
        .where(QuestionTry.attempt_id == attempt_id)
        .order_by(QuestionTry.position, QuestionTry.number)
    )
    found: dict[int, list[Checked]] = defaultdict(list)
    for row, answer in db.session.execute(query):
        found[row.position].append(_checked(row, answer))
    return found


def responses_and_tries(attempt_id: int) -> tuple[dict[int, GivenResponse], dict[int, list[Checked]]]:
    """The responses that count, and the tries, both by position. One statement, over all responses of the attempt."""
    query = (
        select(Response.position, Response.sequence, Response.answer, Response.at, QuestionTry)
        .outerjoin(QuestionTry, SAME)
        .where(Response.attempt_id == attempt_id)
        .order_by(Response.position, Response.sequence, QuestionTry.number)
    )
    given: dict[int, GivenResponse] = {}
    tries: dict[int, list[Checked]] = defaultdict(list)
    for position, sequence, answer, at, row in db.session.execute(query):
        given[position] = GivenResponse(position, sequence, answer, at)  # the last by sequence stays
        if row is not None:
            tries[position].append(_checked(row, answer))
    return given, tries


def _checked(row: QuestionTry, answer: Mapping[str, Any]) -> Checked:
    graded = Graded(row.fraction, State(row.state), tuple(Part(**part) for part in row.parts))
    return Checked(row.position, row.number, row.round, answer, graded, row.summary)


def last_round(tries: Mapping[int, Sequence[Checked]]) -> Checked | None:
    """The try that came last of all questions."""
    return max((one for own in tries.values() for one in own), key=lambda one: one.round, default=None)


def stands(rules: BehaviourRules, own: Sequence[Checked]) -> Standing:
    """Where a question stands after its tries."""
    return standing(rules, [one.as_try for one in own])


def marked_by_tries(question: PlacedQuestion, rules: BehaviourRules, own: Sequence[Checked]) -> MarkedQuestion:
    """What a question is worth by its tries; `own` has at least one. State and feedback are those of the best."""
    stand = stands(rules, own)
    best = own[stand.counting - 1]
    return MarkedQuestion(question, Graded(stand.fraction, best.graded.state, best.graded.parts), best.summary)


def next_in_practice(questions: Sequence[PlacedQuestion], tries: Mapping[int, Sequence[Checked]]) -> int | None:
    """The place that adaptive practice asks now; None when it is over."""
    rounds = sorted((one for own in tries.values() for one in own), key=lambda one: one.round)
    candidates = [Candidate(one.position, one.topic or one.about) for one in questions]
    return next_position(candidates, [Asked(one.position, one.known) for one in rounds])
