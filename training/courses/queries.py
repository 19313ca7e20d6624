"""A course as one learner has it: modules, lessons, what is read and passed, what is open and what comes next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select

from db import db
from training.courses.outlines import ModuleOutline, outline_of
from training.courses.progress_rows import module_progress
from training.enrolment_models import LIVE, Attempt, AttemptQuestion, Enrolment, LessonRead
from training.models import Course, QuestionVersion
from training.rules.kinds.protocol import State
from training.rules.progress import (
    CourseProgress,
    ModuleProgress,
    ModuleState,
    Need,
    NextStep,
    closed_because,
    course_progress,
    module_needs,
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
    text_id: int | None = None  # of the version of the lesson; None: as it stands now

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
    need: Need = Need.REQUIRED
    closed_because: Sequence[str] = ()
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


def outline(enrolment: Enrolment, today: date | None = None) -> Outline:
    """The course of an enrolment in the version begun: three statements whatever its size (five without a version).

    `today` closes modules whose day is still to come; without it none is.
    """
    rows = outline_of(enrolment)
    read_at = _read_at(enrolment)
    attempts, splits = _attempts(enrolment)
    lessons = {row["id"]: _lesson_lines(row, read_at) for row in rows}
    progress = [_progress(row, lessons[row["id"]], attempts[row["id"]]) for row in rows]
    states, needs = module_states(progress, today), module_needs(progress)
    modules = [
        _module_line(
            row,
            place,
            lessons=lessons[row["id"]],
            attempts=attempts[row["id"]],
            splits=splits[row["id"]],
            progress=progress[place],
            state=states[place],
            need=needs[place],
            closed_because=closed_because(progress, place, today) if states[place] is ModuleState.LOCKED else (),
        )
        for place, row in enumerate(rows)
    ]
    return Outline(modules, course_progress(progress), next_step(progress, today))


def _module_line(row: ModuleOutline, place: int, **of_learner: Any) -> ModuleLine:
    return ModuleLine(
        id=row["id"],
        position=place + 1,
        slug=row["slug"],
        title=row["title"],
        aim=row["aim"],
        why=row["why"],
        minutes=row["minutes"],
        pass_mark=row["pass_mark"],
        questions=len(row["questions"]),
        quiz=row.get("quiz") or {},
        **of_learner,
    )


def _progress(row: ModuleOutline, lessons: Sequence[LessonLine], attempts: Sequence[AttemptLine]) -> ModuleProgress:
    read = tuple(lesson.read for lesson in lessons)
    results = [one.fraction for one in attempts if one.fraction is not None]
    passed = any(attempt.passed for attempt in attempts)
    return module_progress(row, read, passed, max(results, default=None))


def _lesson_lines(row: ModuleOutline, read_at: Mapping[int, datetime]) -> list[LessonLine]:
    return [
        LessonLine(one["id"], one["slug"], one["title"], one["minutes"], read_at.get(one["id"]), one["text_id"])
        for one in row["lessons"]
    ]


def _read_at(enrolment: Enrolment) -> dict[int, datetime]:
    query = select(LessonRead.lesson_id, LessonRead.at).where(LessonRead.enrolment_id == enrolment.id)
    return {row[0]: row[1] for row in db.session.execute(query)}


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
