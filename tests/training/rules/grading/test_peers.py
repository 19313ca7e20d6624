"""Two peers: who they are, and what they say together."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.grading.peers import agree, draw_peers, in_one_line, together
from training.rules.grading.verdict import Verdict

RUBRIC = [{"criterion": "Clear", "levels": [{"text": str(mark), "mark": mark} for mark in (3, 2, 1, 0)]}] * 2


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.integers(1, 99), st.integers(0, 3), max_size=12), st.integers(0, 4), st.integers(0, 999))
def test_a_draw_is_of_different_people_and_those_with_least_to_do_come_first(candidates, wanted, seed):
    drawn = draw_peers(candidates, wanted, Random(seed))
    assert len(drawn) == len(set(drawn)) == min(wanted, len(candidates))
    left = [candidates[one] for one in candidates if one not in drawn]
    assert not drawn or not left or max(candidates[one] for one in drawn) <= min(left)
    assert drawn == draw_peers(candidates, wanted, Random(seed))


def test_a_draw_is_by_lot_among_equals():
    assert len({tuple(draw_peers(dict.fromkeys(range(9), 0), 2, Random(seed))) for seed in range(40)}) > 10


def test_a_line_of_management_goes_up_and_down_and_bears_a_circle():
    managers = {1: None, 2: 1, 3: 2, 4: 1, 5: 6, 6: 5}
    assert in_one_line(3, 1, managers)
    assert in_one_line(1, 3, managers)
    assert not in_one_line(3, 4, managers)
    assert in_one_line(5, 6, managers)
    assert not in_one_line(5, 1, managers)


@pytest.mark.parametrize(
    ("first", "second", "agreed"), [((0, 0), (1, 1), True), ((0, 0), (2, 0), False), ((3, 1), (2, 0), True)]
)
def test_verdicts_agree_when_no_criterion_is_more_than_a_level_apart(first, second, agreed):
    assert agree(Verdict(first), Verdict(second)) is agreed
    assert agree(Verdict(second), Verdict(first)) is agreed


def test_verdicts_that_agree_count_as_their_mean():
    assert together(RUBRIC, [Verdict((0, 0)), Verdict((1, 1))]) == pytest.approx((1 + 2 / 3) / 2)
