"""When a round is open and when people are reminded: in the company's days, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from champions.rules.naming import Reminder, RoundState, Window, reminder_days, reminder_due, state_of

LISBON = ZoneInfo("Europe/Lisbon")
MARCH = Window(date(2026, 3, 20), date(2026, 4, 2), LISBON)  # the clocks go forward on 29 March

windows = st.builds(
    lambda start, days, zone: Window(start, start + timedelta(days=days), ZoneInfo(zone)),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(0, 60),
    st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "UTC"]),
)
moments = st.integers(0, 180_000).map(lambda hours: datetime(2019, 12, 1, tzinfo=UTC) + timedelta(hours=hours))


def test_the_last_day_counts_to_its_end_in_the_time_zone_of_the_company():
    assert MARCH.days == 14
    last = datetime(2026, 4, 2, 22, 59, tzinfo=UTC)  # 23:59 in Lisbon
    assert state_of(MARCH, None, None, last) is RoundState.OPEN
    assert state_of(MARCH, None, None, last + timedelta(minutes=1)) is RoundState.OVER


@given(windows, moments)
def test_a_round_is_open_on_its_days_and_on_no_other(window, now):
    state = state_of(window, None, None, now)
    today = now.astimezone(window.zone).date()
    assert (state is RoundState.OPEN) == (window.opens_on <= today <= window.closes_on)
    assert state_of(window, now, None, now) in {RoundState.CLOSED, RoundState.OVER}
    assert state_of(window, None, now, now) is RoundState.COUNTED


@given(windows)
def test_reminders_come_in_order_on_different_days_of_the_round(window):
    days = list(reminder_days(window).values())
    assert days == sorted(set(days))
    assert all(window.opens_on <= one <= window.closes_on for one in days)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ((2026, 3, 20, 7, 59), None),
        ((2026, 3, 20, 8, 0), Reminder.OPENING),
        ((2026, 3, 27, 8, 0), Reminder.HALF),
        ((2026, 3, 31, 8, 0), Reminder.LAST),
    ],
)
def test_people_are_told_at_opening_half_way_and_two_days_before_the_end(at, due):
    assert reminder_due(MARCH, datetime(*at, tzinfo=LISBON)) == due


def test_a_round_of_three_days_only_opens():
    assert list(reminder_days(Window(date(2026, 3, 2), date(2026, 3, 4), LISBON))) == [Reminder.OPENING]
