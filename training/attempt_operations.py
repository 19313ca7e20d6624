"""Attempts: start, save a response, finish exactly once. Every save is appended. Nothing here commits.

Whoever changes an attempt locks its row first (`access_attempt` does), so a response can neither slip in after the
finish nor be graded twice; the constraints of the tables refuse it besides.
"""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from db import bulk_insert, db
from training import enrolment_operations
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, Response
from training.models import Module, Question, QuestionVersion
from training.rules.attempts import (
    GivenResponse,
    MarkedQuestion,
    PlacedQuestion,
    QuizResult,
    latest,
    mark_questions,
    quiz_result,
)

LONGEST_SUMMARY = 1000


class AttemptOverError(ValueError):
    """The attempt is finished: nothing can be changed any more."""


class NothingToAskError(ValueError):
    """The module has no question."""


def start(enrolment: Enrolment, module_id: int, at: datetime) -> Attempt:
    """Go on with the attempt under way, or start a new one with the newest version of each question.

    `enrolment` must be locked. Raises NothingToAskError.
    """
    query = (
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.module_id == module_id)
        .order_by(Attempt.number.desc())
    )
    last = db.session.scalars(query.limit(1)).first()
    if last is not None and last.finished_at is None:
        return last
    versions = newest_versions(module_id)
    if not versions:
        raise NothingToAskError("This module has no question yet.")
    attempt = Attempt(
        enrolment_id=enrolment.id,
        module_id=module_id,
        number=last.number + 1 if last else 1,
        seed=secrets.randbelow(2**31),
        started_at=at,
    )
    db.session.add(attempt)
    db.session.flush()
    rows = [
        {"attempt_id": attempt.id, "position": place, "version_id": version_id, "summary": ""}
        for place, version_id in enumerate(versions, 1)
    ]
    bulk_insert(AttemptQuestion.__table__, rows)  # type: ignore[arg-type]
    return attempt


def newest_versions(module_id: int) -> list[int]:
    """The newest version of each question of a module that is not retired, in order."""
    newest = (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
        .group_by(QuestionVersion.question_id)
        .subquery()
    )
    query = (
        select(QuestionVersion.id)
        .join(
            newest,
            (newest.c.question_id == QuestionVersion.question_id) & (newest.c.number == QuestionVersion.number),
        )
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.module_id == module_id, Question.retired_at.is_(None))
        .order_by(Question.position, Question.id)
    )
    return list(db.session.scalars(query))


def save(attempt: Attempt, position: int, answer: dict[str, Any], *, sequence: int | None, at: datetime) -> int:
    """Append a response and return its sequence. `attempt` must be locked.

    The page counts `sequence` up itself; the same one sent twice (a retry after a lost connection) is kept once. One
    that another device has used for another answer takes the next free number. Raises AttemptOverError.
    """
    if attempt.finished_at is not None:
        raise AttemptOverError("This attempt is finished: its answers stay as they are.")
    query = (
        select(Response.sequence, Response.answer)
        .where(Response.attempt_id == attempt.id, Response.position == position)
        .order_by(Response.sequence.desc())
        .limit(1)
    )
    last = db.session.execute(query).first()
    if last is not None and last.answer == answer:
        return int(last.sequence)
    if last is None and not answer:
        return 0  # nothing was answered yet: there is nothing to keep
    following = last.sequence + 1 if last else 1
    number = following if sequence is None else max(sequence, following)
    db.session.add(Response(attempt_id=attempt.id, position=position, sequence=number, answer=answer, at=at))
    db.session.flush()
    return number


def finish(attempt: Attempt, enrolment: Enrolment, at: datetime) -> bool:
    """Grade and finish. `attempt` must be locked. Returns False, and changes nothing, if it was finished before."""
    if attempt.finished_at is not None:
        return False
    marked, result = graded(attempt)
    statement = (
        update(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id, AttemptQuestion.position == bindparam("place"))
        .values(fraction=bindparam("worth"), summary=bindparam("words"))
    )
    rows = [
        {"place": one.question.position, "worth": one.graded.fraction, "words": one.summary[:LONGEST_SUMMARY]}
        for one in marked
    ]
    db.session.connection().execute(statement, rows)
    attempt.finished_at, attempt.fraction, attempt.passed = at, result.fraction, bool(result.passed)
    db.session.flush()
    if attempt.passed:
        enrolment_operations.complete_if_done(enrolment, at)
    return True


def graded(attempt: Attempt) -> tuple[tuple[MarkedQuestion, ...], QuizResult]:
    """Each question with what its last response earned, and the result: two statements."""
    query = (
        select(AttemptQuestion.position, QuestionVersion, Module.pass_mark)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .join(Module, Module.id == attempt.module_id)
        .where(AttemptQuestion.attempt_id == attempt.id)
        .order_by(AttemptQuestion.position)
    )
    rows = db.session.execute(query).all()
    questions = [
        PlacedQuestion(position, version.specification, version.weight, version.about, version.topic)
        for position, version, _ in rows
    ]
    marked = mark_questions(questions, latest(responses_of(attempt.id)))
    return marked, quiz_result(marked, rows[0].pass_mark if rows else 0.0)


def responses_of(attempt_id: int) -> list[GivenResponse]:
    """All responses of an attempt as they were appended."""
    query = select(Response.position, Response.sequence, Response.answer, Response.at).where(
        Response.attempt_id == attempt_id
    )
    return [GivenResponse(*row) for row in db.session.execute(query)]
