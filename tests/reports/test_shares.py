"""Shares and changes say how sure they are, or that there is too little to tell."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reports.measures.shares import change, months_before, share


@given(st.integers(10, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_share_lies_within_its_range(numbers):
    right, total = numbers
    told = share(right, total)
    assert 0 <= told.lower <= told.value + 1e-9
    assert told.value - 1e-9 <= told.upper <= 1


def test_few_answers_tell_nothing():
    assert share(3, 9).value is None


def test_more_answers_narrow_the_range():
    few, many = share(30, 50), share(600, 1000)
    assert many.upper - many.lower < few.upper - few.lower


def test_the_months_end_with_the_present_one():
    assert months_before(date(2026, 2, 14), 4) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_clear_rise_is_sure_and_a_flat_line_is_not():
    assert change([10, 11, 12], [40, 41, 42]).is_sure
    assert not change([10, 14, 12], [11, 15, 12]).is_sure


def test_one_month_is_too_little_to_compare():
    assert change([10], [12, 13]) is None
