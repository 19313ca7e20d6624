"""How far learners are: a handful of statements whatever their number, for trainers, managers and reports."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from db import db
from people.models import Employee, Team
from training.enrolment_models import Attempt, Enrolment, EnrolmentState, LessonRead
from training.models import Course, Lesson, Module
from training.rules.progress import CourseProgress, ModuleProgress, NextStep, course_progress, next_step
from training.rules.standing import Standing, standing

COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)


@dataclass(frozen=True)
class CourseShape:
    """A course as far as progress needs it: its modules in order, each with the number of its lessons."""

    id: int
    title: str
    modules: tuple[tuple[int, str, int, int], ...]  # (module id, title, minutes, lessons)


@dataclass(frozen=True)
class LearnerProgress:
    """One learner in one course: how far, how it stands, and what comes next."""

    employee_id: int
    name: str
    team_id: int | None
    team: str
    enrolment_id: int
    due_on: date | None
    last_active_at: datetime | None
    progress: CourseProgress
    standing: Standing
    step: NextStep


@dataclass(frozen=True)
class _Done:
    """What one learner did in one module."""

    lessons: int = 0
    passed: bool = False


def course_shape(slug: str) -> CourseShape | None:
    """The course with this slug, or None when it is not loaded. Two statements."""
    course = db.session.execute(select(Course.id, Course.title).where(Course.slug == slug)).one_or_none()
    if course is None:
        return None
    query = (
        select(Module.id, Module.title, Module.minutes, func.count(Lesson.id))
        .outerjoin(Lesson, Lesson.module_id == Module.id)
        .where(Module.course_id == course.id)
        .group_by(Module.id, Module.title, Module.minutes, Module.position)
        .order_by(Module.position)
    )
    modules = tuple((row[0], row[1], row[2], row[3]) for row in db.session.execute(query))
    return CourseShape(course.id, course.title, modules)


def learners_in(course: CourseShape, criterion: ColumnElement[bool], today: date) -> list[LearnerProgress]:
    """Every learner of the course among the employees that fit `criterion`, by name. Three statements."""
    query = (
        select(
            Employee.id,
            Employee.name,
            Employee.team_id,
            func.coalesce(Team.name, ""),
            Enrolment.id,
            Enrolment.enrolled_at,
            Enrolment.due_on,
        )
        .join(Enrolment, Enrolment.learner_id == Employee.id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(
            Enrolment.course_id == course.id,
            Enrolment.state.in_(COUNTED),
            Employee.deactivated_at.is_(None),
            criterion,
        )
        .order_by(Employee.name, Employee.id)
    )
    rows = db.session.execute(query).all()
    done, last = _what_was_done(course, criterion)
    judge = cache(_judge)
    learners = []
    for employee_id, name, team_id, team, enrolment_id, enrolled_at, due_on in rows:
        mine = tuple(done[enrolment_id].get(module[0], _Done()) for module in course.modules)
        active = last.get(enrolment_id)
        judged = judge(course, mine, enrolled_at.date(), due_on, active.date() if active else None, today)
        learners.append(LearnerProgress(employee_id, name, team_id, team, enrolment_id, due_on, active, *judged))
    return learners


def _judge(
    course: CourseShape,
    done: Sequence[_Done],
    enrolled_on: date,
    due_on: date | None,
    last_active_on: date | None,
    today: date,
) -> tuple[CourseProgress, Standing, NextStep]:
    modules = [
        ModuleProgress(
            lessons_read=tuple(place < mine.lessons for place in range(lessons)),
            has_quiz=True,
            passed=mine.passed,
            minutes=minutes,
        )
        for (_, _, minutes, lessons), mine in zip(course.modules, done, strict=True)
    ]
    progress = course_progress(modules)
    stand = standing(progress, enrolled_on=enrolled_on, due_on=due_on, last_active_on=last_active_on, today=today)
    return progress, stand, next_step(modules)


def _what_was_done(
    course: CourseShape, criterion: ColumnElement[bool]
) -> tuple[dict[int, dict[int, _Done]], dict[int, datetime]]:
    """Lessons read and quizzes passed by enrolment and module, and when each enrolment was last worked on."""
    lessons = (
        select(LessonRead.enrolment_id, Lesson.module_id, func.count(), func.max(LessonRead.at))
        .join(Lesson, Lesson.id == LessonRead.lesson_id)
        .join(Enrolment, Enrolment.id == LessonRead.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Enrolment.course_id == course.id, criterion)
        .group_by(LessonRead.enrolment_id, Lesson.module_id)
    )
    attempts = (
        select(
            Attempt.enrolment_id,
            Attempt.module_id,
            func.max(case((Attempt.passed.is_(True), 1), else_=0)),
            func.max(func.coalesce(Attempt.finished_at, Attempt.started_at)),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Enrolment.course_id == course.id, criterion)
        .group_by(Attempt.enrolment_id, Attempt.module_id)
    )
    done: dict[int, dict[int, _Done]] = defaultdict(dict)
    last: dict[int, datetime] = {}
    for enrolment_id, module_id, number, at in db.session.execute(lessons):
        done[enrolment_id][module_id] = _Done(lessons=number)
        _later(last, enrolment_id, at)
    for enrolment_id, module_id, passed, at in db.session.execute(attempts):
        earlier = done[enrolment_id].get(module_id, _Done())
        done[enrolment_id][module_id] = _Done(lessons=earlier.lessons, passed=bool(passed))
        _later(last, enrolment_id, at)
    return done, last


def _later(last: dict[int, datetime], enrolment_id: int, at: Any) -> None:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if enrolment_id not in last or aware > last[enrolment_id]:
        last[enrolment_id] = aware
