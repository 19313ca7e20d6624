"""Working hours across time zones."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.matching.worlds import thorough
from training.rules.matching.columns import MatchingError
from training.rules.matching.hours import shared_minutes, working_hours

MINUTE = st.integers(0, 1439)
LENGTH = st.integers(0, 1440)


@thorough
@given(MINUTE, LENGTH, MINUTE, LENGTH)
def test_shared_minutes_are_those_in_both_days(from_a: int, long_a: int, from_b: int, long_b: int) -> None:
    one = {minute % 1440 for minute in range(from_a, from_a + long_a)}
    other = {minute % 1440 for minute in range(from_b, from_b + long_b)}
    assert shared_minutes(from_a, long_a, from_b, long_b) == len(one & other)


@pytest.mark.parametrize(
    ("zone", "day", "first"),
    [
        ("UTC", date(2026, 1, 15), 540),
        ("Europe/Lisbon", date(2026, 7, 15), 480),
        ("Europe/Lisbon", date(2026, 1, 15), 540),
        ("Asia/Tokyo", date(2026, 1, 15), 0),
        ("Pacific/Auckland", date(2026, 1, 15), 1200),
        ("Asia/Kathmandu", date(2026, 1, 15), 195),
    ],
)
def test_nine_o_clock_lies_where_the_clocks_of_that_day_put_it(zone: str, day: date, first: int) -> None:
    assert working_hours(zone, day) == (first, 480)


def test_a_night_shift_goes_over_midnight() -> None:
    assert working_hours("UTC", date(2026, 3, 1), time(22), time(6)) == (1320, 480)


def test_the_same_begin_and_end_is_the_whole_day() -> None:
    assert working_hours("UTC", date(2026, 3, 1), time(8), time(8)) == (480, 1440)


@pytest.mark.parametrize("zone", ["Nowhere/Town", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused_with_an_example(zone: str) -> None:
    with pytest.raises(MatchingError, match="is no time zone: write it like Europe/Lisbon"):
        working_hours(zone, date(2026, 1, 1))
