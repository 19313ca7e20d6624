"""Enrolments: begin, read a lesson, complete. Nothing here commits."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select, update

from db import bulk_insert, db, table_of
from training.courses.progress_rows import done_among
from training.courses.version_models import CourseVersion
from training.enrolment_models import Enrolment, EnrolmentState, LessonRead
from training.models import Course


def enrol(learner_ids: Iterable[int], *, course_id: int, due_on: date | None, at: datetime) -> int:
    """Enrol learners who are not in the course, in its newest version; returns how many. Five statements at most.

    Who has left the course is in it again, with what was done then; who is in it stays as they are.
    """
    wanted = set(learner_ids)
    db.session.execute(select(Course.id).where(Course.id == course_id).with_for_update())  # one enrols at a time
    query = select(Enrolment.learner_id, Enrolment.state).where(Enrolment.course_id == course_id)
    present = {row.learner_id: row.state for row in db.session.execute(query)}
    back = sorted(one for one in wanted if present.get(one) == EnrolmentState.WITHDRAWN)
    newest = db.session.scalar(select(func.max(CourseVersion.id)).where(CourseVersion.course_id == course_id))
    values = {"course_id": course_id, "state": EnrolmentState.ACTIVE, "enrolled_at": at, "due_on": due_on}
    rows = [{"learner_id": one, "version_id": newest, **values} for one in sorted(wanted - set(present))]
    bulk_insert(table_of(Enrolment), rows)
    if back:
        again = update(Enrolment).where(Enrolment.course_id == course_id, Enrolment.learner_id.in_(back))
        fresh = {"enrolled_at": at, "due_on": due_on, "planned_due_on": None, "rule_id": None}
        db.session.execute(again.values(state=EnrolmentState.ACTIVE, **fresh))
    return len(rows) + len(back)


def mark_read(enrolment: Enrolment, lesson_id: int, at: datetime) -> None:
    """Note that a lesson was read to its end; the first time counts. May complete the course.

    `enrolment` must be locked.
    """
    if db.session.get(LessonRead, (enrolment.id, lesson_id)) is None:
        db.session.add(LessonRead(enrolment_id=enrolment.id, lesson_id=lesson_id, at=at))
        db.session.flush()
        complete_if_done(enrolment, at)


def complete_if_done(enrolment: Enrolment, at: datetime) -> bool:
    """Complete the enrolment once every lesson is read and every quiz passed. Returns whether it is complete.

    `enrolment` must be locked.
    """
    if enrolment.state == EnrolmentState.COMPLETED:
        return True
    if not done_among(Enrolment.id == enrolment.id):
        return False
    enrolment.state, enrolment.completed_at = EnrolmentState.COMPLETED, at
    db.session.flush()
    return True


def complete_those_done(course_id: int, at: datetime) -> int:
    """Complete every enrolment that has nothing left to do since the course became shorter; returns how many."""
    active = (Enrolment.course_id == course_id) & (Enrolment.state == EnrolmentState.ACTIVE)
    done = set(done_among(active))
    locked = db.session.scalars(select(Enrolment).where(active).with_for_update()) if done else ()
    rows = [enrolment for enrolment in locked if enrolment.id in done]
    for enrolment in rows:
        enrolment.state, enrolment.completed_at = EnrolmentState.COMPLETED, at
    db.session.flush()
    return len(rows)
