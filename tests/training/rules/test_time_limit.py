"""Time limits, extra time, grace."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.time_limit import NO_TIME, TimeLimit, Timing

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEN = TimeLimit(timedelta(minutes=10), extra=timedelta(minutes=5), grace=timedelta(seconds=30))


@pytest.mark.parametrize(
    ("minutes", "timing"),
    [
        (-1, Timing.IN_TIME),
        (0, Timing.IN_TIME),
        (15, Timing.IN_TIME),
        (15.01, Timing.IN_GRACE),
        (15.5, Timing.IN_GRACE),
        (15.51, Timing.TOO_LATE),
    ],
)
def test_the_ends_belong_to_the_time(minutes, timing) -> None:
    assert TEN.timing(START, START + timedelta(minutes=minutes)) == timing


def test_without_a_limit_nothing_is_late() -> None:
    free = TimeLimit()
    assert free.ends_at(START) is None
    assert free.remaining(START, START) is None
    assert free.timing(START, START + timedelta(days=900)) == Timing.IN_TIME


@given(st.integers(0, 3000))
def test_what_remains_shrinks_to_nothing_and_no_further(seconds) -> None:
    now = START + timedelta(seconds=seconds)
    left = TEN.remaining(START, now)
    assert left == max(NO_TIME, timedelta(minutes=15) - timedelta(seconds=seconds))
    assert (left == NO_TIME) == (now >= TEN.ends_at(START))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 7200))
def test_extra_time_never_makes_anything_late(extra, more, seconds) -> None:
    order = list(Timing)
    some, plenty = (
        TimeLimit(timedelta(minutes=10), extra=timedelta(minutes=minutes)) for minutes in (extra, extra + more)
    )
    at = START + timedelta(seconds=seconds)
    assert order.index(plenty.timing(START, at)) <= order.index(some.timing(START, at))
