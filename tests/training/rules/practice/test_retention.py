"""How much is still known after 7, 30 and 90 days."""

import pytest

from training.rules.figures import Estimate, NoEstimate
from training.rules.practice.retention import FEWEST_PEOPLE, WINDOWS, Recalled, retention_curve


def test_a_point_is_the_mean_over_people_with_a_range():
    curve = retention_curve([Recalled(7, fraction, 3) for fraction in (1, 1, 1, 0.5, 0.5)])
    assert [point.day for point in curve] == [7, 30, 90]
    week = curve[0]
    assert isinstance(week.known, Estimate)
    assert week.known.value == pytest.approx(0.8)
    assert 0 <= week.known.low < 0.8 < week.known.high <= 1
    assert (week.people, week.answers) == (5, 15)


def test_a_person_with_many_answers_counts_once():
    few = retention_curve([*[Recalled(30, 1.0, 1)] * 5, Recalled(30, 0.0, 1)])[1]
    many = retention_curve([*[Recalled(30, 1.0, 1)] * 5, Recalled(30, 0.0, 500)])[1]
    assert isinstance(few.known, Estimate)
    assert isinstance(many.known, Estimate)
    assert few.known.value == many.known.value


def test_fewer_than_five_people_give_no_figure():
    curve = retention_curve([Recalled(90, 1.0, 40)] * (FEWEST_PEOPLE - 1))
    assert isinstance(curve[2].known, NoEstimate)
    assert all(isinstance(point.known, NoEstimate) for point in retention_curve([]))


def test_the_windows_hold_their_day_and_do_not_overlap():
    ends = [0]
    for day, (first, last) in WINDOWS.items():
        assert ends[-1] < first <= day <= last
        ends.append(last)
