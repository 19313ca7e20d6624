"""How long and how often: the limits of a quiz, and what one learner has on top. Nothing here commits."""

from datetime import datetime, timedelta

from sqlalchemy import select

from db import db
from people.auditing import audit
from training.enrolment_models import Attempt, Enrolment
from training.models import Module
from training.rules.attempts import attempts_left
from training.rules.behaviours.quiz_rules import QuizRules, quiz_rules
from training.rules.time_limit import TimeLimit

MOST_EXTRA_TIME, MOST_EXTRA_ATTEMPTS = 200, 20


class NoAttemptLeftError(ValueError):
    """All attempts are used; the message says who can allow another."""


def left_to_begin(rules: QuizRules, used: int, enrolment: Enrolment) -> int | None:
    """How many attempts may still be begun; None for as many as one likes."""
    return attempts_left(used, None if rules.attempts is None else rules.attempts + enrolment.extra_attempts)


def end_of(minutes: int | None, started_at: datetime, enrolment: Enrolment) -> datetime | None:
    """When the time of an attempt is up for this learner; None without a limit."""
    if minutes is None:
        return None
    length = timedelta(minutes=minutes)
    return TimeLimit(length, extra=length * enrolment.extra_time / 100).ends_at(started_at)


def allow(enrolment: Enrolment, extra_time: int, extra_attempts: int, *, actor_id: int, at: datetime) -> None:
    """Give a learner more time (percent of the limit) and more attempts in a course; holds for what is under way too.

    `enrolment` must be locked. Raises ValueError outside 0 to MOST_EXTRA_TIME and 0 to MOST_EXTRA_ATTEMPTS.
    """
    if not (0 <= extra_time <= MOST_EXTRA_TIME and 0 <= extra_attempts <= MOST_EXTRA_ATTEMPTS):
        raise ValueError("That much cannot be allowed.")
    enrolment.extra_time, enrolment.extra_attempts = extra_time, extra_attempts
    under_way = select(Attempt).where(
        Attempt.enrolment_id == enrolment.id, Attempt.finished_at.is_(None), Attempt.minutes.is_not(None)
    )
    for attempt in db.session.scalars(under_way.with_for_update()):
        attempt.ends_at = end_of(attempt.minutes, attempt.started_at, enrolment)
    db.session.flush()
    detail = {"course": enrolment.course_id, "extra_time": extra_time, "extra_attempts": extra_attempts}
    audit.append(audit.Verb.ALLOWANCE_SET, actor_id=actor_id, subject_id=enrolment.learner_id, at=at, detail=detail)


def rules_of_module(module: Module) -> QuizRules:
    """The rules of a module's quiz."""
    return quiz_rules(module.quiz)
