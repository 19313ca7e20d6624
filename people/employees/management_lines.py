"""Lines of management as plain links from a person to the one above: cycles, and who manages which team."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

Person = TypeVar("Person", bound=Hashable)
LONGEST_LINE = 50
"""How many levels a line of management is followed upwards; no organisation has more."""


def cycles(manager_of: Mapping[Person, Person | None]) -> list[list[Person]]:
    """Every cycle of `manager_of`, each once, upwards from whichever of its people the mapping names first.

    Somebody who is their own manager is a cycle of one. Whoever is no key of the mapping has no manager.
    """
    place = {person: number for number, person in enumerate(manager_of)}
    seen_from: dict[Person, Person] = {}
    found: list[list[Person]] = []
    for start in manager_of:
        person: Person | None = start
        while person is not None and person not in seen_from:
            seen_from[person] = start
            person = manager_of.get(person)
        if person is not None and seen_from[person] == start:
            found.append(_from_first(list(_round(person, manager_of)), place))
    return found


def _round(start: Person, manager_of: Mapping[Person, Person | None]) -> Iterator[Person]:
    yield start
    person = manager_of[start]
    while person is not None and person != start:
        yield person
        person = manager_of[person]


def _from_first(cycle: list[Person], place: Mapping[Person, int]) -> list[Person]:
    first = min(range(len(cycle)), key=lambda number: place[cycle[number]])
    return cycle[first:] + cycle[:first]


def line_above(person: Person, manager_of: Mapping[Person, Person | None]) -> Iterator[Person]:
    """`person`, then the manager, then the manager's manager, at most LONGEST_LINE levels; safe against cycles."""
    current: Person | None = person
    for _ in range(LONGEST_LINE):
        if current is None:
            return
        yield current
        current = manager_of.get(current)


def team_manager(
    direct: Sequence[Person],
    below: Sequence[Person],
    manager_of: Mapping[Person, Person | None],
    may_manage: Callable[[Person], bool],
) -> Person | None:
    """Who manages a team with the people `direct` in it and `below` in the teams under it; None if nobody does.

    The rule: among those who lead more than half of the team's direct people (or are one of those people themselves),
    the one lowest in the line of management, who leads at least one person of the team or below, sits in no team below
    it, and for whom `may_manage` holds. Two who each lead more than half have somebody in common, so they stand in one
    line and the lowest is always one person.

    A team without people of its own is managed by the lowest person who leads, or is, everybody below that has a
    manager at all; one who leads only the larger part would else see the others' report.
    """
    people = direct or [person for person in below if manager_of.get(person) is not None]
    needed = len(people) // 2 + 1 if direct else len(people)
    leading: Counter[Person] = Counter(person for each in people for person in line_above(each, manager_of))
    leads_somebody = _leaders((*direct, *below), manager_of)
    barred = set(below) if direct else set()
    able = [
        person
        for person, number in leading.items()
        if number >= needed and person in leads_somebody and person not in barred and may_manage(person)
    ]
    return max(able, key=lambda person: sum(1 for _ in line_above(person, manager_of)), default=None)


def _leaders(people: Iterable[Person], manager_of: Mapping[Person, Person | None]) -> set[Person]:
    """Everybody who stands above at least one of `people`."""
    leaders: set[Person] = set()
    for person in people:
        above = manager_of.get(person)
        for _ in range(LONGEST_LINE):
            if above is None or above in leaders:
                break
            leaders.add(above)
            above = manager_of.get(above)
    return leaders
