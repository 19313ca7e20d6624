"""From a finished attempt into the queue of those who grade. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from db import bulk_insert, db, table_of
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Employee, Role, RoleGrant
from people.roles.queries import is_live
from training.assigning.models import Assignment
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment
from training.grading.models import AnswerToGrade
from training.models import Module
from training.rules.kinds.protocol import State

QUEUE = "/grading"


def hand_over(attempt: Attempt, enrolment: Enrolment, positions: Sequence[int], at: datetime) -> None:
    """Put the answers at `positions` of an attempt that is just finished in line, and tell who grades them."""
    rows = [{"attempt_id": attempt.id, "position": one, "handed_in_at": at, "graded_at": None} for one in positions]
    bulk_insert(table_of(AnswerToGrade), rows)
    title = db.session.scalars(select(Module.title).where(Module.id == attempt.module_id)).one()
    name = db.session.scalars(select(Employee.name).where(Employee.id == enrolment.learner_id)).one()
    telling = Telling(
        kind=Kind.TO_GRADE,
        subject=f"{name} waits for your grade",
        text=f"{name} has finished the quiz “{title}”. Part of it is for you to grade, by its rubric.",
        path=QUEUE,
        key=f"attempt {attempt.id} to grade",
    )
    tell(graders_of(enrolment.learner_id, enrolment.course_id, at), telling, at=at)


def hand_over_what_waits(course_id: int) -> int:
    """Put in line every answer of a course that waits for a person and is not in line; tells nobody.

    For attempts that were taken over from elsewhere. Returns how many. Two statements.
    """
    in_line = exists().where(
        AnswerToGrade.attempt_id == AttemptQuestion.attempt_id, AnswerToGrade.position == AttemptQuestion.position
    )
    query = (
        select(AttemptQuestion.attempt_id, AttemptQuestion.position, Attempt.finished_at)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.course_id == course_id, AttemptQuestion.state == State.NEEDS_GRADING, ~in_line)
    )
    rows = [
        {"attempt_id": row[0], "position": row[1], "handed_in_at": row[2], "graded_at": None}
        for row in db.session.execute(query)
    ]
    bulk_insert(table_of(AnswerToGrade), rows)
    return len(rows)


def graders_of(learner_id: int, course_id: int, at: datetime) -> set[int]:
    """Who is told that a learner's work waits: the trainers in this course; the owners where there is none."""
    trainers = select(Assignment.trainer_id).where(
        Assignment.learner_id == learner_id, Assignment.course_id == course_id, Assignment.ends_at.is_(None)
    )
    owners = select(RoleGrant.employee_id).where(RoleGrant.role == Role.OWNER, is_live(at))
    found = set(db.session.scalars(trainers)) or set(db.session.scalars(owners))
    return found - {learner_id}
