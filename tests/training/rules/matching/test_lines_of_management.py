"""Lines of management as two numbers each."""

import pytest
from hypothesis import given

from tests.training.rules.matching.worlds import World, thorough, worlds
from training.rules.matching.columns import MatchingError
from training.rules.matching.management import lines_of_management


@thorough
@given(worlds())
def test_somebody_manages_another_exactly_if_the_numbers_enclose_them(world: World) -> None:
    lines = lines_of_management(world.managers)
    for above, (first, last) in lines.items():
        for below, (place, _) in lines.items():
            assert (first < place < last) == (above in world.upwards(below))


def test_a_manager_without_an_entry_stands_at_the_top() -> None:
    lines = lines_of_management({3: 7, 5: 3})
    assert lines[7] == (0, 3)
    assert lines[5] == (2, 3)


def test_the_order_of_entries_does_not_matter() -> None:
    assert lines_of_management({1: None, 2: 1, 3: 1}) == lines_of_management({3: 1, 2: 1, 1: None})


def test_a_circle_is_refused_and_named() -> None:
    with pytest.raises(MatchingError, match=r"employees 12, 15, 40 manage one another in a circle: correct"):
        lines_of_management({1: None, 2: 12, 12: 15, 15: 40, 40: 12})


def test_somebody_who_manages_themselves_is_a_circle() -> None:
    with pytest.raises(MatchingError, match="employees 4 manage one another"):
        lines_of_management({4: 4})
