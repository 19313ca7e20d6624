"""Where a learner stands in a course: which modules are open and must be done, how far, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training.rules.kinds.protocol import TOLERANCE
from training.rules.opening import USUAL, Condition, Opening


class ModuleState(StrEnum):
    """Whether a learner may work on a module."""

    LOCKED = "locked"
    OPEN = "open"
    DONE = "done"


class Need(StrEnum):
    """Whether a module must be done. UNDECIDED: that hangs on a result that is not there yet."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    UNDECIDED = "undecided"
    NOT_NEEDED = "not_needed"


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
    `best` is the best result in its quiz so far, in [0, 1]. Openings name modules by `slug`, people by `title`.
    """

    lessons_read: tuple[bool, ...]
    has_quiz: bool
    passed: bool = False
    attempts_left: int | None = None
    minutes: int = 0
    optional: bool = False
    slug: str = ""
    title: str = ""
    best: float | None = None
    opening: Opening = USUAL

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


def module_needs(modules: Sequence[ModuleProgress]) -> list[Need]:
    """Whether each module must be done, in order."""
    by_slug = {module.slug: module for module in modules}
    needs: dict[str, Need] = {}

    def need(module: ModuleProgress) -> Need:
        below = module.opening.only_below
        if module.optional or module.opening.optional:
            return Need.OPTIONAL
        if below is None:
            return Need.REQUIRED
        other = by_slug[below.module]
        if other.slug not in needs:
            needs[other.slug] = need(other)  # openings never lead in a circle
        if needs[other.slug] in (Need.NOT_NEEDED, Need.UNDECIDED):
            return needs[other.slug]
        if other.best is None:
            return Need.UNDECIDED
        return Need.REQUIRED if other.best < below.result - TOLERANCE else Need.NOT_NEEDED

    return [need(module) for module in modules]


def module_states(modules: Sequence[ModuleProgress], today: date | None = None) -> list[ModuleState]:
    """Which modules are open. What is done stays done. Without `today` no day is still to come."""
    states = []
    for place, module in enumerate(modules):
        if module.is_done:
            states.append(ModuleState.DONE)
        else:
            states.append(ModuleState.LOCKED if closed_because(modules, place, today) else ModuleState.OPEN)
    return states


def closed_because(modules: Sequence[ModuleProgress], place: int, today: date | None = None) -> list[str]:
    """Why the module at a place (from 0) is closed, in sentences for the learner; empty if it is open."""
    module, needs = modules[place], module_needs(modules)
    by_slug = {one.slug: number for number, one in enumerate(modules)}
    if module.opening.after is None:
        before = [number for number in range(place) if needs[number] in (Need.REQUIRED, Need.UNDECIDED)]
        waits = [number for number in before if not modules[number].is_done]
        words = [f"Opens after “{modules[waits[0]].title}”."] if waits else []
    else:
        words = [
            _waits_for(modules[by_slug[one.module]], one)
            for one in module.opening.after
            if not _is_met(modules[by_slug[one.module]], needs[by_slug[one.module]], one)
        ]
    if needs[place] is Need.UNDECIDED and module.opening.only_below:
        other = modules[by_slug[module.opening.only_below.module]]
        words.append(f"Whether you need it depends on your result in “{other.title}”.")
    if today is not None and module.opening.on is not None and today < module.opening.on:
        words.append(f"Opens on {module.opening.on.day} {module.opening.on:%B %Y}.")
    return words


def _is_met(other: ModuleProgress, need: Need, condition: Condition) -> bool:
    if need is Need.NOT_NEEDED:
        return True
    if condition.passed_at is None:
        return other.is_done
    return other.best is not None and other.best >= condition.passed_at - TOLERANCE


def _waits_for(other: ModuleProgress, condition: Condition) -> str:
    if condition.passed_at is None:
        return f"Opens after “{other.title}”."
    so_far = "" if other.best is None else f"; your best so far is {other.best:.0%}"
    return f"Opens with {condition.passed_at:.0%} in the quiz of “{other.title}”{so_far}."


def course_progress(modules: Sequence[ModuleProgress]) -> CourseProgress:
    """Add up the modules that must be done; one of which that is not decided yet counts as not done."""
    needs = module_needs(modules)
    must = (Need.REQUIRED, Need.UNDECIDED)
    required = [module for module, need in zip(modules, needs, strict=True) if need in must]
    return CourseProgress(
        modules_done=sum(module.is_done for module in required),
        modules=len(required),
        modules_worth=sum(module.share for module in required),
        minutes_left=round(sum(module.minutes * (1 - module.share) for module in required)),
        is_stuck=any(module.is_stuck for module in required),
    )


def next_step(modules: Sequence[ModuleProgress], today: date | None = None) -> NextStep:
    """The first thing to do in the first open module that must be done; others come when those are done or wait.

    Where a closed module waits for a better result in one that is done, that quiz is next.
    """
    states, needs = module_states(modules, today), module_needs(modules)
    open_ones = [place for place, state in enumerate(states) if state == ModuleState.OPEN]
    for place in sorted(open_ones, key=lambda place: needs[place] is not Need.REQUIRED):
        if needs[place] is Need.REQUIRED or not _to_do_better(modules, states, needs):
            return _step_in(modules[place], place + 1)
    better = _to_do_better(modules, states, needs)
    return NextStep(StepKind.TAKE_QUIZ, better[0] + 1) if better else NextStep(StepKind.NOTHING)


def _to_do_better(modules: Sequence[ModuleProgress], states: Sequence[ModuleState], needs: Sequence[Need]) -> list[int]:
    """The places of modules that are done, but not well enough for one that must be done."""
    by_slug = {one.slug: number for number, one in enumerate(modules)}
    wanted = {
        by_slug[condition.module]
        for module, state, need in zip(modules, states, needs, strict=True)
        if state is ModuleState.LOCKED and need is Need.REQUIRED
        for condition in module.opening.after or ()
        if condition.passed_at is not None
        and not _is_met(modules[by_slug[condition.module]], needs[by_slug[condition.module]], condition)
    }
    return sorted(place for place in wanted if states[place] is ModuleState.DONE)


def _step_in(module: ModuleProgress, number: int) -> NextStep:
    if not all(module.lessons_read):
        return NextStep(StepKind.READ_LESSON, number, module.lessons_read.index(False) + 1)
    return NextStep(StepKind.ASK_TRAINER if module.is_stuck else StepKind.TAKE_QUIZ, number)
