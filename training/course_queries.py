"""A course as one learner has it: modules, lessons, what is read and passed, what is open and what comes next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from db import db
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, LessonRead
from training.models import Lesson, Module, Question, QuestionVersion
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
    read: bool


@dataclass(frozen=True)
class AttemptLine:
    """One attempt at a module's quiz."""

    id: int
    number: int
    finished: bool
    fraction: float | None
    passed: bool | None


@dataclass(frozen=True)
class ModuleLine:
    """One module in the outline, with its lessons, attempts, and right answers by why and how in the best attempt."""

    id: int
    position: int
    slug: str
    title: str
    aim: str
    pass_mark: float
    questions: int
    lessons: Sequence[LessonLine]
    attempts: Sequence[AttemptLine]
    progress: ModuleProgress
    state: ModuleState
    splits: dict[str, tuple[float, int]]

    @property
    def under_way(self) -> AttemptLine | None:
        """The attempt that is not finished, if any."""
        return next((one for one in self.attempts if not one.finished), None)


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


def outline(enrolment: Enrolment) -> Outline:
    """The course of an enrolment: four statements whatever its size."""
    lessons = _lessons(enrolment)
    attempts, splits = _attempts(enrolment)
    query = (
        select(Module, func.count(Question.id))
        .outerjoin(Question, (Question.module_id == Module.id) & Question.retired_at.is_(None))
        .where(Module.course_id == enrolment.course_id)
        .group_by(Module.id)
        .order_by(Module.position)
    )
    rows = [(module, number) for module, number in db.session.execute(query)]
    progress = [_progress(module, number, lessons[module.id], attempts[module.id]) for module, number in rows]
    states = module_states(progress)
    modules = [
        ModuleLine(
            id=module.id,
            position=module.position,
            slug=module.slug,
            title=module.title,
            aim=module.aim,
            pass_mark=module.pass_mark,
            questions=number,
            lessons=lessons[module.id],
            attempts=attempts[module.id],
            progress=one,
            state=state,
            splits=splits[module.id],
        )
        for (module, number), one, state in zip(rows, progress, states, strict=True)
    ]
    return Outline(modules, course_progress(progress), next_step(progress))


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
        select(Lesson.module_id, Lesson.id, Lesson.slug, Lesson.title, Lesson.minutes, LessonRead.at.is_not(None))
        .join(Module, Module.id == Lesson.module_id)
        .outerjoin(LessonRead, (LessonRead.lesson_id == Lesson.id) & (LessonRead.enrolment_id == enrolment.id))
        .where(Module.course_id == enrolment.course_id)
        .order_by(Lesson.module_id, Lesson.position)
    )
    lessons: dict[int, list[LessonLine]] = defaultdict(list)
    for row in db.session.execute(query):
        lessons[row[0]].append(LessonLine(row[1], row[2], row[3], row[4], row[5]))
    return lessons


def _attempts(
    enrolment: Enrolment,
) -> tuple[dict[int, list[AttemptLine]], dict[int, dict[str, tuple[float, int]]]]:
    """Attempts by module, and in the best finished one how many answers on why and how were right, of how many."""
    query = (
        select(
            Attempt, QuestionVersion.about, func.sum(case((AttemptQuestion.fraction > 0.999, 1), else_=0)), func.count()
        )
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(Attempt.enrolment_id == enrolment.id)
        .group_by(Attempt.id, QuestionVersion.about)
        .order_by(Attempt.number)
    )
    lines: dict[int, dict[int, AttemptLine]] = defaultdict(dict)
    splits: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
    best: dict[int, float] = {}
    for attempt, about, right, number in db.session.execute(query):
        done = attempt.finished_at is not None
        lines[attempt.module_id][attempt.id] = AttemptLine(
            attempt.id, attempt.number, done, attempt.fraction, attempt.passed
        )
        if done and attempt.fraction >= best.get(attempt.module_id, -1.0):
            best[attempt.module_id] = attempt.fraction
            splits[attempt.module_id][about] = (right, number)
    return defaultdict(list, {module: list(rows.values()) for module, rows in lines.items()}), splits
