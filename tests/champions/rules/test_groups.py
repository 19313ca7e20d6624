"""Groups: none under five can be worked out, and a difference is told only where the numbers carry it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from champions.rules.groups import FEWEST_PEOPLE, Tally, Verdict, compare, may_be_told, showable

group = st.integers(0, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
tables = st.lists(group, max_size=8).map(lambda rows: [Tally(f"g{n}", *row) for n, row in enumerate(rows)])


@given(tables)
def test_no_group_under_five_is_shown_or_left_over(tallies):
    shown = showable(tallies)
    assert all(one.people >= FEWEST_PEOPLE for one in shown)
    left = sum(one.people for one in tallies) - sum(one.people for one in shown)
    assert left == 0 or (not shown and left < FEWEST_PEOPLE)
    small = {one.name for one in tallies if one.people < FEWEST_PEOPLE}
    assert not small & {one.name for one in shown}


@given(tables)
def test_whatever_is_subtracted_from_the_total_leaves_nobody_or_at_least_five(tallies):
    shown = showable(tallies)
    total = sum(one.people for one in tallies)
    for taken in range(2 ** min(len(shown), 8)):
        rest = total - sum(one.people for n, one in enumerate(shown) if taken >> n & 1)
        assert rest == 0 or rest >= FEWEST_PEOPLE or not shown


def test_a_lone_small_group_takes_the_next_larger_one_with_it():
    shown = showable([Tally("full", 50, 3), Tally("part", 20, 1), Tally("none", 3, 1)])
    assert shown == [Tally("full", 50, 3), Tally("none and part, together", 23, 2)]


def test_rates_are_withheld_where_they_would_name_the_group_of_everybody_selected():
    assert not may_be_told([Tally("a", 50, 3), Tally("b", 50, 0)])
    assert not may_be_told([Tally("a", 50, 50), Tally("b", 50, 30)])
    assert not may_be_told([Tally("a", 50, 3)])
    assert may_be_told([Tally("a", 50, 3), Tally("b", 50, 1)])
    assert may_be_told([Tally("a", 50, 0), Tally("b", 50, 0)])


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (Tally("b", 1000, 250), Verdict.LOWER),
        (Tally("b", 1000, 440), Verdict.PERHAPS_LOWER),
        (Tally("b", 1000, 495), Verdict.NO_SIGN),
        (Tally("b", 10, 4), Verdict.TOO_FEW),
        (Tally("b", 10, 0), Verdict.LOWER),
    ],
)
def test_the_interval_says_what_can_be_said(other, verdict):
    by_name = {one.tally.name: one for one in compare([Tally("a", 1000, 500), other])}
    assert by_name["a"].verdict is Verdict.YARDSTICK
    assert by_name["b"].verdict is verdict


def test_a_tiny_group_is_no_yardstick():
    rates = compare([Tally("a", 600, 30), Tally("b", 600, 30), Tally("tiny", 6, 3)])
    assert rates[2].verdict is not Verdict.YARDSTICK


def called_lower(rates):
    return any(one.verdict in {Verdict.LOWER, Verdict.PERHAPS_LOWER} for one in rates)


def test_a_planted_half_is_found_and_no_difference_is_seldom_called_one():
    rng = np.random.default_rng(20261125)
    found = false = 0
    for _ in range(300):
        halves = [Tally("a", 1000, int(rng.binomial(1000, 0.66))), Tally("b", 1000, int(rng.binomial(1000, 0.33)))]
        found += called_lower(compare(halves))
        alike = [Tally(name, 500, int(rng.binomial(500, 0.5))) for name in "abcd"]
        false += called_lower(compare(alike))
    assert found >= 270  # power of at least 0.9 with 2,000 people
    assert false <= 26  # at most 5 in 100 after correction, and what chance adds to 15 of 300 once in a thousand times
