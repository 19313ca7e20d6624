"""The usual day of a week of work, and the week in words."""

from hypothesis import given
from hypothesis import strategies as st

from training.rules.teaching_hours import length, usual_day, week_in_words

NINE_TO_FIVE, NIGHT = (540, 1020), (1320, 360)
days = st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439))


def test_the_usual_day_is_what_most_days_have():
    assert usual_day([NINE_TO_FIVE, NIGHT, NIGHT, None, None, None, None]) == NIGHT


def test_of_equals_the_longest_and_none_without_work():
    assert usual_day([NINE_TO_FIVE, (600, 700), None]) == NINE_TO_FIVE
    assert usual_day([None] * 7) is None
    assert usual_day([]) is None


def test_a_span_over_midnight_has_its_length():
    assert length(NIGHT) == 8 * 60
    assert length((0, 0)) == 24 * 60


@given(st.lists(days, max_size=7))
def test_the_usual_day_is_one_of_the_week(week):
    found = usual_day(week)
    assert found in week if any(week) else found is None


def test_a_week_in_words():
    assert week_in_words([NINE_TO_FIVE] * 5 + [None, None]) == "Monday to Friday 09:00 to 17:00"
    week = [NINE_TO_FIVE, NINE_TO_FIVE, None, NIGHT, None, None, None]
    assert week_in_words(week) == "Monday and Tuesday 09:00 to 17:00, Thursday 22:00 to 06:00"
    assert week_in_words([None] * 7) == "no day"
