"""What is asked today, and who is reminded."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.rules.practice.portion import PORTION, REMINDER_DAYS, Waiting, is_reminder_day, todays_portion

DAY = date(2026, 3, 2)
waiting = st.lists(
    st.builds(
        Waiting,
        card_id=st.integers(1, 10**6),
        due_on=st.dates(DAY - timedelta(days=90), DAY),
        topic=st.sampled_from(["listening", "tone", "limits"]),
    ),
    unique_by=lambda one: one.card_id,
    max_size=30,
)


@given(waiting, st.integers(0, 10))
def test_no_more_than_the_portion_is_asked_and_nothing_twice(some, answered):
    cards = todays_portion(some, answered)
    assert len(cards) == len(set(cards)) == min(len(some), max(0, PORTION - answered))


@given(waiting)
def test_the_longest_due_are_asked(some):
    asked = set(todays_portion(some, 0))
    latest = max((one.due_on for one in some if one.card_id in asked), default=DAY)
    assert all(one.due_on >= latest for one in some if one.card_id not in asked)


def test_topics_take_turns():
    some = [Waiting(number, DAY, topic) for number, topic in enumerate(["a", "a", "a", "b", "b", "c"])]
    assert todays_portion(some, 0) == [0, 3, 5, 1, 4, 2]


def test_whoever_lets_it_wait_is_reminded_four_times_and_then_left_alone():
    days = [number for number in range(400) if is_reminder_day(DAY, DAY + timedelta(days=number))]
    assert tuple(days) == REMINDER_DAYS
