"""Words of the pages about learning: hours, and answers taken apart line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.kinds.specifications import BY_KIND
from training.rules.kinds.catalogue import KINDS
from training.rules.kinds.protocol import Part
from training.wording import LISTED, AnswerLine, answer_lines, hours_in_words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (54, "54 minutes"), (55, "an hour"), (89, "1½ hours"), (480, "8 hours")],
)
def test_hours_are_told_as_people_say_them(minutes, words):
    assert hours_in_words(minutes) == words


def test_matched_sides_may_hold_semicolons_and_colons():
    parts = (Part("a", "One; two: three", 1.0), Part("b", "Four", 0.0))
    assert answer_lines("matching", "One; two: three: Here; Four: There; or not", parts) == [
        AnswerLine("One; two: three", "Here", True),
        AnswerLine("Four", "There; or not", False),
    ]


def test_an_order_keeps_its_numbers():
    parts = (Part("a", "First", 0.0), Part("b", "Second", 1.0))
    assert answer_lines("ordering", "1. Second; 2. First", parts) == [
        AnswerLine("1. Second", "", True),
        AnswerLine("2. First", "", False),
    ]


def test_what_does_not_hold_its_parts_is_one_line():
    assert answer_lines("matching", "Something: else", (Part("a", "One", 1.0),)) == [AnswerLine("Something: else")]


def test_typed_words_stay_as_they_were_typed_and_course_texts_lose_their_marks():
    assert answer_lines("short_text", "*why*", (Part("a", "*why*", 1.0, "Yes."),)) == [
        AnswerLine("*why*", feedback="Yes.")
    ]
    assert answer_lines("single_choice", "The *why*", (Part("a", "The *why*", 1.0),)) == [AnswerLine("The why")]


def test_nothing_said_is_no_line():
    assert answer_lines("matching", "", ()) == []


@given(data=st.data(), kind=st.sampled_from(sorted(LISTED)))
def test_right_answers_of_every_listed_kind_come_apart_in_as_many_lines_as_parts(data, kind):
    specification = data.draw(BY_KIND[kind])
    graded = KINDS[kind].grade(specification, KINDS[kind].right_response(specification))
    lines = answer_lines(kind, KINDS[kind].right_answer(specification), graded.parts)
    assert len(lines) == len(graded.parts)
    assert all(line.right for line in lines)
