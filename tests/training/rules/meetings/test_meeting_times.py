"""Times of meetings: what a clock shows, through gaps, folds and every zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.meetings.times import WeeklyRule, is_skipped, moment_of, overlap, slots

ZONES = (
    "Europe/Lisbon", "Europe/London", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Africa/Casablanca", "Pacific/Apia", "America/St_Johns", "UTC",
)  # fmt: skip
zones = st.sampled_from(ZONES)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


def test_ten_in_lisbon_is_nine_utc_in_summer_and_ten_in_winter():
    assert moment_of(date(2026, 7, 1), time(10), "Europe/Lisbon") == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert moment_of(date(2026, 12, 1), time(10), "Europe/Lisbon") == datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_a_time_that_the_clock_skips_is_read_with_the_offset_before():
    assert is_skipped(date(2026, 3, 29), time(1, 30), "Europe/London")
    assert moment_of(date(2026, 3, 29), time(1, 30), "Europe/London") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_of_a_time_that_the_clock_shows_twice_the_first_is_meant():
    assert not is_skipped(date(2026, 10, 25), time(1, 30), "Europe/London")
    assert moment_of(date(2026, 10, 25), time(1, 30), "Europe/London") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_weekly_hour_stays_at_its_time_while_the_clocks_change():
    rule = WeeklyRule(0, time(10), "Europe/London", date(2026, 3, 16))
    found = list(slots(rule, date(2026, 3, 1), date(2026, 4, 6)))
    assert [slot.day.day for slot in found] == [16, 23, 30, 6]
    assert [slot.starts_at.hour for slot in found] == [10, 10, 9, 9]
    in_new_york = [slot.starts_at.astimezone(ZoneInfo("America/New_York")).hour for slot in found]
    assert in_new_york == [6, 6, 5, 5]  # where the clocks had changed two weeks before


@settings(max_examples=200, deadline=None)
@given(zones, days, times)
def test_a_moment_shows_the_time_it_was_made_from_unless_the_clock_skips_it(zone, day, at):
    local = moment_of(day, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    assert (local == wanted) is not is_skipped(day, at, zone)
    assert wanted <= local <= wanted + timedelta(hours=24)


@settings(max_examples=150, deadline=None)
@given(zones, st.integers(0, 6), times, days, st.integers(0, 120), st.sets(days, max_size=3))
def test_slots_are_weekly_in_order_within_their_days_and_never_on_a_day_off(zone, weekday, at, first, length, off):
    last = first + timedelta(days=length)
    found = list(slots(WeeklyRule(weekday, at, zone, first), first, last, off))
    whole = list(slots(WeeklyRule(weekday, at, zone, first), first, last))
    assert found == [slot for slot in whole if slot.day not in off]
    assert all(slot.day.weekday() == weekday and first <= slot.day <= last for slot in found)
    assert len(whole) in {length // 7, length // 7 + 1}
    gaps = [after.starts_at - before.starts_at for before, after in pairwise(whole)]
    assert all(timedelta(days=7, hours=-2) <= gap <= timedelta(days=7, hours=2) for gap in gaps)


def test_a_rule_ends_with_its_last_day():
    rule = WeeklyRule(2, time(9), "UTC", date(2026, 1, 1), date(2026, 1, 14))
    assert [slot.day.day for slot in slots(rule, date(2026, 1, 1), date(2026, 3, 1))] == [7, 14]
    assert list(slots(rule, date(2026, 2, 1), date(2026, 3, 1))) == []


@settings(max_examples=100, deadline=None)
@given(st.integers(-300, 300), st.integers(1, 240), st.integers(1, 240))
def test_two_meetings_overlap_when_they_share_a_minute(later, minutes, others):
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    shared = set(range(minutes)) & set(range(later, later + others))
    assert overlap(start, minutes, start + timedelta(minutes=later), others) is bool(shared)
    assert overlap(start + timedelta(minutes=later), others, start, minutes) is bool(shared)
