"""How far learners are: a handful of statements whatever their number, for trainers, managers and reports."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from db import db
from people.models import Employee, Team
from people.roles.queries import works_on
from training.enrolling.models import LeaveOfAbsence
from training.enrolment_models import LIVE, Attempt, Enrolment, LessonRead
from training.grading.models import AnswerToGrade
from training.models import Course, Lesson, Module, Question
from training.rules.progress import CourseProgress, ModuleProgress, NextStep, course_progress, next_step
from training.rules.standing import Standing, standing

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class ModuleShape:
    """A module as far as progress needs it. `minutes` is the author's estimate, `lessons` their number."""

    id: int
    title: str
    minutes: int
    lessons: int
    has_quiz: bool


@dataclass(frozen=True)
class CourseShape:
    """A course as far as progress needs it: its modules in order."""

    id: int
    slug: str
    title: str
    modules: tuple[ModuleShape, ...]


@dataclass(frozen=True)
class ModuleDone:
    """What one learner did in one module: lessons read, quizzes finished, the best of them, whether one passed."""

    lessons: int = 0
    finished: int = 0
    best: float | None = None
    passed: bool = False


@dataclass(frozen=True)
class LearnerProgress:
    """One learner in one course: how far, how it stands, and what comes next.

    `step` names the module; which lesson is next is told by the number of those read, as if they were read in order.
    """

    employee_id: int
    name: str
    team_id: int | None
    team: str
    enrolment_id: int
    course_id: int
    due_on: date | None
    last_active_at: datetime | None
    progress: CourseProgress
    standing: Standing
    step: NextStep
    done: Mapping[int, ModuleDone]


def course_shape(slug: str) -> CourseShape | None:
    """The course with this slug, or None when it is not loaded. One statement."""
    return next(iter(course_shapes(Course.slug == slug)), None)


def course_shapes(criterion: ColumnElement[bool]) -> list[CourseShape]:
    """The courses that fit `criterion`, by title. One statement."""
    present = (Lesson.module_id == Module.id, Lesson.retired_at.is_(None))
    lessons = select(func.count()).where(*present).scalar_subquery()
    asked = select(func.count()).where(Question.module_id == Module.id, Question.retired_at.is_(None)).scalar_subquery()
    query = (
        select(Course.id, Course.slug, Course.title, Module.id, Module.title, Module.minutes, lessons, asked)
        .join(Module, (Module.course_id == Course.id) & Module.retired_at.is_(None))
        .where(criterion)
        .order_by(Course.title, Course.id, Module.position)
    )
    heads: dict[int, tuple[str, str]] = {}
    modules: dict[int, list[ModuleShape]] = defaultdict(list)
    for course_id, slug, title, module_id, module_title, minutes, number, questions in db.session.execute(query):
        heads[course_id] = (slug, title)
        modules[course_id].append(ModuleShape(module_id, module_title, minutes, number, questions > 0))
    return [CourseShape(one, slug, title, tuple(modules[one])) for one, (slug, title) in heads.items()]


def learners_in(course: CourseShape, criterion: ColumnElement[bool], today: date) -> list[LearnerProgress]:
    """Every learner of the course among the employees that fit `criterion`, by name. Three statements."""
    return learners([course], criterion, today)


def learners(courses: Sequence[CourseShape], criterion: ColumnElement[bool], today: date) -> list[LearnerProgress]:
    """Every learner of these courses that fits `criterion` (on Employee and Enrolment), by name. Three statements."""
    shapes = {course.id: course for course in courses}
    scope = [Enrolment.course_id.in_(shapes), Enrolment.state.in_(LIVE), works_on(today), criterion]
    rows = db.session.execute(_enrolled(scope, today)).all()
    done, last = _what_was_done(scope)
    judge = cache(_judge)
    found = []
    for employee_id, name, team_id, team, enrolment_id, course_id, enrolled_at, due_on, away_until in rows:
        course, mine, active = shapes[course_id], done.get(enrolment_id, {}), last.get(enrolment_id)
        each = tuple(mine.get(module.id, ModuleDone()) for module in course.modules)
        back_on = min(away_until, today) if away_until else date.min  # nobody is idle while away
        begun, worked = max(enrolled_at.date(), back_on), max(active.date(), back_on) if active else None
        judged = judge(course, each, enrolled_at.date() if active else begun, due_on, worked, today)
        person = (employee_id, name, team_id, team, enrolment_id, course_id, due_on, active)
        found.append(LearnerProgress(*person, *judged, done=mine))
    return found


