"""What is usual, for everybody and for the peers: people of the same job, at the same site, with the same channels.

Groups lie within each other: a job, its people at one site, and of these the ones who reach the same channels. A
group's own figure counts as far as its evidence goes; the rest is that of the group around it, and in the end
everybody's (empirical Bayes once more).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Numbers, People, Reals
from champions.scoring.rates import usual_rate

TRUST_RESULTS = 10.0
"""A group's rate counts half once so many results lie behind it."""
TRUST_PEOPLE = 10.0
"""A group's mean counts half once so many people stand behind it."""


@dataclass(frozen=True, eq=False)
class Level:
    """The group of each person scored, numbered from 0; `count` groups."""

    group: NDArray[np.int64]
    count: int

    def others(self, values: Reals) -> Reals:
        """For each person the sum of `values` (never negative) over the rest of the group."""
        whole = np.bincount(self.group, values, self.count)
        return np.maximum(whole[self.group] - values, 0.0)


@dataclass(frozen=True, eq=False)
class Peers:
    """Groups within groups, the widest first; empty where everybody is compared with everybody."""

    levels: tuple[Level, ...]

    @classmethod
    def of(cls, people: People, person: Numbers, apart: bool) -> "Peers":
        """The groups by job, site and access to channels, as far as they tell people apart; none if not `apart`."""
        if not apart or not len(person):
            return cls(())
        stated = [(people.job, people.job_names), (people.site, people.site_names)]
        if people.access is not None:
            stated.append((people.access, people.access_names))
        group, count, levels = np.zeros(len(person), np.int64), 1, []
        for column, names in stated:
            found, within = np.unique(group * (len(names) + 1) + column[person], return_inverse=True)
            if len(found) > count:
                group, count = within.astype(np.int64), len(found)
                levels.append(Level(group, count))
        return cls(tuple(levels))


def usual_rates(won: Reals, tried: Reals, peers: Peers) -> Reals:
    """For each person the success rate that is usual among their peers, the person left out.

    Left out, because in a small group the busiest would otherwise be held against themselves.
    """
    everybody = usual_rate(won.sum(), tried.sum())
    trust = TRUST_RESULTS / everybody if everybody > 0 else 1.0
    usual = np.full(len(tried), everybody)
    for level in peers.levels:
        usual = (level.others(won) + trust * usual) / (level.others(tried) + trust)
    return usual


def usual_counts(expected: Reals, peers: Peers) -> Reals:
    """For each person what their peers are expected to bring on average, the person left out."""
    if not len(expected):
        return expected
    usual = np.full(len(expected), expected.mean())
    for level in peers.levels:
        size = level.others(np.ones(len(expected)))
        usual = (level.others(expected) + TRUST_PEOPLE * usual) / (size + TRUST_PEOPLE)
    return usual
