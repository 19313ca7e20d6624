"""Matching and ordering."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.kinds.specifications import matching, ordering
from training.rules.kinds.keys import key_of
from training.rules.kinds.matching import Matching
from training.rules.kinds.ordering import Ordering
from training.rules.kinds.protocol import State

WHERE = {
    "kind": "matching",
    "pairs": [
        {"left": "A broken part", "right": "Service"},
        {"left": "A wish", "right": "Product"},
        {"left": "A late parcel", "right": "Service"},
    ],
    "extra": ["Nobody"],
}
STEPS = {"kind": "ordering", "marking": "partial", "items": ["Listen", "Ask", "Answer", "Pass on"]}


def matched(**sides: str) -> dict:
    return {"matched": {key_of({}, left.replace("_", " ")): key_of({}, right) for left, right in sides.items()}}


def placed(*items: str) -> dict:
    return {"places": {key_of({}, item): place for place, item in enumerate(items, 1)}}


def test_matching_gives_the_share_of_right_matches() -> None:
    graded = Matching().grade(WHERE, matched(A_broken_part="Service", A_wish="Service"))
    assert graded.fraction == pytest.approx(1 / 3)
    assert [part.fraction for part in graded.parts] == [1, 0, 0]


def test_matching_all_or_nothing() -> None:
    strict = {**WHERE, "marking": "all_or_nothing"}
    two = matched(A_broken_part="Service", A_wish="Product")
    assert Matching().grade(strict, two).state == State.WRONG
    assert Matching().grade(strict, Matching().right_response(strict)).state == State.RIGHT


def test_a_right_side_that_serves_twice_is_shown_once() -> None:
    rights = Matching().shown(WHERE, seed=1)["rights"]
    assert sorted(right["text"] for right in rights) == ["Nobody", "Product", "Service"]


def test_matching_says_how_many_are_open_and_what_was_matched() -> None:
    response = matched(A_wish="Product")
    assert Matching().missing(WHERE, response) == "2 of 3 are still without a match."
    assert Matching().summary(WHERE, response) == "A wish: Product"


def test_an_extra_side_that_belongs_to_a_pair_is_reported() -> None:
    (problem,) = Matching().validate({**WHERE, "extra": ["Nobody", "Product"]})
    assert problem.field == ("extra", 1)


def test_sides_that_are_all_the_same_are_reported() -> None:
    pairs = [{"left": left, "right": "Service"} for left in "ab"]
    (problem,) = Matching().validate({"kind": "matching", "pairs": pairs})
    assert problem.message == "All right sides are the same."


@given(matching(), st.data())
def test_one_more_right_match_never_lowers(specification, data) -> None:
    right = Matching().right_response(specification)["matched"]
    response = {left: data.draw(st.sampled_from(sorted(right.values()))) for left in right}
    mended = data.draw(st.sampled_from(sorted(right)))
    before = Matching().grade(specification, {"matched": response}).fraction
    after = Matching().grade(specification, {"matched": {**response, mended: right[mended]}}).fraction
    assert after >= before


def test_ordering_gives_the_share_of_pairs_in_order() -> None:
    grade = Ordering().grade
    assert grade(STEPS, placed("Listen", "Ask", "Pass on", "Answer")).fraction == pytest.approx(5 / 6)
    assert grade(STEPS, placed("Pass on", "Answer", "Ask", "Listen")).state == State.WRONG


def test_ordering_all_or_nothing() -> None:
    strict = {**STEPS, "marking": "all_or_nothing"}
    assert Ordering().grade(strict, placed("Listen", "Ask", "Pass on", "Answer")).state == State.WRONG
    assert Ordering().grade(strict, placed("Listen", "Ask", "Answer", "Pass on")).state == State.RIGHT


def test_a_place_given_twice_or_not_at_all_is_said_and_its_pairs_are_not_in_order() -> None:
    keys = [key_of({}, item) for item in STEPS["items"]]
    twice = {"places": dict(zip(keys, (1, 1, 2, 3), strict=True))}
    assert Ordering().missing(STEPS, twice) == "Place 1 is given more than once."
    assert Ordering().grade(STEPS, twice).fraction == pytest.approx(5 / 6)
    half = {"places": {keys[0]: 1}}
    assert Ordering().missing(STEPS, half) == "3 of 4 are still without a place."
    assert Ordering().grade(STEPS, half).state == State.WRONG


def test_places_beyond_the_list_are_not_taken() -> None:
    key = key_of({}, "Listen")
    assert Ordering().parse(STEPS, {f"place-{key}": ["5"]}) == {}
    assert Ordering().parse(STEPS, {f"place-{key}": ["²"]}) == {}


@given(ordering(), st.randoms(), st.data())
def test_swapping_two_neighbours_into_order_never_lowers(specification, random, data) -> None:
    items = specification["items"]
    given_order = random.sample(items, len(items))
    wrong = [pair for pair in pairwise(given_order) if items.index(pair[0]) > items.index(pair[1])]
    if not wrong:
        return
    later, earlier = data.draw(st.sampled_from(wrong))
    mended = list(given_order)
    place = mended.index(later)
    mended[place : place + 2] = [earlier, later]
    before = Ordering().grade(specification, placed(*given_order)).fraction
    assert Ordering().grade(specification, placed(*mended)).fraction >= before
