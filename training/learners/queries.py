"""Reads for trainers: the learners they teach, what they answered by topic, their attempts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, case, func, select

from db import db
from people.models import Employee, Team
from training.assigning.models import Assignment
from training.enrolment_models import LIVE, Attempt, AttemptQuestion, Enrolment
from training.learners.help import TopicAnswers
from training.models import Course, QuestionVersion
from training.rules.kinds.protocol import State


@dataclass(frozen=True)
class TaughtLearner:
    """A learner in a course, and how they came to their trainer: since when, and why this pair."""

    enrolment: Enrolment
    course: Course
    name: str
    email: str | None
    team: str
    site: str
    languages: str
    time_zone: str
    since: datetime | None
    reason: str


def answers_by_topic(criterion: ColumnElement[bool]) -> dict[int, list[TopicAnswers]]:
    """By enrolment, the answers of the last finished quiz of each module, by topic and why or how. One statement.

    `criterion` is on Enrolment joined with Employee. What has no right and wrong, or waits for a person, is left out.
    """
    last = _last_finished(criterion)
    right = func.sum(case((AttemptQuestion.state == State.RIGHT, 1), else_=0))
    query = (
        select(Attempt.enrolment_id, QuestionVersion.topic, QuestionVersion.about, right, func.count())
        .join(
            last,
            (last.c.enrolment_id == Attempt.enrolment_id)
            & (last.c.module_id == Attempt.module_id)
            & (last.c.number == Attempt.number),
        )
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(AttemptQuestion.state.not_in((State.UNGRADED, State.NEEDS_GRADING)))
        .group_by(Attempt.enrolment_id, QuestionVersion.topic, QuestionVersion.about)
        .order_by(QuestionVersion.topic, QuestionVersion.about.desc())
    )
    found: dict[int, list[TopicAnswers]] = defaultdict(list)
    for enrolment_id, *answers in db.session.execute(query):
        found[enrolment_id].append(TopicAnswers(*answers))
    return found


def _last_finished(criterion: ColumnElement[bool]) -> Subquery:
    """The number of the last finished attempt of each enrolment in each module."""
    return (
        select(Attempt.enrolment_id, Attempt.module_id, func.max(Attempt.number).label("number"))
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Attempt.finished_at.is_not(None), criterion)
        .group_by(Attempt.enrolment_id, Attempt.module_id)
        .subquery()
    )


def taught_learner(employee_id: int, slug: str, criterion: ColumnElement[bool]) -> Sequence[TaughtLearner]:
    """The enrolments of one learner that fit `criterion`, the one in the course `slug` first. One statement."""
    live = (
        (Assignment.learner_id == Enrolment.learner_id)
        & (Assignment.course_id == Enrolment.course_id)
        & Assignment.ends_at.is_(None)
    )
    query = (
        select(
            Enrolment,
            Course,
            Employee.name,
            Employee.email,
            func.coalesce(Team.name, ""),
            Employee.site,
            Employee.languages,
            Employee.time_zone,
            Assignment.starts_at,
            func.coalesce(Assignment.reason, ""),
        )
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .outerjoin(Assignment, live)
        .where(Employee.id == employee_id, Enrolment.state.in_(LIVE), criterion)
        .order_by(Course.slug != slug, Enrolment.completed_at.is_not(None), Enrolment.id)
    )
    return [TaughtLearner(*tuple(row)) for row in db.session.execute(query)]
