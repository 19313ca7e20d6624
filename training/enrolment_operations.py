"""Enrolments: begin, read a lesson, complete. Nothing here commits."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from db import bulk_insert, db
from training.enrolment_models import Attempt, Enrolment, EnrolmentState, LessonRead
from training.models import Lesson, Module


def enrol(learner_ids: Iterable[int], *, course_id: int, due_on: date | None, at: datetime) -> int:
    """Enrol learners who are not in the course yet; returns how many are new. Two statements whatever the number."""
    present = set(db.session.scalars(select(Enrolment.learner_id).where(Enrolment.course_id == course_id)))
    rows = [
        {"learner_id": one, "course_id": course_id, "state": EnrolmentState.ACTIVE, "enrolled_at": at, "due_on": due_on}
        for one in sorted(set(learner_ids) - present)
    ]
    bulk_insert(Enrolment.__table__, rows)  # type: ignore[arg-type]
    return len(rows)


def mark_read(enrolment: Enrolment, lesson_id: int, at: datetime) -> None:
    """Note that a lesson was read to its end; the first time counts. May complete the course."""
    if db.session.get(LessonRead, (enrolment.id, lesson_id)) is None:
        db.session.add(LessonRead(enrolment_id=enrolment.id, lesson_id=lesson_id, at=at))
        db.session.flush()
        complete_if_done(enrolment, at)


def complete_if_done(enrolment: Enrolment, at: datetime) -> bool:
    """Complete the enrolment once every lesson is read and every quiz passed. Returns whether it is complete."""
    if enrolment.state == EnrolmentState.COMPLETED:
        return True
    lessons = (
        select(func.count(Lesson.id) - func.count(LessonRead.lesson_id))
        .join(Module, Module.id == Lesson.module_id)
        .outerjoin(LessonRead, (LessonRead.lesson_id == Lesson.id) & (LessonRead.enrolment_id == enrolment.id))
        .where(Module.course_id == enrolment.course_id)
    )
    passed = select(Attempt.module_id).where(Attempt.enrolment_id == enrolment.id, Attempt.passed.is_(True))
    quizzes = select(func.count()).where(Module.course_id == enrolment.course_id, Module.id.not_in(passed))
    if db.session.scalar(select(lessons.scalar_subquery() + quizzes.scalar_subquery())):
        return False
    enrolment.state, enrolment.completed_at = EnrolmentState.COMPLETED, at
    db.session.flush()
    return True
