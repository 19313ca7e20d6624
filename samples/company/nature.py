"""What each person is like: how much they do, what they do, how good they are, when they come and go.

Volume and skill are drawn apart from each other. Volume is log-normal and heavy-tailed. Skill shifts the
log-odds of every success: nearly everybody lies near 0, and a few, drawn by lot among those who answer
customers often enough for it to show, are truly good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import NormalDist

import numpy as np

from samples.company.chance import some_of
from samples.company.records import Nature, Person
from samples.company.rhythm import Clock, Window, clock_of
from samples.company.staffing import Staff, is_part_time

TRULY_GOOD = 10
TRULY_GOOD_SKILL = (1.2, 1.6)
ORDINARY_SPREAD = 0.3
ENOUGH_ATTEMPTS = (64.0, 140.0)
VOLUME_SPREAD = 1.7
MOST_ATTEMPTS = 170.0
MEAN_VOLUME = 112.0
MOST_EVENTS = 1600.0

_SORTS = ("answer", "service", "ask", "help", "post", "share", "review")
_MIXES: Mapping[str, tuple[float, ...]] = {
    "care": (0.28, 0.15, 0.04, 0.05, 0.04, 0.03, 0.02),
    "night": (0.30, 0.17, 0.04, 0.05, 0.02, 0.02, 0.01),
    "service": (0.14, 0.28, 0.04, 0.08, 0.04, 0.02, 0.04),
    "shop": (0.28, 0.05, 0.04, 0.04, 0.06, 0.05, 0.03),
    "product": (0.25, 0.04, 0.05, 0.12, 0.06, 0.03, 0.08),
    "marketing": (0.06, 0.01, 0.04, 0.02, 0.20, 0.10, 0.02),
    "logistics": (0.10, 0.13, 0.08, 0.08, 0.05, 0.04, 0.04),
    "office": (0.02, 0.01, 0.08, 0.10, 0.08, 0.10, 0.03),
    "head": (0.05, 0.03, 0.06, 0.09, 0.10, 0.10, 0.04),
}
"""The share of a person's events of each of `_SORTS`, by family of jobs; the rest is talk."""

TALK = {"comment": 0.60, "reaction": 0.34, "mention": 0.06}
ATTEMPTS = ("answer", "service", "help", "review")

_LOUDNESS = {"care": 1.0, "night": 0.8, "service": 0.8, "shop": 1.0, "product": 1.1, "marketing": 1.3, "head": 0.25}
_NEVER = {"care": 0.10, "night": 0.14, "service": 0.24, "shop": 0.18, "product": 0.12, "marketing": 0.06, "head": 0.15}
_OFFICE_LOUDNESS = 0.45
_OFFICE_NEVER = 0.45
_COMES_LATE = 0.55
_STOPS_EARLY = 0.15


@dataclass(frozen=True, slots=True)
class Habits:
    """One person's expected events of each sort in a full year, and the clock they keep; `skill` as in Nature."""

    person: Person
    family: str
    skill: float
    quota: Mapping[str, float]
    clock: Clock


def shape_people(
    rng: np.random.Generator, staff: Staff, window: Window
) -> tuple[tuple[Nature, ...], dict[str, Habits]]:
    """The nature of everybody, and the habits of those who do anything at all."""
    volumes = _volumes(rng, staff)
    quotas = {person.id: _quota(volumes[person.id], staff.family[person.id]) for person in staff.people}
    clocks = {person.id: _clock(rng, person, staff.family[person.id], window) for person in staff.people}
    good = _truly_good(rng, staff, quotas, clocks)
    natures, habits = [], {}
    for person in staff.people:
        skill = float(rng.normal(0.0, ORDINARY_SPREAD))
        if person.id in good:
            skill = float(rng.uniform(*TRULY_GOOD_SKILL))
        family, clock = staff.family[person.id], clocks[person.id]
        natures.append(Nature(person.id, family, skill, person.id in good, volumes[person.id]))
        if volumes[person.id] > 0 and clock is not None:
            habits[person.id] = Habits(person, family, skill, quotas[person.id], clock)
    return tuple(natures), habits


def _volumes(rng: np.random.Generator, staff: Staff) -> dict[str, float]:
    """Events a year for each: spread evenly over a log-normal curve, so that its tail is there for every seed."""
    count = len(staff.people)
    levels = (rng.permutation(count) + rng.random(count)) / count
    volumes = {}
    for person, level in zip(staff.people, levels.tolist(), strict=True):
        family = staff.family[person.id]
        volume = MEAN_VOLUME * np.exp(VOLUME_SPREAD * NormalDist().inv_cdf(level) - VOLUME_SPREAD**2 / 2)
        volume *= _LOUDNESS.get(family, _OFFICE_LOUDNESS) * (0.55 if is_part_time(person) else 1.0)
        silent = rng.random() < _NEVER.get(family, _OFFICE_NEVER)
        volumes[person.id] = 0.0 if silent else float(min(volume, MOST_EVENTS))
    return volumes


def _quota(volume: float, family: str) -> dict[str, float]:
    """Splits a volume into sorts of events. Attempts level off where the day is full; what is above them is talk."""
    quota = {sort: volume * share for sort, share in zip(_SORTS, _MIXES[family], strict=True)}
    attempts = sum(quota[sort] for sort in ATTEMPTS)
    if attempts > 0:
        factor = MOST_ATTEMPTS * (1.0 - np.exp(-attempts / MOST_ATTEMPTS)) / attempts
        quota.update({sort: quota[sort] * float(factor) for sort in ATTEMPTS})
    talk = volume - sum(quota.values())
    quota.update({sort: talk * share for sort, share in TALK.items()})
    return quota


def _clock(rng: np.random.Generator, person: Person, family: str, window: Window) -> Clock | None:
    """When the person acts: employed, some only from a later day on, some only up to an earlier one."""
    last_day = window.today - timedelta(days=1)
    first = max(window.first, person.start)
    last = last_day if person.end is None else min(last_day, person.end)
    late, early, when = rng.random(3).tolist()
    if first > last:
        return None
    days = (last - first).days
    if late < _COMES_LATE:
        first += timedelta(days=int(when * 0.9 * days))
    elif early < _STOPS_EARLY:
        last -= timedelta(days=int(when * 0.9 * days))
    return clock_of(rng, person, family, first, last)


def _truly_good(
    rng: np.random.Generator,
    staff: Staff,
    quotas: Mapping[str, Mapping[str, float]],
    clocks: Mapping[str, Clock | None],
) -> frozenset[str]:
    """A few by lot among those whose attempts in the window are enough to tell, and not so many as to be tired."""
    low, high = ENOUGH_ATTEMPTS
    able = [
        person.id
        for person in staff.people
        if person.id not in staff.heads
        and low <= sum(quotas[person.id][sort] for sort in ATTEMPTS) * _part_of_year(clocks[person.id]) <= high
    ]
    return frozenset(some_of(rng, able, TRULY_GOOD))


def _part_of_year(clock: Clock | None) -> float:
    """The part of the year in which a person acts."""
    return 0.0 if clock is None else ((clock.last - clock.first).days + 1) / 365
