"""Fills the tree of teams with people: heads, staff, newcomers, leavers, part-timers, and what they speak."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from samples.company.chance import one_of, some_of
from samples.company.names import NameBook
from samples.company.records import Person, Team
from samples.company.teams import SEPARATOR, ZONES, TeamPlan, team_plans

PART_TIME = ", part-time"

NEWCOMERS = 52
LEAVERS = 17
ON_NOTICE = 3
SHARE_PART_TIME = 0.09
SHARE_OTHER_LANGUAGE = 0.06
SHARE_SECOND_LANGUAGE = 0.55
OTHER_LANGUAGES = ("de", "de", "es", "fr", "pl", "pt")


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody, the teams with their managers, the family of jobs of each person, and who heads a team."""

    people: tuple[Person, ...]
    teams: tuple[Team, ...]
    family: dict[str, str]
    heads: frozenset[str]


def hire(rng: np.random.Generator, first_day: date, today: date) -> Staff:
    """The staff of a company whose year of activity runs from `first_day` to the day before `today`."""
    names = NameBook(rng)
    people: list[Person] = []
    head_of: dict[str, str] = {}
    family: dict[str, str] = {}
    for plan in team_plans():
        for place in range(plan.size):
            number = f"LK-{1001 + len(people)}"
            manager = head_of.get(plan.path if place else plan.parent, "")
            if place == 0:
                head_of[plan.path] = number
            people.append(_person(rng, names, plan, number, manager, place == 0, first_day))
            family[number] = "head" if place == 0 else plan.family
    heads = frozenset(head_of.values())
    people = _with_newcomers_and_leavers(rng, people, heads, first_day, today)
    return Staff(tuple(people), tuple(Team(path, head) for path, head in head_of.items()), family, heads)


def _person(
    rng: np.random.Generator,
    names: NameBook,
    plan: TeamPlan,
    number: str,
    manager: str,
    is_head: bool,
    first_day: date,
) -> Person:
    """One person, hired between two weeks and fifteen years before the year of activity begins."""
    languages = _languages(rng, plan, is_head)
    name, email = names.draw(languages[0])
    start = first_day - timedelta(days=14 + int(rng.beta(1.0, 2.5) * 5400))
    job = plan.head_job if is_head else one_of(rng, plan.jobs)
    if not is_head and rng.random() < SHARE_PART_TIME:
        job += PART_TIME
    zone = ZONES[plan.site]
    return Person(number, name, email, plan.path, manager, plan.site, languages, zone, start, None, job)


def _languages(rng: np.random.Generator, plan: TeamPlan, is_head: bool) -> tuple[str, ...]:
    """Most people speak the team's language first; heads and about half of the others speak English as well."""
    own = plan.languages[0]
    if not is_head and rng.random() < SHARE_OTHER_LANGUAGE:
        first = one_of(rng, [language for language in OTHER_LANGUAGES if language != own])
        return (first, own)
    second = plan.languages[1:]
    return (own, *second) if is_head or rng.random() < SHARE_SECOND_LANGUAGE else (own,)


def _with_newcomers_and_leavers(
    rng: np.random.Generator, people: list[Person], heads: frozenset[str], first_day: date, today: date
) -> list[Person]:
    """Some of the staff start within the year, some end within it, and a few have given notice."""
    chosen = some_of(
        rng,
        [place for place, person in enumerate(people) if person.id not in heads],
        NEWCOMERS + LEAVERS + ON_NOTICE,
    )
    year = (today - first_day).days
    for turn, place in enumerate(chosen):
        if turn < NEWCOMERS:
            start = first_day + timedelta(days=int(rng.integers(0, year - 10)))
            people[place] = replace(people[place], start=start)
        elif turn < NEWCOMERS + LEAVERS:
            end = first_day + timedelta(days=int(rng.integers(45, year - 1)))
            people[place] = replace(people[place], end=end)
        else:
            people[place] = replace(people[place], end=today + timedelta(days=int(rng.integers(5, 60))))
    return people


def is_part_time(person: Person) -> bool:
    """Whether the job says so."""
    return person.job.endswith(PART_TIME)


def within(person: Person, path: str) -> bool:
    """Whether the person works in the team of that path or in one below it."""
    return person.team == path or person.team.startswith(path + SEPARATOR)
