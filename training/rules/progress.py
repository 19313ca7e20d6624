"""Where a learner stands in a course: which modules are open, how far, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ModuleState(StrEnum):
    """Whether a learner may work on a module."""

    LOCKED = "locked"
    OPEN = "open"
    DONE = "done"


class StepKind(StrEnum):
    """What comes next."""

    READ_LESSON = "read_lesson"
    TAKE_QUIZ = "take_quiz"
    ASK_TRAINER = "ask_trainer"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ModuleProgress:
    """One module of a course as one learner has it.

    `lessons_read` has one flag for each lesson, in order. A module without quiz is done when its lessons are read.
    `attempts_left` is None where attempts are not limited. `minutes` is the author's estimate for the whole module.
    """

    lessons_read: tuple[bool, ...]
    has_quiz: bool
    passed: bool = False
    attempts_left: int | None = None
    minutes: int = 0
    optional: bool = False

    @property
    def is_done(self) -> bool:
        """Every lesson read and the quiz, if any, passed."""
        return all(self.lessons_read) and (self.passed or not self.has_quiz)

    @property
    def is_stuck(self) -> bool:
        """The quiz is not passed and there is no attempt left."""
        return self.has_quiz and not self.passed and self.attempts_left is not None and self.attempts_left <= 0

    @property
    def share(self) -> float:
        """How far, in [0, 1]: each lesson and the quiz is one step. A module without any is done."""
        steps = len(self.lessons_read) + self.has_quiz
        done = sum(self.lessons_read) + (self.has_quiz and self.passed)
        return done / steps if steps else 1.0


@dataclass(frozen=True)
class CourseProgress:
    """How far a course is: modules done of modules that must be, and the same with half-done ones as fractions."""

    modules_done: int
    modules: int
    modules_worth: float
    minutes_left: int
    is_stuck: bool

    @property
    def share(self) -> float:
        """How far, in [0, 1]. A course in which nothing must be done is done."""
        return self.modules_worth / self.modules if self.modules else 1.0

    @property
    def is_done(self) -> bool:
        """Every module that must be done is."""
        return self.modules_done == self.modules


@dataclass(frozen=True)
class NextStep:
    """What to do next: in which module (from 1), and which lesson (from 1) if it is one. Module 0 with nothing."""

    kind: StepKind
    module: int = 0
    lesson: int = 0


def module_states(modules: Sequence[ModuleProgress]) -> list[ModuleState]:
    """Modules open in order: each when all before it that must be done are. What is done stays done."""
    states = []
    way_is_free = True
    for module in modules:
        if module.is_done:
            states.append(ModuleState.DONE)
        else:
            states.append(ModuleState.OPEN if way_is_free else ModuleState.LOCKED)
        way_is_free = way_is_free and (module.is_done or module.optional)
    return states


def course_progress(modules: Sequence[ModuleProgress]) -> CourseProgress:
    """Add up the modules that must be done."""
    required = [module for module in modules if not module.optional]
    return CourseProgress(
        modules_done=sum(module.is_done for module in required),
        modules=len(required),
        modules_worth=sum(module.share for module in required),
        minutes_left=round(sum(module.minutes * (1 - module.share) for module in required)),
        is_stuck=any(module.is_stuck for module in required),
    )


def next_step(modules: Sequence[ModuleProgress]) -> NextStep:
    """The first thing to do in the first open module; optional modules come when the others are done or wait."""
    states = module_states(modules)
    open_ones = [place for place, state in enumerate(states) if state == ModuleState.OPEN]
    for place in sorted(open_ones, key=lambda place: modules[place].optional):
        return _step_in(modules[place], place + 1)
    return NextStep(StepKind.NOTHING)


def _step_in(module: ModuleProgress, number: int) -> NextStep:
    if not all(module.lessons_read):
        return NextStep(StepKind.READ_LESSON, number, module.lessons_read.index(False) + 1)
    return NextStep(StepKind.ASK_TRAINER if module.is_stuck else StepKind.TAKE_QUIZ, number)