def _enrolled(scope: Sequence[ColumnElement[bool]], today: date) -> Rows:
    away = (
        select(func.max(LeaveOfAbsence.last_day))
        .where(LeaveOfAbsence.employee_id == Employee.id, LeaveOfAbsence.first_day <= today)
        .correlate(Employee)
        .scalar_subquery()
    )
    return (
        select(
            Employee.id,
            Employee.name,
            Employee.team_id,
            func.coalesce(Team.name, ""),
            Enrolment.id,
            Enrolment.course_id,
            Enrolment.enrolled_at,
            Enrolment.due_on,
            away,
        )
        .join(Enrolment, Enrolment.learner_id == Employee.id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(*scope)
        .order_by(Employee.name, Employee.id, Enrolment.course_id)
    )


def _judge(
    course: CourseShape,
    done: Sequence[ModuleDone],
    enrolled_on: date,
    due_on: date | None,
    last_active_on: date | None,
    today: date,
) -> tuple[CourseProgress, Standing, NextStep]:
    modules = [
        ModuleProgress(
            lessons_read=tuple(place < mine.lessons for place in range(module.lessons)),
            has_quiz=module.has_quiz,
            passed=mine.passed,
            minutes=module.minutes,
        )
        for module, mine in zip(course.modules, done, strict=True)
    ]
    progress = course_progress(modules)
    stand = standing(progress, enrolled_on=enrolled_on, due_on=due_on, last_active_on=last_active_on, today=today)
    return progress, stand, next_step(modules)


def _what_was_done(
    scope: Sequence[ColumnElement[bool]],
) -> tuple[dict[int, dict[int, ModuleDone]], dict[int, datetime]]:
    """Lessons read and quizzes passed by enrolment and module, and when each enrolment was last worked on."""
    done: dict[int, dict[int, ModuleDone]] = defaultdict(dict)
    last: dict[int, datetime] = {}
    for enrolment_id, module_id, number, at in db.session.execute(_lessons_read(scope)):
        done[enrolment_id][module_id] = ModuleDone(lessons=number)
        last[enrolment_id] = max(at, last.get(enrolment_id, at))
    for enrolment_id, module_id, finished, best, passed, at in db.session.execute(_attempts_made(scope)):
        lessons = done[enrolment_id].get(module_id, ModuleDone()).lessons
        done[enrolment_id][module_id] = ModuleDone(lessons, finished, best, bool(passed))
        last[enrolment_id] = max(at, last.get(enrolment_id, at))
    return done, last


def _lessons_read(scope: Sequence[ColumnElement[bool]]) -> Rows:
    return (
        select(LessonRead.enrolment_id, Lesson.module_id, func.count(), func.max(LessonRead.at))
        .join(Lesson, Lesson.id == LessonRead.lesson_id)
        .join(Enrolment, Enrolment.id == LessonRead.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(*scope)
        .group_by(LessonRead.enrolment_id, Lesson.module_id)
    )


def _attempts_made(scope: Sequence[ColumnElement[bool]]) -> Rows:
    """An attempt with answers that wait for a person has no result yet: it is not counted among those finished."""
    waits = exists().where(AnswerToGrade.attempt_id == Attempt.id, AnswerToGrade.graded_at.is_(None))
    return (
        select(
            Attempt.enrolment_id,
            Attempt.module_id,
            func.count(case((~waits, Attempt.finished_at))),
            func.max(Attempt.fraction),
            func.max(case((Attempt.passed.is_(True), 1), else_=0)),
            func.max(func.coalesce(Attempt.finished_at, Attempt.started_at)),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(*scope)
        .group_by(Attempt.enrolment_id, Attempt.module_id)
    )
