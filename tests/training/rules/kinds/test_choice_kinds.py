"""Single choice, multiple choice, true or false."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.kinds.specifications import multiple_choice
from training.rules.kinds.keys import carried_keys, key_of
from training.rules.kinds.multiple_choice import MultipleChoice
from training.rules.kinds.protocol import State
from training.rules.kinds.single_choice import SingleChoice
from training.rules.kinds.true_false import TrueFalse

WHO = {
    "kind": "single_choice",
    "choices": [
        {"text": "The service desk", "right": True, "feedback": "They can solve it."},
        {"text": "Marketing", "feedback": "They cannot solve it.", "mark": 0.25},
        {"text": "Nobody", "mark": -1},
    ],
}


def picking(*texts: str) -> dict:
    return {"chosen": [key_of({}, text) for text in texts]}


def three_of_five(marking: str, **more: object) -> dict:
    choices = [{"text": text, "right": text in "abc"} for text in "abcde"]
    return {"kind": "multiple_choice", "marking": marking, "choices": choices, **more}


def test_a_choice_gives_its_own_feedback_and_no_other() -> None:
    graded = SingleChoice().grade(WHO, {"chosen": key_of(WHO, "Marketing")})
    assert [part.feedback for part in graded.parts] == ["They cannot solve it."]


def test_a_single_choice_may_be_worth_a_part_and_never_less_than_nothing() -> None:
    grade = SingleChoice().grade
    assert grade(WHO, {"chosen": key_of(WHO, "Marketing")}).fraction == pytest.approx(0.25)
    assert grade(WHO, {"chosen": key_of(WHO, "Nobody")}).state == State.WRONG


@pytest.mark.parametrize("right", [0, 2])
def test_a_single_choice_needs_exactly_one_right_choice(right: int) -> None:
    choices = [{"text": text, "right": place < right} for place, text in enumerate("abc")]
    (problem,) = SingleChoice().validate({"kind": "single_choice", "choices": choices})
    assert problem.field == ("choices",)
    assert str(problem) == f"choices: {right} choices are marked as right. Mark exactly one with “right: true”."


def test_two_choices_that_read_the_same_are_reported_at_the_second() -> None:
    choices = [{"text": "Ask first", "right": True}, {"text": "Ask  first "}]
    (problem,) = SingleChoice().validate({"kind": "single_choice", "choices": choices})
    assert problem.field == ("choices", 1, "text")


def test_a_choice_that_yaml_read_as_a_number_is_reported_with_the_cure() -> None:
    choices = [{"text": 24, "right": True}, {"text": "12"}]
    (problem,) = SingleChoice().validate({"kind": "single_choice", "choices": choices})
    assert problem.cure == 'Put it in quotes: "24".'


def test_choices_stay_in_order_where_the_author_says_so() -> None:
    shown = SingleChoice().shown({**WHO, "shuffle": False}, seed=3)
    assert [choice["text"] for choice in shown["choices"]] == ["The service desk", "Marketing", "Nobody"]


def test_seeds_bring_every_choice_to_every_place() -> None:
    first = {SingleChoice().shown(WHO, seed)["choices"][0]["text"] for seed in range(40)}
    assert first == {"The service desk", "Marketing", "Nobody"}


def test_a_reworded_choice_can_keep_its_key() -> None:
    choices = [{"text": "The service team", "right": True}, *WHO["choices"][1:]]
    new = {**WHO, "choices": choices, "keys": carried_keys({"The service team": "The service desk"}, WHO)}
    assert SingleChoice().validate(new) == []
    assert SingleChoice().grade(new, SingleChoice().right_response(WHO)).state == State.RIGHT


def test_carried_keys_must_be_keys_and_different() -> None:
    problems = SingleChoice().validate({**WHO, "keys": {"Nobody": "x"}})
    assert [problem.field for problem in problems] == [("keys", "Nobody")]
    same = SingleChoice().validate({**WHO, "keys": {"Nobody": "0123456789", "Marketing": "0123456789"}})
    assert [problem.field for problem in same] == [("keys",)]


def test_all_or_nothing_takes_no_half_measures() -> None:
    grade, specification = MultipleChoice().grade, three_of_five("all_or_nothing")
    assert grade(specification, picking("a", "b", "c")).state == State.RIGHT
    assert grade(specification, picking("a", "b")).state == State.WRONG
    assert grade(specification, picking("a", "b", "c", "d")).state == State.WRONG


def test_partial_marking_counts_right_ones_for_and_wrong_ones_against() -> None:
    grade, specification = MultipleChoice().grade, three_of_five("partial")
    assert grade(specification, picking("a", "b")).fraction == pytest.approx(2 / 3)
    assert grade(specification, picking("a", "b", "d")).fraction == pytest.approx(2 / 3 - 1 / 2)
    assert grade(specification, picking("a", "d", "e")).fraction == 0.0


def test_choosing_everything_earns_nothing_under_partial_marking() -> None:
    assert MultipleChoice().grade(three_of_five("partial"), picking(*"abcde")).state == State.WRONG


def test_negative_marks_never_take_more_than_was_earned() -> None:
    choices = [{"text": "a", "right": True}, {"text": "b", "mark": -0.5}, {"text": "c", "mark": -1}]
    specification = {"kind": "multiple_choice", "marking": "weighted", "choices": choices}
    assert MultipleChoice().grade(specification, picking("a", "b")).fraction == pytest.approx(0.5)
    assert MultipleChoice().grade(specification, picking("a", "b", "c")).fraction == 0.0


def test_weighted_marks_must_come_to_one_and_agree_with_right() -> None:
    choices = [{"text": "a", "right": True, "mark": 0.5}, {"text": "b", "mark": 0.5}]
    problems = MultipleChoice().validate({"kind": "multiple_choice", "marking": "weighted", "choices": choices})
    assert [problem.field for problem in problems] == [("choices",), ("choices", 1, "mark")]


@pytest.mark.parametrize("right", [(), ("a", "b")])
def test_a_multiple_choice_needs_a_right_and_a_wrong_choice(right: tuple[str, ...]) -> None:
    choices = [{"text": text, "right": text in right} for text in "ab"]
    (problem,) = MultipleChoice().validate({"kind": "multiple_choice", "choices": choices})
    assert problem.field == ("choices",)


@given(multiple_choice(), st.data())
def test_one_more_right_choice_never_lowers_and_one_more_wrong_never_raises(specification, data) -> None:
    texts = [choice["text"] for choice in specification["choices"]]
    chosen = data.draw(st.lists(st.sampled_from(texts), unique=True, min_size=1))
    one_more = data.draw(st.sampled_from(specification["choices"]))
    before = MultipleChoice().grade(specification, picking(*chosen)).fraction
    after = MultipleChoice().grade(specification, picking(*chosen, one_more["text"])).fraction
    if one_more["right"]:
        assert after >= before - 1e-9 or specification["marking"] == "all_or_nothing"
    elif specification["marking"] != "all_or_nothing" or before < 1:
        assert after <= before + 1e-9


def test_true_or_false_answers_with_the_feedback_of_the_answer() -> None:
    specification = {"kind": "true_false", "right": False, "feedback_true": "A copy is no originality."}
    wrong, right = (TrueFalse().grade(specification, {"chosen": word}) for word in ("true", "false"))
    assert (wrong.state, wrong.parts[0].feedback) == (State.WRONG, "A copy is no originality.")
    assert (right.state, right.parts[0].feedback) == (State.RIGHT, "")


def test_true_or_false_needs_to_know_which() -> None:
    (problem,) = TrueFalse().validate({"kind": "true_false", "right": "yes"})
    assert problem.cure == "Write true or false."
