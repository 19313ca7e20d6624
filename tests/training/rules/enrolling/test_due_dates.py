"""Due dates in days: counted, extended, and moved by leave. A day is whole, and the learner's own."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.enrolling.due_dates import (
    DueFrom,
    DuePlan,
    Leave,
    days_away,
    effective_due,
    is_away,
    merged,
    own_day,
    planned_due,
    without_leave,
)

BEGIN = date(2026, 3, 2)
days = st.integers(0, 120).map(lambda number: BEGIN + timedelta(days=number))
leaves = st.lists(
    st.builds(
        lambda start, length: Leave(BEGIN + timedelta(days=start), BEGIN + timedelta(days=start + length)),
        st.integers(-40, 120),
        st.integers(0, 30),
    ),
    max_size=6,
)


def due(planned: date, away=(), extended_to: date | None = None) -> date:
    return effective_due(planned, enrolled_on=BEGIN, extended_to=extended_to, leaves=list(away))


def test_days_are_counted_from_the_enrolment_or_from_hiring():
    six_weeks = DuePlan(DueFrom.ENROLMENT, days=42)
    assert planned_due(six_weeks, enrolled_on=BEGIN, hired_on=None) == date(2026, 4, 13)
    hiring = DuePlan(DueFrom.HIRING, days=30)
    assert planned_due(hiring, enrolled_on=BEGIN, hired_on=date(2026, 2, 20)) == date(2026, 3, 22)
    assert planned_due(hiring, enrolled_on=BEGIN, hired_on=date(2020, 1, 1)) == date(2026, 4, 1)
    assert planned_due(hiring, enrolled_on=BEGIN, hired_on=None) == date(2026, 4, 1)
    assert planned_due(DuePlan(), enrolled_on=BEGIN, hired_on=BEGIN) is None


@given(days, st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))), st.integers(0, 400))
@settings(max_examples=80)
def test_nobody_is_overdue_on_the_day_of_the_enrolment(enrolled_on, hired_on, number):
    plans = [DuePlan(DueFrom.HIRING, days=number), DuePlan(DueFrom.ENROLMENT, days=number)]
    for plan in [*plans, DuePlan(DueFrom.FIXED, day=BEGIN)]:
        assert planned_due(plan, enrolled_on=enrolled_on, hired_on=hired_on) >= enrolled_on


def test_a_leave_moves_the_due_day_by_the_days_away():
    assert due(date(2026, 3, 31), [Leave(date(2026, 3, 10), date(2026, 3, 14))]) == date(2026, 4, 5)
    assert due(date(2026, 3, 31), [Leave(date(2026, 4, 1), date(2026, 4, 9))]) == date(2026, 3, 31)
    assert due(date(2026, 3, 31), [Leave(date(2026, 3, 31), date(2026, 4, 9))]) == date(2026, 4, 10)
    assert due(date(2026, 3, 31), [Leave(date(2026, 2, 1), date(2026, 3, 3))]) == date(2026, 4, 2)


def test_an_extension_during_leave_is_not_counted_twice():
    away = [Leave(date(2026, 3, 10), date(2026, 3, 14))]
    granted = date(2026, 4, 20)
    base = without_leave(granted, enrolled_on=BEGIN, leaves=away)
    assert due(date(2026, 3, 31), away, base) == granted
    later = [*away, Leave(date(2026, 4, 1), date(2026, 4, 2))]
    assert due(date(2026, 3, 31), later, base) == granted + timedelta(days=2)


@given(days, leaves)
@settings(max_examples=150)
def test_as_many_days_of_work_lie_before_the_due_day_as_without_leave(planned, away):
    moved = due(planned, away)
    assert moved >= planned
    assert not is_away(away, moved)
    worked = (moved - BEGIN).days + 1 - days_away(away, BEGIN, moved)
    assert worked == (planned - BEGIN).days + 1


@given(days, leaves, leaves)
@settings(max_examples=80)
def test_leave_that_overlaps_counts_once_and_more_leave_never_brings_the_day_nearer(planned, away, more):
    assert due(planned, [*away, *away]) == due(planned, away) == due(planned, merged(away))
    assert due(planned, [*away, *more]) >= due(planned, away)


@given(days, leaves, days)
@settings(max_examples=150)
def test_what_is_granted_is_what_counts_unless_it_is_a_day_of_leave(planned, away, granted):
    base = without_leave(granted, enrolled_on=BEGIN, leaves=away)
    moved = due(planned, away, base)
    assert moved >= due(planned, away)
    if granted > due(planned, away) and not is_away(away, granted):
        assert moved == granted


def test_a_day_is_the_persons_own():
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert own_day(at, "Europe/London") == date(2026, 3, 2)
    assert own_day(at, "Asia/Tokyo") == date(2026, 3, 3)
    assert own_day(at, "America/Los_Angeles") == date(2026, 3, 2)
    assert own_day(at, "Nowhere/At all") == date(2026, 3, 2)
