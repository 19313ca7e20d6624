"""Lines of management: every cycle is found once, and a team has the manager whom most of its people share."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.employees.management_lines import cycles, line_above, team_manager

people = st.integers(0, 12)
links = st.dictionaries(people, st.none() | people, max_size=13)


def everybody(person: object) -> bool:
    return True


@given(links)
def test_cycles_are_those_of_the_graph(manager_of: dict[int, int | None]) -> None:
    graph = nx.DiGraph((person, above) for person, above in manager_of.items() if above is not None)
    expected = {frozenset(cycle) for cycle in nx.simple_cycles(graph)}
    found = cycles(manager_of)
    assert len(found) == len(expected)
    assert {frozenset(cycle) for cycle in found} == expected


@given(links)
def test_a_cycle_is_listed_upwards_from_the_first_of_the_mapping(manager_of: dict[int, int | None]) -> None:
    order = list(manager_of)
    for cycle in cycles(manager_of):
        assert [manager_of[person] for person in cycle] == [*cycle[1:], cycle[0]]
        assert order.index(cycle[0]) == min(order.index(person) for person in cycle)


@given(links)
def test_opening_one_link_of_each_cycle_leaves_none(manager_of: dict[int, int | None]) -> None:
    opened = {**manager_of, **{cycle[0]: None for cycle in cycles(manager_of)}}
    assert cycles(opened) == []


def test_whoever_leads_themself_is_a_cycle_of_one() -> None:
    assert cycles({"a": "a", "b": "a"}) == [["a"]]


def test_a_line_ends_even_in_a_cycle() -> None:
    assert len(list(line_above("a", {"a": "b", "b": "a"}))) == 50
    assert list(line_above("c", {"c": "b", "b": "a"})) == ["c", "b", "a"]


LINES = {"ben": "dev", "amara": "dev", "dev": "mina", "mina": "petra", "carla": "mina", "tomas": "petra"}


@pytest.mark.parametrize(
    ("direct", "below", "manager"),
    [
        (["dev", "ben", "amara"], [], "dev"),  # the head sits in the team
        (["ben", "amara"], [], "dev"),  # the head sits elsewhere
        (["mina"], ["dev", "ben", "amara", "carla"], "mina"),  # a head alone, with teams below
        (["tomas"], [], "petra"),  # one person who leads nobody
        (["ben", "tomas"], [], "petra"),  # no one of them leads more than half, so whoever leads both
        ([], ["dev", "ben", "amara", "carla"], "mina"),  # nobody in the team itself
        (["petra"], ["mina", "dev", "ben"], "petra"),  # the top
        (["stranger"], [], None),  # outside every line
        ([], [], None),
    ],
)
def test_a_team_is_managed_by_the_lowest_who_leads_most_of_it(
    direct: list[str], below: list[str], manager: str | None
) -> None:
    assert team_manager(direct, below, LINES, everybody) == manager


def test_nobody_manages_a_team_from_below_it() -> None:
    assert team_manager(["ben", "amara"], ["dev"], LINES, everybody) == "mina"


def test_an_empty_team_is_not_given_to_the_head_of_its_larger_part() -> None:
    larger = {f"a{number}": "head a" for number in range(9)}
    smaller = {"b0": "head b"}
    lines: dict[str, str | None] = {**larger, **smaller, "head a": None, "head b": None}
    assert team_manager([], list(lines), lines, everybody) is None
    assert team_manager([], [*lines, "top"], {**lines, "head a": "top", "head b": "top"}, everybody) == "top"


def test_somebody_who_may_not_manage_is_passed_over() -> None:
    assert team_manager(["ben", "amara"], [], LINES, lambda person: person != "dev") == "mina"


@given(links, st.sets(people, min_size=1), st.sets(people))
def test_a_manager_leads_most_of_the_team_and_sits_in_no_team_below(
    manager_of: dict[int, int | None], direct: set[int], below: set[int]
) -> None:
    below -= direct
    for cycle in cycles(manager_of):
        manager_of[cycle[0]] = None
    manager = team_manager(sorted(direct), sorted(below), manager_of, everybody)
    if manager is not None:
        led = [person for person in direct if manager in line_above(person, manager_of)]
        assert 2 * len(led) > len(direct)
        assert manager not in below
