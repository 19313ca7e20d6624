"""Who does what a fair score must not reward: chosen by rule among ordinary people, and nobody is two of these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from samples.company import copies, favours
from samples.company.chance import some_of
from samples.company.crowd import Crowd
from samples.company.drafts import DraftEvent, DraftOutcome
from samples.company.nature import Habits
from samples.company.records import LibraryText, Mishaps, Nature
from samples.company.rhythm import Window

RING_SIZE = 6
QUIET_ACCOUNTS = 16
PASTERS = 11
BUYERS = 2
LONG_ENOUGH = 0.5  # of the year, that people must be there to do it
_QUIET, _USUAL = (1.0, 16.0), (16.0, 90.0)


@dataclass(frozen=True, slots=True)
class Added:
    """What the mishaps add to the activity."""

    mishaps: Mishaps
    events: list[DraftEvent]
    outcomes: list[DraftOutcome]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The people, with their habits."""

    pushed: Habits
    quiet: list[Habits]
    ring: list[Habits]
    flooder: Habits
    copyist: Habits
    pasters: list[Habits]
    buyers: list[Habits]

    def ids(self) -> Mishaps:
        """The same by id."""
        return Mishaps(
            praise_ring=_ids(self.ring),
            pushed=self.pushed.person.id,
            quiet_accounts=_ids(self.quiet),
            flooder=self.flooder.person.id,
            copyist=self.copyist.person.id,
            pasters=_ids(self.pasters),
            bought_reach=_ids(self.buyers),
        )


def players(mishaps: Mishaps) -> frozenset[str]:
    """Everybody who stands in one of the mishaps, by id."""
    single = {mishaps.pushed, mishaps.flooder, mishaps.copyist}
    return frozenset(single.union(mishaps.praise_ring, mishaps.quiet_accounts, mishaps.pasters, mishaps.bought_reach))


def add_mishaps(
    rng: np.random.Generator,
    crowd: Crowd,
    natures: Sequence[Nature],
    written: Sequence[DraftEvent],
    library: Sequence[LibraryText],
    window: Window,
) -> Added:
    """Chooses the people and lets them do it, beside what they do anyway."""
    chosen = _choose(_Pool(rng, crowd, natures))
    events = [
        *copies.copied_by_one(rng, chosen.copyist, written),
        *copies.pasted_by_many(rng, chosen.pasters, written),
        *copies.library_as_own(rng, crowd.people, library),
    ]
    results: list[DraftOutcome] = []
    for made, came in (
        favours.praise_ring(rng, chosen.ring),
        favours.pushed_by_quiet(rng, chosen.pushed, chosen.quiet),
        favours.self_service(rng, chosen.flooder),
        copies.bought(rng, chosen.buyers, window),
    ):
        events += made
        results += came
    return Added(chosen.ids(), events, results)


def _choose(pool: "_Pool") -> _Chosen:
    """The rules: quiet accounts do little, the others as much as most people do."""
    return _Chosen(
        pushed=pool.take("pushed", 1, _is_usual)[0],
        quiet=pool.take("quiet accounts", QUIET_ACCOUNTS, lambda item: _volume(item, _QUIET)),
        ring=pool.ring(),
        flooder=pool.take("flooder", 1, lambda item: _is_usual(item) and item.family != "marketing")[0],
        copyist=pool.take("copyist", 1, lambda item: _is_usual(item) and "en" in item.person.languages)[0],
        pasters=pool.take("pasters", PASTERS, lambda item: item.person.languages[0] == "en"),
        buyers=pool.take("buyers", BUYERS, lambda item: item.family == "marketing"),
    )


class _Pool:
    """The ordinary people from whom the mishaps' people are taken, each at most once."""

    def __init__(self, rng: np.random.Generator, crowd: Crowd, natures: Sequence[Nature]) -> None:
        good = {nature.person for nature in natures if nature.truly_good}
        self._rng = rng
        self._left = [
            habits
            for habits, part in zip(crowd.people, crowd.part_of_year.tolist(), strict=True)
            if part > LONG_ENOUGH and habits.family != "head" and habits.person.id not in good
        ]

    def take(self, what: str, count: int, fits: Callable[[Habits], bool]) -> list[Habits]:
        """`count` people who fit, by lot. Raises ValueError if there are too few."""
        taken = some_of(self._rng, [habits for habits in self._left if fits(habits)], count)
        if len(taken) < count:
            raise ValueError(f"Too few people for the {what}: {len(taken)} of {count}. Take another seed.")
        self._left = [habits for habits in self._left if habits not in taken]
        return taken

    def ring(self) -> list[Habits]:
        """Some of one team, the largest circle of usual volume that speaks one language."""
        circles: dict[tuple[str, str], int] = {}
        for habits in self._left:
            if _volume(habits, (6.0, 120.0)):
                circle = (habits.person.team, habits.person.languages[0])
                circles[circle] = circles.get(circle, 0) + 1
        team, language = max(circles, key=lambda circle: (circles[circle], circle))
        return self.take(
            "ring",
            RING_SIZE,
            lambda item: (
                (item.person.team, item.person.languages[0]) == (team, language) and _volume(item, (6.0, 120.0))
            ),
        )


def _is_usual(habits: Habits) -> bool:
    return _volume(habits, _USUAL)


def _volume(habits: Habits, between: tuple[float, float]) -> bool:
    """Whether the person's expected events a year lie between the two."""
    return between[0] <= sum(habits.quota.values()) <= between[1]


def _ids(people: Sequence[Habits]) -> tuple[str, ...]:
    return tuple(habits.person.id for habits in people)
