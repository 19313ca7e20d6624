"""The order of modules, how far a learner is, and the four statuses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.progress import (
    CourseProgress,
    ModuleProgress,
    ModuleState,
    NextStep,
    StepKind,
    course_progress,
    module_states,
    next_step,
)
from training.rules.standing import Reason, Status, standing

DONE = ModuleProgress((True, True), has_quiz=True, passed=True, minutes=20)
HALF = ModuleProgress((True, False), has_quiz=True, minutes=20)
READ = ModuleProgress((True, True), has_quiz=True, minutes=20)
NEW = ModuleProgress((False, False), has_quiz=True, minutes=20)
OPTIONAL = ModuleProgress((False,), has_quiz=False, optional=True)
STUCK = ModuleProgress((True, True), has_quiz=True, attempts_left=0)

modules = st.lists(
    st.builds(
        ModuleProgress,
        st.lists(st.booleans(), max_size=4).map(tuple),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(0, 3),
        st.integers(0, 60),
        st.booleans(),
    ),
    max_size=6,
)


def test_modules_open_one_after_the_other() -> None:
    assert module_states([DONE, HALF, NEW]) == [ModuleState.DONE, ModuleState.OPEN, ModuleState.LOCKED]


def test_an_optional_module_holds_nobody_up() -> None:
    assert module_states([DONE, OPTIONAL, NEW]) == [ModuleState.DONE, ModuleState.OPEN, ModuleState.OPEN]
    assert next_step([DONE, OPTIONAL, NEW]) == NextStep(StepKind.READ_LESSON, 3, 1)
    assert next_step([DONE, OPTIONAL]) == NextStep(StepKind.READ_LESSON, 2, 1)


def test_what_is_done_stays_done_behind_a_module_that_was_put_in_later() -> None:
    assert module_states([NEW, DONE, NEW]) == [ModuleState.OPEN, ModuleState.DONE, ModuleState.LOCKED]


def test_a_module_without_quiz_is_done_when_it_is_read() -> None:
    assert ModuleProgress((True,), has_quiz=False).is_done
    assert not READ.is_done


@pytest.mark.parametrize(
    ("course", "step"),
    [
        ([HALF, NEW], NextStep(StepKind.READ_LESSON, 1, 2)),
        ([DONE, READ], NextStep(StepKind.TAKE_QUIZ, 2)),
        ([DONE, STUCK], NextStep(StepKind.ASK_TRAINER, 2)),
        ([DONE], NextStep(StepKind.NOTHING)),
        ([], NextStep(StepKind.NOTHING)),
    ],
)
def test_the_next_step(course, step) -> None:
    assert next_step(course) == step


def test_progress_counts_half_done_modules_as_such_and_leaves_optional_ones_out() -> None:
    progress = course_progress([DONE, READ, NEW, OPTIONAL])
    assert (progress.modules_done, progress.modules) == (1, 3)
    assert progress.modules_worth == pytest.approx(1 + 2 / 3)
    assert progress.minutes_left == 27


@given(modules)
def test_there_is_a_next_step_exactly_as_long_as_something_is_open(course) -> None:
    states = module_states(course)
    step = next_step(course)
    assert (step.kind == StepKind.NOTHING) == (ModuleState.OPEN not in states)
    if step.module:
        assert states[step.module - 1] == ModuleState.OPEN


@given(modules)
def test_progress_is_a_share_and_whole_exactly_when_done(course) -> None:
    progress = course_progress(course)
    assert 0 <= progress.share <= 1 + 1e-9
    assert progress.is_done == (progress.share > 1 - 1e-9)


@given(modules, st.data())
def test_one_more_lesson_read_never_sets_anybody_back(course, data) -> None:
    unread = [(m, n) for m, module in enumerate(course) for n, read in enumerate(module.lessons_read) if not read]
    if not unread:
        return
    m, n = data.draw(st.sampled_from(unread))
    flags = list(course[m].lessons_read)
    flags[n] = True
    after = list(course)
    after[m] = ModuleProgress(tuple(flags), *(getattr(course[m], name) for name in _OTHERS))
    order = [ModuleState.LOCKED, ModuleState.OPEN, ModuleState.DONE]
    pairs = zip(module_states(course), module_states(after), strict=True)
    assert all(order.index(later) >= order.index(before) for before, later in pairs)
    assert course_progress(after).share >= course_progress(course).share - 1e-9


_OTHERS = ("has_quiz", "passed", "attempts_left", "minutes", "optional")


START, DUE = date(2026, 11, 1), date(2026, 12, 1)


def at(today: date, done: float = 0, stuck: bool = False, minutes: int = 0, active: date | None = None, due=DUE):
    progress = CourseProgress(int(done), 8, done, minutes, stuck)
    return standing(progress, enrolled_on=START, due_on=due, last_active_on=active, today=today)


@pytest.mark.parametrize(
    ("found", "status", "reason", "words"),
    [
        (at(DUE + timedelta(9), 8), Status.DONE, Reason.FINISHED, "All 8 modules done."),
        (at(DUE + timedelta(1), 7.5), Status.NEEDS_ATTENTION, Reason.OVERDUE, "Overdue by 1 day, 1 module of 8 left."),
        (at(DUE, 7.5, active=DUE), Status.ON_TRACK, Reason.GOING_WELL, "1 module of 8 left, due today."),
        (
            at(START, 1, stuck=True),
            Status.NEEDS_ATTENTION,
            Reason.NO_ATTEMPTS_LEFT,
            "No attempt left at a quiz that is not passed.",
        ),
        (
            at(DUE - timedelta(1), 7, minutes=90, active=DUE),
            Status.AT_RISK,
            Reason.TOO_MUCH_LEFT,
            "Due in 1 day, about 90 minutes of work left.",
        ),
        (
            at(START + timedelta(15), 1, active=START + timedelta(14)),
            Status.AT_RISK,
            Reason.BEHIND,
            "50% of the time is gone, 12% of the course is done.",
        ),
        (
            at(START + timedelta(20), 5, active=START),
            Status.AT_RISK,
            Reason.IDLE,
            "Nothing done for 20 days, 3 modules of 8 left.",
        ),
        (
            at(START + timedelta(20), due=None),
            Status.AT_RISK,
            Reason.IDLE,
            "Nothing done for 20 days, 8 modules of 8 left.",
        ),
        (at(START), Status.ON_TRACK, Reason.NOT_STARTED, "Not started yet, 8 modules of 8 left, due in 30 days."),
        (at(START, 1, active=START, due=None), Status.ON_TRACK, Reason.GOING_WELL, "7 modules of 8 left."),
    ],
)
def test_a_status_comes_with_its_reason(found, status, reason, words) -> None:
    assert (found.status, found.reason, found.words) == (status, reason, words)


@given(st.integers(-5, 60), st.floats(0, 8), st.booleans(), st.integers(0, 500), st.none() | st.integers(0, 30))
def test_everybody_stands_somewhere_and_who_does_more_never_stands_worse(days, done, stuck, minutes, idle) -> None:
    today = START + timedelta(days)
    active = None if idle is None else today - timedelta(idle)
    before = at(today, done, stuck, minutes, active)
    after = at(today, min(8, done + 1), stuck, minutes, active)
    order = list(Status)
    assert before.words
    assert order.index(after.status) >= order.index(before.status)


def test_a_course_due_on_the_day_of_enrolment_divides_by_nothing() -> None:
    assert at(START, due=START).reason == Reason.NOT_STARTED
