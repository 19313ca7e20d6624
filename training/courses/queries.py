"""A course as one learner has it: modules, lessons, what is read and passed, what is open and what comes next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from db import db
from training.enrolment_models import LIVE, Attempt, AttemptQuestion, Enrolment, LessonRead
from training.models import Course, Lesson, Module, Question, QuestionVersion
from training.rules.kinds.protocol import State
from training.rules.progress import (
    CourseProgress,
    ModuleProgress,
    ModuleState,
    NextStep,
    course_progress,
    module_states,
    next_step,
)


@dataclass(frozen=True)
class LessonLine:
    """One lesson in the outline."""

    id: int
    slug: str
    title: str
    minutes: int
    read_at: datetime | None

    @property
    def read(self) -> bool:
        """Whether it was read to its end."""
        return self.read_at is not None


@dataclass(frozen=True)
class AttemptLine:
    """One attempt at a module's quiz."""

    id: int
    number: int
    started_at: datetime
    finished_at: datetime | None
    fraction: float | None
    passed: bool | None
    waiting: int = 0  # answers that a person has still to grade

    @property
    def finished(self) -> bool:
        """Whether it is over."""
        return self.finished_at is not None


@dataclass(frozen=True)
class ModuleLine:
    """One module in the outline.

    `splits` holds, for "why" and "how", how many answers were right of how many, in the best finished attempt.
    """

    id: int
    position: int
    slug: str
    title: str
    aim: str
    why: str
    minutes: int
    pass_mark: float
    questions: int
    lessons: Sequence[LessonLine]
    attempts: Sequence[AttemptLine]
    progress: ModuleProgress
    state: ModuleState
    splits: dict[str, tuple[int, int]]
    quiz: Mapping[str, Any] = field(default_factory=dict)

    @property
    def under_way(self) -> AttemptLine | None:
        """The attempt that is not finished, if any."""
        return next((one for one in self.attempts if not one.finished), None)

    @property
    def finished(self) -> Sequence[AttemptLine]:
        """The attempts that are over, the first first."""
        return [one for one in self.attempts if one.finished]

    @property
    def quiz_is_open(self) -> bool:
        """Whether the quiz can be taken: there is one, and every lesson is read."""
        return self.questions > 0 and all(lesson.read for lesson in self.lessons)


@dataclass(frozen=True)
class Outline:
    """The whole course for one learner."""

    modules: Sequence[ModuleLine]
    progress: CourseProgress
    step: NextStep

    @property
    def next_module(self) -> ModuleLine | None:
        """The module of the next step."""
        return self.modules[self.step.module - 1] if self.step.module else None

    @property
    def next_lesson(self) -> LessonLine | None:
        """The lesson of the next step, if it is one."""
        module = self.next_module
        return module.lessons[self.step.lesson - 1] if module and self.step.lesson else None

    @property
    def last_active_at(self) -> datetime | None:
        """When the learner last read a lesson to its end, or began or finished an attempt."""
        lessons = [one.read_at for module in self.modules for one in module.lessons if one.read_at]
        attempts = [one.finished_at or one.started_at for module in self.modules for one in module.attempts]
        return max([*lessons, *attempts], default=None)


