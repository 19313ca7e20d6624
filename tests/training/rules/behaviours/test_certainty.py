"""Certainty-based marking: the table, and that honesty pays."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from training.rules.attempts import GivenResponse, PlacedQuestion, mark_questions, quiz_result
from training.rules.behaviours.certainty import RIGHT, WORDS, WRONG, Certainty, certainty_in, share_of_mark
from training.rules.kinds.protocol import State

QUESTION = {"kind": "true_false", "right": True}


@pytest.mark.parametrize(
    ("certainty", "right", "wrong"), [(Certainty.UNSURE, 1, 0), (Certainty.FAIRLY_SURE, 2, -2), (Certainty.SURE, 3, -6)]
)
def test_the_marks_are_those_of_the_published_table(certainty, right, wrong):
    assert (RIGHT[certainty], WRONG[certainty]) == (right, wrong)
    assert share_of_mark(1, certainty) == pytest.approx(right / 3)
    assert share_of_mark(0, certainty) == pytest.approx(wrong / 3)


@given(st.floats(0, 1))
def test_to_say_what_one_believes_earns_most_on_average(chance):
    assume(min(abs(chance - 2 / 3), abs(chance - 4 / 5)) > 1e-6)
    best = max(Certainty, key=lambda level: chance * RIGHT[level] + (1 - chance) * WRONG[level])
    assert best == (Certainty.UNSURE if chance < 2 / 3 else Certainty.FAIRLY_SURE if chance < 4 / 5 else Certainty.SURE)


@given(st.floats(0, 1), st.sampled_from(Certainty))
def test_partly_right_lies_between_wrong_and_right(fraction, certainty):
    assert (
        share_of_mark(0, certainty) - 1e-9 <= share_of_mark(fraction, certainty) <= share_of_mark(1, certainty) + 1e-9
    )


def test_every_level_has_words_and_is_read_from_a_form():
    assert set(WORDS) == set(Certainty)
    assert [certainty_in(value) for value in ("1", "3", 2)] == [1, 3, 2]
    assert [certainty_in(value) for value in ("", "4", None, "x", "1.0", True)] == [None] * 6


def given_answers(now, *answers):
    return {
        place: GivenResponse(place, 1, {"chosen": said} if said else {}, now, certainty)
        for place, (said, certainty) in enumerate(answers, 1)
    }


def marked(now, *answers):
    questions = [PlacedQuestion(place, QUESTION, 1.0, "why") for place in range(1, len(answers) + 1)]
    return mark_questions(questions, given_answers(now, *answers), by_certainty=True)


def test_who_says_nothing_about_certainty_was_not_sure_and_no_answer_loses_nothing(now):
    (quiet, silent) = marked(now, ("true", None), ("", Certainty.SURE))
    assert quiet.certainty is Certainty.UNSURE
    assert quiet.mark == pytest.approx(1 / 3)
    assert (silent.graded.state, silent.certainty, silent.mark) == (State.UNANSWERED, None, 0)


@given(
    data=st.lists(st.tuples(st.sampled_from(["true", "false", ""]), st.sampled_from([None, *Certainty])), max_size=6)
)
@settings(max_examples=100)
def test_a_result_lies_between_nothing_and_all_however_sure_and_wrong(now, data):
    result = quiz_result(marked(now, *data), 0.5)
    assert 0 <= result.fraction <= 1
    assert all(split.fraction is None or 0 <= split.fraction <= 1 for split in result.by_about)
