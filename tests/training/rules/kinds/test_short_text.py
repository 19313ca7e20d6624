"""Typed words: patterns, case, accents, slips of the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.kinds.short_text import ShortText
from training.rules.kinds.spelling import matches, pieces_of, slips


def earns(text: str, *accept: object, **fields: object) -> float:
    specification = {"kind": "short_text", "accept": list(accept), **fields}
    assert ShortText().validate(specification) == []
    return ShortText().grade(specification, {"written": text}).fraction


def test_case_accents_spaces_and_a_full_stop_make_no_difference() -> None:
    assert earns("  CAFE  au lait.", "café au lait") == 1


def test_case_and_accents_count_where_the_author_says_so() -> None:
    assert earns("Owner", "owner", case_sensitive=True) == 0
    assert earns("cafe", "café", accent_sensitive=True) == 0
    assert earns("cafe\u0301", "café", accent_sensitive=True) == 1


def test_a_star_stands_for_anything_and_a_star_with_a_backslash_for_itself() -> None:
    assert earns("the service desk", "*service*") == 1
    assert earns("customer service desk", "*service * desk") == 0
    assert earns("2*3", r"2\*3") == 1
    assert earns("2x3", r"2\*3") == 0


def test_a_slip_is_forgiven_and_said() -> None:
    specification = {"kind": "short_text", "accept": ["listening"], "near_miss": 1}
    graded = ShortText().grade(specification, {"written": "listenign"})
    assert graded.fraction == 1
    assert graded.parts[0].feedback == "Counted as “listening”."
    assert ShortText().grade(specification, {"written": "lisetnign"}).fraction == 0


def test_an_exact_answer_comes_before_a_near_miss_of_a_better_one() -> None:
    assert earns("organise", {"text": "organist", "mark": 1}, {"text": "organise", "mark": 0.5}, near_miss=1) == 0.5


def test_a_wrong_answer_that_was_foreseen_gets_its_feedback() -> None:
    specification = {"accept": ["earned", {"text": "paid*", "mark": 0, "feedback": "That is bought."}]}
    graded = ShortText().grade(specification, {"written": "Paid reach"})
    assert (graded.fraction, graded.parts[0].feedback) == (0, "That is bought.")


def test_a_short_word_is_too_short_to_forgive_slips() -> None:
    (problem,) = ShortText().validate({"kind": "short_text", "accept": ["now", "listening"], "near_miss": 1})
    assert problem.field == ("accept", 0)


def test_a_pattern_that_accepts_anything_is_refused() -> None:
    (problem,) = ShortText().validate({"kind": "short_text", "accept": [" * "]})
    assert problem.message == "“ * ” would accept anything."


def test_a_sign_is_an_answer_but_a_full_stop_is_none() -> None:
    specification = {"kind": "short_text", "accept": ["+", "&&", "*->*"]}
    assert ShortText().validate(specification) == []
    assert ShortText().grade(specification, {"written": "a -> b"}).fraction == 1
    assert ShortText().grade(specification, {"written": "-"}).fraction == 0
    assert ShortText().validate({"kind": "short_text", "accept": ["..."]})


def test_some_answer_must_earn_everything() -> None:
    (problem,) = ShortText().validate({"kind": "short_text", "accept": [{"text": "reach", "mark": 0.5}]})
    assert problem.message == "No answer earns the full mark."


@given(st.text("ab ", max_size=12), st.text("ab*", min_size=1, max_size=8))
def test_wildcards_agree_with_a_plain_recursive_reading(text: str, pattern: str) -> None:
    assert matches(text, pieces_of(pattern)) == _fits(text, pattern)


def _fits(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(_fits(text[start:], pattern[1:]) for start in range(len(text) + 1))
    return bool(text) and text[0] == pattern[0] and _fits(text[1:], pattern[1:])


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("talk", "talk", 0),
        ("talk", "tlak", 1),
        ("talk", "tal", 1),
        ("talk", "walks", 2),
        ("ab", "ba", 1),
        ("", "abc", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other, 3) == count


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_counting_slips_is_symmetric_and_stops_at_the_limit(one: str, other: str, most: int) -> None:
    exact = slips(one, other, 99)
    assert slips(one, other, most) == min(exact, most + 1)
    assert exact == slips(other, one, 99)
    assert (exact == 0) == (one == other)


def test_a_hostile_pattern_takes_no_longer() -> None:
    pieces = pieces_of("*" + "a*" * 90 + "b")
    assert not matches("a" * 500, pieces)
