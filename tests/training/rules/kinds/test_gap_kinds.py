"""Blanks and choosing in a text."""

import pytest

from training.rules.kinds.blanks import Blanks
from training.rules.kinds.choose_in_text import ChooseInText
from training.rules.kinds.keys import key_of
from training.rules.kinds.protocol import State

TYPED = {
    "kind": "blanks",
    "text": "A remark becomes a [[1]] when the\n[[2]] has it.",
    "gaps": [{"accept": ["case"]}, {"accept": ["service desk", {"text": "desk", "mark": 0.5, "feedback": "Which?"}]}],
}
CHOSEN = {
    "kind": "choose_in_text",
    "text": "Paid reach is [[1]], organic talk is [[2]].",
    "gaps": [
        {"choices": [{"text": "bought", "right": True}, {"text": "earned", "feedback": "It has a price."}]},
        {"choices": [{"text": "bought"}, {"text": "earned", "right": True}]},
    ],
}


def test_gaps_are_marked_one_by_one() -> None:
    graded = Blanks().grade(TYPED, {"written": {"1": "Case", "2": "desk"}})
    assert graded.fraction == pytest.approx(0.75)
    assert [part.feedback for part in graded.parts] == ["", "Which?"]
    assert Blanks().grade({**TYPED, "marking": "all_or_nothing"}, {"written": {"1": "case", "2": "desk"}}).fraction == 0


def test_an_open_gap_is_said_shown_as_a_line_and_earns_nothing() -> None:
    response = {"written": {"1": "case"}}
    assert Blanks().missing(TYPED, response) == "1 of 2 gaps are still open."
    assert Blanks().summary(TYPED, response) == "A remark becomes a case when the ____ has it."
    assert Blanks().grade(TYPED, response).fraction == pytest.approx(0.5)
    assert Blanks().right_answer(TYPED) == "A remark becomes a case when the service desk has it."


def test_choices_of_two_gaps_may_be_the_same_words() -> None:
    bought = {"chosen": {"1": key_of(CHOSEN, "bought"), "2": key_of(CHOSEN, "bought")}}
    graded = ChooseInText().grade(CHOSEN, bought)
    assert [part.fraction for part in graded.parts] == [1, 0]
    assert ChooseInText().right_answer(CHOSEN) == "Paid reach is bought, organic talk is earned."
    assert ChooseInText().grade(CHOSEN, ChooseInText().right_response(CHOSEN)).state == State.RIGHT


def test_what_is_shown_has_the_pieces_of_the_text_and_the_choices_of_each_gap() -> None:
    shown = ChooseInText().shown(CHOSEN, seed=1)
    assert shown["pieces"] == ["Paid reach is ", 1, ", organic talk is ", 2, "."]
    assert {choice["text"] for choice in shown["choices"]["2"]} == {"bought", "earned"}


@pytest.mark.parametrize("text", ["No gap.", "[[1]] only", "[[1]] [[1]] [[2]]", "[[1]] [[2]] [[3]]", "[[0]] [[1]]"])
def test_gaps_in_the_text_and_entries_must_agree(text: str) -> None:
    (problem,) = Blanks().validate({**TYPED, "text": text})
    assert problem.field == ("text",)


def test_each_gap_of_choices_needs_one_right() -> None:
    gaps = [CHOSEN["gaps"][0], {"choices": [{"text": "bought"}, {"text": "earned"}]}]
    (problem,) = ChooseInText().validate({**CHOSEN, "gaps": gaps})
    assert problem.field == ("gaps", 1, "choices")
