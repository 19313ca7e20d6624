"""No figure about fewer than five people, directly or by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from reports.measures.suppression import SMALLEST, Group, grouped

sizes = st.lists(st.integers(0, 30), max_size=12)


def groups_of(numbers: list[int]) -> list[Group]:
    return [Group(key, f"Team {key}", people) for key, people in enumerate(numbers, 1)]


@given(sizes)
def test_every_group_shown_has_five_people(numbers):
    assert all(group.people >= SMALLEST for group in grouped(groups_of(numbers)).shown)


@given(sizes)
def test_what_is_hidden_cannot_be_worked_out_as_a_small_group(numbers):
    result = grouped(groups_of(numbers))
    if result.shown:
        assert result.people_together == 0 or result.people_together >= SMALLEST


@given(sizes)
def test_nobody_is_lost(numbers):
    result = grouped(groups_of(numbers))
    assert sum(group.people for group in result.shown) + result.people_together == sum(numbers)


def test_a_second_group_is_hidden_with_a_small_one():
    result = grouped(groups_of([3, 8, 20]))
    assert [group.people for group in result.shown] == [20]
    assert [group.people for group in result.together] == [3, 8]


def test_two_small_groups_that_make_five_hide_no_third():
    result = grouped(groups_of([3, 2, 8]))
    assert [group.people for group in result.shown] == [8]


def test_large_groups_stand_alone():
    assert grouped(groups_of([5, 6])).together == ()