def my_courses(learner_id: int) -> list[tuple[Enrolment, Course]]:
    """A learner's live enrolments with their courses, those under way first."""
    query = (
        select(Enrolment, Course)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.learner_id == learner_id, Enrolment.state.in_(LIVE))
        .order_by(Enrolment.completed_at.is_not(None), Enrolment.due_on.is_(None), Enrolment.due_on, Enrolment.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def outline(enrolment: Enrolment) -> Outline:
    """The course of an enrolment: three statements whatever its size."""
    lessons = _lessons(enrolment)
    attempts, splits = _attempts(enrolment)
    query = (
        select(Module, func.count(Question.id))
        .outerjoin(Question, (Question.module_id == Module.id) & Question.retired_at.is_(None))
        .where(Module.course_id == enrolment.course_id, Module.retired_at.is_(None))
        .group_by(Module.id)
        .order_by(Module.position)
    )
    rows = [(module, number) for module, number in db.session.execute(query)]
    progress = [_progress(module, number, lessons[module.id], attempts[module.id]) for module, number in rows]
    states = module_states(progress)
    modules = [
        _module_line(module, number, lessons[module.id], attempts[module.id], splits[module.id], one, state)
        for (module, number), one, state in zip(rows, progress, states, strict=True)
    ]
    return Outline(modules, course_progress(progress), next_step(progress))


def _module_line(
    module: Module,
    questions: int,
    lessons: Sequence[LessonLine],
    attempts: Sequence[AttemptLine],
    splits: dict[str, tuple[int, int]],
    progress: ModuleProgress,
    state: ModuleState,
) -> ModuleLine:
    return ModuleLine(
        id=module.id,
        position=module.position,
        slug=module.slug,
        title=module.title,
        aim=module.aim,
        why=module.why,
        minutes=module.minutes,
        pass_mark=module.pass_mark,
        questions=questions,
        lessons=lessons,
        attempts=attempts,
        progress=progress,
        state=state,
        splits=splits,
        quiz=module.quiz,
    )


def _progress(
    module: Module, questions: int, lessons: Sequence[LessonLine], attempts: Sequence[AttemptLine]
) -> ModuleProgress:
    return ModuleProgress(
        lessons_read=tuple(lesson.read for lesson in lessons),
        has_quiz=questions > 0,
        passed=any(attempt.passed for attempt in attempts),
        minutes=module.minutes,
    )


def _lessons(enrolment: Enrolment) -> dict[int, list[LessonLine]]:
    query = (
        select(Lesson.module_id, Lesson.id, Lesson.slug, Lesson.title, Lesson.minutes, LessonRead.at)
        .join(Module, Module.id == Lesson.module_id)
        .outerjoin(LessonRead, (LessonRead.lesson_id == Lesson.id) & (LessonRead.enrolment_id == enrolment.id))
        .where(Module.course_id == enrolment.course_id, Lesson.retired_at.is_(None))
        .order_by(Lesson.module_id, Lesson.position)
    )
    lessons: dict[int, list[LessonLine]] = defaultdict(list)
    for row in db.session.execute(query):
        lessons[row[0]].append(LessonLine(row[1], row[2], row[3], row[4], row[5]))
    return lessons


def _attempts(
    enrolment: Enrolment,
) -> tuple[dict[int, list[AttemptLine]], dict[int, dict[str, tuple[int, int]]]]:
    """Attempts by module, and in the best finished one how many answers on why and how were right, of how many."""
    right = func.sum(case((AttemptQuestion.state == State.RIGHT, 1), else_=0))
    counted = func.sum(case((AttemptQuestion.state.in_((State.UNGRADED, State.NEEDS_GRADING)), 0), else_=1))
    waiting = func.sum(case((AttemptQuestion.state == State.NEEDS_GRADING, 1), else_=0))
    query = (
        select(Attempt, QuestionVersion.about, right, counted, waiting)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(Attempt.enrolment_id == enrolment.id)
        .group_by(Attempt.id, QuestionVersion.about)
        .order_by(Attempt.number)
    )
    lines: dict[int, dict[int, AttemptLine]] = defaultdict(dict)
    splits: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    best: dict[int, Attempt] = {}
    waits: dict[int, int] = defaultdict(int)
    for attempt, about, right_answers, answers, open_ones in db.session.execute(query):
        waits[attempt.id] += open_ones
        moments = (attempt.started_at, attempt.finished_at)
        results = (attempt.fraction, attempt.passed, waits[attempt.id])
        lines[attempt.module_id][attempt.id] = AttemptLine(attempt.id, attempt.number, *moments, *results)
        present = best.get(attempt.module_id)
        if attempt.fraction is not None and (present is None or attempt.fraction >= present.fraction):
            if attempt is not present:
                best[attempt.module_id], splits[attempt.module_id] = attempt, {}
            splits[attempt.module_id][about] = (right_answers, answers)
    return defaultdict(list, {module: list(rows.values()) for module, rows in lines.items()}), splits
