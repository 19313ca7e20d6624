"""Attempts: start, save a response, finish exactly once. Every save is appended. Nothing here commits.

Whoever changes an attempt locks its row first (`access_attempt` does), so a response can neither slip in after the
finish nor be graded twice; the constraints of the tables refuse it besides.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from db import bulk_insert, db, table_of
from training.attempts.checking import LONGEST_SUMMARY, final_marks
from training.attempts.limits import NoAttemptLeftError, end_of, left_to_begin
from training.attempts.queries import counting_responses, parts_as_stored, placed_questions
from training.attempts.tries import behaviour_of
from training.courses.asked import AskedVersion, asked_versions
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, Grading, Response
from training.grading.handing_over import hand_over
from training.learning import enrolment_operations
from training.models import Module
from training.rules.attempts import (
    CountPolicy,
    MarkedQuestion,
    QuizResult,
    counted_fraction,
    draw,
    mark_questions,
    quiz_result,
    reaches,
)
from training.rules.behaviours.certainty import Certainty
from training.rules.behaviours.quiz_rules import quiz_rules
from training.rules.time_limit import Timing, timing_at


class AttemptOverError(ValueError):
    """The attempt is finished, or its time is up, or this question is checked: the answer stays as it is."""


class NothingToAskError(ValueError):
    """The module has no question."""


@dataclass(frozen=True)
class SentAnswer:
    """An answer as it was sent. A page that saves by itself has a name and counts its answers; a form has neither."""

    answer: dict[str, Any]
    page: str = ""
    page_sequence: int | None = None
    certainty: Certainty | None = None


def start(enrolment: Enrolment, module_id: int, at: datetime) -> Attempt:
    """Go on with the attempt under way, or start a new one with the questions of the version begun.

    Of a pool it takes as many as the quiz draws, by a lot from the seed that is recorded. `enrolment` must be locked.
    Raises NothingToAskError, NoAttemptLeftError.
    """
    last = _last_attempt(enrolment, module_id)
    if last is not None and last.finished_at is None:
        return last
    asked = asked_versions(enrolment, module_id)
    if not asked:
        raise NothingToAskError("This module has no question yet.")
    rules, used = quiz_rules(asked[0].quiz), last.number if last else 0
    if left_to_begin(rules, used, enrolment) == 0:
        raise NoAttemptLeftError("You have used all attempts at this quiz. Your trainer can allow you another.")
    seed = secrets.randbelow(2**31)
    attempt = Attempt(
        enrolment_id=enrolment.id,
        module_id=module_id,
        number=used + 1,
        seed=seed,
        pass_mark=asked[0].pass_mark,
        behaviour=rules.behaviour.behaviour,
        tries=rules.behaviour.tries,
        penalty=rules.behaviour.penalty,
        minutes=rules.minutes,
        started_at=at,
        ends_at=end_of(rules.minutes, at, enrolment),
    )
    db.session.add(attempt)
    db.session.flush()
    rows = [
        {"attempt_id": attempt.id, "position": place, "version_id": version.id, "summary": ""}
        for place, version in enumerate(_drawn(asked, rules.draw, seed), 1)
    ]
    bulk_insert(table_of(AttemptQuestion), rows)
    return attempt


def _drawn(asked: Sequence[AskedVersion], numbers: Mapping[str, int], seed: int) -> list[AskedVersion]:
    """The questions of an attempt in order: all without a pool, and as many of each pool as the quiz draws of it."""
    chosen = {
        slug
        for pool, number in numbers.items()
        for slug in draw((one.slug for one in asked if one.pool == pool), number, seed)
    }
    return [one for one in asked if one.pool not in numbers or one.slug in chosen]


def _last_attempt(enrolment: Enrolment, module_id: int) -> Attempt | None:
    query = select(Attempt).where(Attempt.enrolment_id == enrolment.id, Attempt.module_id == module_id)
    return db.session.scalars(query.order_by(Attempt.number.desc()).limit(1)).first()


def save(attempt: Attempt, position: int, sent: SentAnswer, at: datetime) -> int:
    """Append an answer to the question at `position` and return the sequence of the answer that counts now.

    `attempt` must be locked. Nothing is appended for an answer that its page has sent before (a retry after a lost
    connection) or has followed up by a newer one (this one came late), nor for a form that changes nothing. Pages on
    two devices do not know of each other: there the answer that arrives last counts. Raises AttemptOverError.
    """
    _refuse_if_over(attempt, position, at)
    last = _last_response(attempt, position, sent.page)
    count = last.sequence if last else 0
    if sent.page_sequence is None:
        if sent.answer == (last.answer if last else {}) and sent.certainty == (last.certainty if last else None):
            return count
    elif last and last.seen is not None and sent.page_sequence <= last.seen:
        return count
    response = Response(
        attempt_id=attempt.id,
        position=position,
        sequence=count + 1,
        page=sent.page,
        page_sequence=sent.page_sequence,
        answer=sent.answer,
        certainty=sent.certainty,
        at=at,
    )
    db.session.add(response)
    db.session.flush()
    return count + 1


def _refuse_if_over(attempt: Attempt, position: int, at: datetime) -> None:
    if attempt.finished_at is not None:
        raise AttemptOverError("This attempt is finished: its answers stay as they are.")
    if timing_at(attempt.ends_at, at) is Timing.TOO_LATE:
        raise AttemptOverError("Time is up: what was saved before counts.")
    if behaviour_of(attempt).checks_each and db.session.get_one(AttemptQuestion, (attempt.id, position)).closed_at:
        raise AttemptOverError("This question is checked: its answer stays as it is.")


def _last_response(attempt: Attempt, position: int, page: str) -> Row[Any] | None:
    """Sequence and answer of the last response to a question, and the highest count that is `seen` of a page."""
    here = (Response.attempt_id == attempt.id, Response.position == position)
    seen = select(func.max(Response.page_sequence)).where(*here, Response.page == page).scalar_subquery()
    query = select(Response.sequence, Response.answer, Response.certainty, seen.label("seen")).where(*here)
    return db.session.execute(query.order_by(Response.sequence.desc()).limit(1)).first()


def finish(attempt: Attempt, enrolment: Enrolment, at: datetime) -> bool:
    """Grade and finish. Both must be locked. Returns False, and changes nothing, if it was finished before."""
    if attempt.finished_at is not None:
        return False
    at = max(at, attempt.started_at)  # a clock that was set back makes no attempt end before it began
    marked = _final_marks(attempt, at)
    result = quiz_result(marked, attempt.pass_mark)
    passed = counts_as_passed(attempt, result)
    _keep_marks(attempt.id, marked)
    db.session.add(Grading(attempt_id=attempt.id, number=1, at=at, fraction=result.fraction, passed=passed))
    attempt.finished_at, attempt.fraction, attempt.passed = at, result.fraction, passed
    db.session.flush()
    if result.waiting:
        hand_over(attempt, enrolment, result.waiting, at)
    if passed:
        enrolment_operations.complete_if_done(enrolment, at)
    return True


def _final_marks(attempt: Attempt, at: datetime) -> tuple[MarkedQuestion, ...]:
    rules, questions = behaviour_of(attempt), placed_questions(attempt.id)
    if rules.checks_each:
        return final_marks(attempt, questions, at)
    return mark_questions(questions, counting_responses(attempt.id), rules.asks_certainty)


def counts_as_passed(attempt: Attempt, result: QuizResult) -> bool:
    """Whether the quiz counts as passed with this result: by itself, or with the attempts before it."""
    policy = quiz_rules(db.session.get_one(Module, attempt.module_id).quiz).counts
    if policy in (CountPolicy.BEST, CountPolicy.LAST) or attempt.number == 1:
        return bool(result.passed)
    query = select(Attempt.fraction).where(
        Attempt.enrolment_id == attempt.enrolment_id,
        Attempt.module_id == attempt.module_id,
        Attempt.number < attempt.number,
        Attempt.fraction.is_not(None),
    )
    before = [float(one or 0) for one in db.session.scalars(query.order_by(Attempt.number))]
    counted = counted_fraction([*before, result.fraction], policy)
    return not result.waiting and reaches(counted or 0.0, attempt.pass_mark)


def _keep_marks(attempt_id: int, marked: tuple[MarkedQuestion, ...]) -> None:
    """Keep how each question was graded, so that no page has to grade again."""
    statement = (
        update(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt_id, AttemptQuestion.position == bindparam("place"))
        .values(
            fraction=bindparam("worth"),
            certainty=bindparam("sure"),
            state=bindparam("standing"),
            parts=bindparam("pieces"),
            summary=bindparam("said"),
        )
    )
    rows = [
        {
            "place": one.question.position,
            "worth": one.graded.fraction,
            "sure": one.certainty,
            "standing": one.graded.state.value,
            "pieces": parts_as_stored(one.graded),
            "said": one.summary[:LONGEST_SUMMARY],
        }
        for one in marked
    ]
    db.session.connection().execute(statement, rows)
