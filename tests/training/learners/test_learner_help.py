"""Whom a trainer helps first, and with what."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from training.learners.help import Need, TopicAnswers, failed_quiz, help_for, helps, weakest_of
from training.learners.progress import CourseShape, LearnerProgress, ModuleDone, ModuleShape
from training.rules.progress import CourseProgress, NextStep, StepKind
from training.rules.standing import Reason, Standing, Status

COURSE = CourseShape(
    1, "talk", "Talk", (ModuleShape(1, "Listen", 30, 3, True), ModuleShape(2, "Voice", 30, 3, True))
)  # fmt: skip
SEEN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
WELL = Standing(Status.ON_TRACK, Reason.GOING_WELL, "2 modules of 2 left, due in 90 days.")
OVERDUE = Standing(Status.NEEDS_ATTENTION, Reason.OVERDUE, "Overdue by 3 days, 2 modules of 2 left.")
IDLE = Standing(Status.AT_RISK, Reason.IDLE, "Nothing done for 20 days, 2 modules of 2 left.")
BUSY = Standing(Status.AT_RISK, Reason.TOO_MUCH_LEFT, "Due in 1 day, about 90 minutes of work left.")
DONE = Standing(Status.DONE, Reason.FINISHED, "All 2 modules done.")
FAILED = {1: ModuleDone(lessons=3, finished=2, best=0.55)}
WHY, HOW = TopicAnswers("listening", "why", 1, 4), TopicAnswers("listening", "how", 4, 4)


def learner(name="Ben Harrowgate", standing=WELL, done=None, due_on=None, seen=SEEN):
    progress = CourseProgress(0, 2, 0.5, 90, False)
    step = NextStep(StepKind.READ_LESSON, 1, 2)
    return LearnerProgress(1, name, 1, "Care", 7, 1, due_on, seen, progress, standing, step, done or {})


def test_a_quiz_failed_twice_and_not_one_failed_once_is_a_need():
    assert failed_quiz(learner(done={1: ModuleDone(3, 1, 0.5)}), COURSE) is None
    assert failed_quiz(learner(done={1: ModuleDone(3, 3, 0.9, passed=True)}), COURSE) is None
    found = failed_quiz(learner(done=FAILED), COURSE)
    assert found.words == "The quiz of module 1 is not passed after 2 attempts, best 55 %."


def test_a_topic_is_weak_only_from_three_answers_on():
    assert weakest_of([TopicAnswers("voice", "why", 0, 2)]) is None
    assert weakest_of([HOW, WHY, TopicAnswers("voice", "how", 2, 4)]) == WHY
    assert weakest_of([TopicAnswers("voice", "how", 7, 10)]) is None
    assert weakest_of([]) is None


def test_overdue_comes_before_failing_before_at_risk_before_all_others():
    everybody = [
        learner("Done", DONE),
        learner("Well", WELL),
        learner("Idle", IDLE),
        learner("Failing", IDLE, FAILED),
        learner("Late", OVERDUE, due_on=date(2026, 2, 20)),
        learner("Later", OVERDUE, due_on=date(2026, 2, 1)),
    ]
    found = helps(everybody, [COURSE], {})
    assert [one.learner.name for one in found] == ["Later", "Late", "Failing", "Idle", "Well", "Done"]
    assert [one.need for one in found] == [
        Need.OVERDUE, Need.OVERDUE, Need.FAILING, Need.AT_RISK, Need.NONE, Need.NONE,
    ]  # fmt: skip


TOGETHER = "Go through module 1 together before the next attempt: listening, the why."
TRIED = "Ask Ben what they have tried since, and what came of it; and talk about listening, the why."
UNSEEN = learner(standing=OVERDUE, seen=None)


@pytest.mark.parametrize(
    ("one", "topics", "words"),
    [
        (learner(standing=OVERDUE, done=FAILED), [WHY], TOGETHER),
        (learner(standing=OVERDUE), [], "Agree on a new date with Ben: about 1½ hours of work are left."),
        (UNSEEN, [], "Ask Ben what has stood in the way, and read the first lesson together."),
        (learner(standing=BUSY), [], "Agree with Ben on fixed times this week; about 1½ hours of work are left."),
        (learner(standing=IDLE), [], "Ask Ben what has changed, and agree on the next step: lesson 2 of module 1."),
        (learner(), [WHY, HOW], "Talk about listening, the why; lesson 2 of module 1 comes next."),
        (learner(), [HOW], "Nothing today; lesson 2 of module 1 comes next."),
        (learner(seen=None), [], "Say hello, and ask Ben when the first lesson would fit."),
        (learner(standing=DONE), [], "Ask Ben what they have tried since, and what came of it."),
        (learner(standing=DONE), [WHY], TRIED),
    ],
)  # fmt: skip
def test_the_suggestion_fits_what_happened(one, topics, words):
    assert help_for(one, COURSE, topics).suggestion == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(20, "20 minutes"), (60, "an hour"), (95, "1½ hours"), (480, "8 hours")]
)
def test_work_left_is_told_in_hours(minutes, words):
    late = learner(standing=BUSY)
    late = replace(late, progress=CourseProgress(0, 2, 0.5, minutes, False))
    assert f"about {words} of work" in help_for(late, COURSE, []).suggestion


def test_what_happened_names_both_when_somebody_is_overdue_and_failing():
    words = help_for(learner(standing=OVERDUE, done=FAILED), COURSE, []).happened
    assert words.startswith("Overdue by 3 days")
    assert words.endswith("best 55 %.")
