"""What is usual, for everybody and for the peers: people of the same job at the same site.

A group's own figure counts as far as its evidence goes; the rest is everybody's (empirical Bayes once more).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Numbers, People, Reals
from champions.scoring.rates import usual_rate
from champions.scoring.tallies import Tally

TRUST_RESULTS = 10.0
"""A group's rate counts half once so many results lie behind it."""
TRUST_PEOPLE = 10.0
"""A group's mean counts half once so many people stand behind it."""


@dataclass(frozen=True, eq=False)
class Peers:
    """The group of each person scored, numbered from 0; `count` groups."""

    group: NDArray[np.int64]
    count: int

    @classmethod
    def of(cls, people: People, person: Numbers, apart: bool) -> "Peers":
        """The groups by job and site; one group for all if not `apart`."""
        if not apart or not len(person):
            return cls(np.zeros(len(person), np.int64), 1)
        key = people.job[person].astype(np.int64) * (len(people.site_names) + 1) + people.site[person]
        names, group = np.unique(key, return_inverse=True)
        return cls(group.astype(np.int64), len(names))

    def sums(self, values: Reals) -> Reals:
        """The sum of `values` in each group."""
        return np.bincount(self.group, values, self.count).astype(np.float64)


def usual_rates(counts: Tally, peers: Peers) -> Reals:
    """For each person the success rate that is usual among their peers."""
    everybody = usual_rate(counts.base_successes.sum(), counts.base_attempts.sum())
    trust = TRUST_RESULTS / everybody if everybody > 0 else 1.0
    won, tried = peers.sums(counts.base_successes), peers.sums(counts.base_attempts)
    return ((won + trust * everybody) / (tried + trust))[peers.group]


def usual_counts(expected: Reals, peers: Peers) -> Reals:
    """For each person what their peers are expected to bring on average."""
    if not len(expected):
        return expected
    size = peers.sums(np.ones(len(expected)))
    mean = (peers.sums(expected) + TRUST_PEOPLE * expected.mean()) / (size + TRUST_PEOPLE)
    return mean[peers.group]
