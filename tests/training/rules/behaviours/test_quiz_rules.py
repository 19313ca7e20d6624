"""What a course file may say about a quiz, and what it is told where it may not."""

import pytest
from hypothesis import given, settings

from tests.training.rules.course_files.courses import SMALL, small_course
from tests.training.rules.kinds.specifications import json_values
from training.rules.attempts import CountPolicy
from training.rules.behaviours.behaviour import Behaviour
from training.rules.behaviours.quiz_rules import QuizRules, quiz_problems, quiz_rules
from training.rules.course_files.reader import read_course
from training.rules.kinds.catalogue import hints_of

MODULE, QUESTION = "01-listen/module.md", "01-listen/questions/01-who.md"


def with_quiz(tmp_path, *lines, question=SMALL[QUESTION]):
    head = SMALL[MODULE].replace("minutes: 5\n", "minutes: 5\nquiz:\n" + "".join(f"  {line}\n" for line in lines))
    return read_course(small_course(tmp_path, **{MODULE: head, QUESTION: question}))


def test_nothing_said_is_feedback_at_the_end_without_limits():
    assert quiz_rules({}) == QuizRules()
    assert quiz_rules({}).behaviour.behaviour is Behaviour.DEFERRED


def test_a_course_file_states_the_behaviour_of_its_quiz(tmp_path):
    pooled = SMALL[QUESTION].replace("about: why\n", "about: why\npool: first\nhints:\n  - Think of who writes.\n")
    lines = ("behaviour: several_tries", "tries: 2", "penalty: 0.25", "minutes: 20", "attempts: 3", "counts: mean")
    course = with_quiz(tmp_path, *lines, "draw:", "  first: 1", question=pooled)
    rules = quiz_rules(course.modules[0].quiz)
    assert (rules.behaviour.behaviour, rules.behaviour.tries) == (Behaviour.SEVERAL_TRIES, 2)
    assert rules.behaviour.penalty == pytest.approx(0.25)
    assert (rules.minutes, rules.attempts, rules.counts, rules.draw) == (20, 3, CountPolicy.MEAN, {"first": 1})
    assert hints_of(course.modules[0].questions[0].specification) == ["Think of who writes."]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["behaviour: later"], "6: quiz behaviour: 'later' is not possible here."),
        (["behavior: immediate"], "6: quiz behavior: “behavior” is not known here. Did you mean “behaviour”?"),
        (["minutes: 5", "tries: 3"], "7: quiz tries: “tries” is for several tries alone."),
        (["behaviour: several_tries", "tries: 9"], "7: quiz tries: 9 is out of range. Choose a number from 2 to 5."),
        (["behaviour: several_tries", "penalty: 2"], "7: quiz penalty: 2 is out of range."),
        (["attempts: many"], "6: quiz attempts: 'many' is no whole number."),
        (["counts: worst"], "6: quiz counts: 'worst' is not possible here."),
        (["draw: 3"], "6: quiz draw: This is no table of pools."),
        (["draw:", "  pain: 1"], "7: quiz draw pain: No question has the pool “pain”."),
    ],
)
def test_each_mistake_is_named_with_file_and_line(tmp_path, lines, told):
    (problem,) = with_quiz(tmp_path, *lines)
    assert str(problem).startswith(f"{MODULE}:{told}")


def test_a_pool_that_is_too_small_is_named(tmp_path):
    pooled = SMALL[QUESTION].replace("about: why\n", "about: why\npool: first\n")
    (problem,) = with_quiz(tmp_path, "draw:", "  first: 2", question=pooled)
    assert str(problem) == (
        f"{MODULE}:7: quiz draw first: The pool has 1 questions, not 2. Draw at most 1, or write more questions."
    )


def test_hints_are_texts(tmp_path):
    (problem,) = read_course(
        small_course(tmp_path, **{QUESTION: SMALL[QUESTION].replace("about: why\n", "about: why\nhints: think\n")})
    )
    assert str(problem).startswith(f"{QUESTION}:4: hints: A list is missing.")


@given(json_values)
@settings(max_examples=150)
def test_whatever_stands_there_is_either_told_or_understood(values):
    if not quiz_problems(values, {"a": 2}):
        assert quiz_rules(values)
