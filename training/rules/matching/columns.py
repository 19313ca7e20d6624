"""What the matching reads: learners, trainers and what is known between them, as columns of equal length.

A learner or trainer is a row, in ascending order of `ids` (the employees' numbers); NOBODY stands for none.
Languages, sites, teams and topics are numbers into `Names`, NOT_STATED where the directory is silent.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]
Truths = NDArray[np.bool_]

NOBODY = -1
NOT_STATED = -1
MINUTES_A_DAY = 1440


class MatchingError(ValueError):
    """The columns or settings contradict themselves; the message names the place and the cure."""


@dataclass(frozen=True, eq=False)
class Staff:
    """What the hard rules need to know of anybody.

    `languages` is [people, languages]. The working day begins at minute `hours_from` (0 to 1439) of the UTC day and
    lasts `hours_long` minutes, over midnight if need be; NOT_STATED where unknown. `line_from` and `line_to` number
    the tree of managers so that a manages b, directly or not, if and only if line_from[a] < line_from[b] < line_to[a].
    """

    ids: Ids
    languages: Truths
    site: Numbers
    team: Numbers
    hours_from: Numbers
    hours_long: Numbers
    line_from: Numbers
    line_to: Numbers

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Ids) -> Numbers:
        """The row of each id, NOBODY for those who are not among these."""
        if not len(self):
            return np.full(len(ids), NOBODY, np.int32)
        place = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
        return np.where(self.ids[place] == ids, place, NOBODY).astype(np.int32)


@dataclass(frozen=True, eq=False)
class Learners(Staff):
    """Everybody who might be taught. `gaps` is [learners, topics]: what is missing, 0 to 1, NaN where no quiz tells.

    `main_language` is the one that floors count by. `present_trainer` and `present_second` are employees' ids.
    """

    main_language: Numbers
    gaps: Shares
    present_trainer: Ids
    present_second: Ids
    takes_part: Truths
    paused: Truths
    left: Truths

    @cached_property
    def asked(self) -> Truths:
        """Who is to get a trainer now: takes part, is not paused and has not left."""
        return self.takes_part & ~self.paused & ~self.left


@dataclass(frozen=True, eq=False)
class Trainers(Staff):
    """Everybody who might teach. `strengths` is [trainers, topics], 0 to 1, NaN where not known.

    `places` is how many learners one takes at most; `second_places` the same for learners as a second contact.
    `possible` marks people on the shortlist who are no trainers yet: they get nobody, but may be somebody's cure.
    `trained` tells who may take a first learner: has completed the course for trainers, or need not.
    """

    places: Numbers
    second_places: Numbers
    strengths: Shares
    possible: Truths
    consents: Truths
    trained: Truths
    paused: Truths
    left: Truths

    @cached_property
    def active(self) -> Truths:
        """Who can teach now: is a trainer, consents, has learnt to teach, is not paused and has not left."""
        return self.consents & self.trained & ~self.possible & ~self.paused & ~self.left


@dataclass(frozen=True, eq=False)
class Pairs:
    """Something known between a learner and a trainer, as rows in ascending order of (learner, trainer)."""

    learner: Numbers
    trainer: Numbers
    value: Numbers

    def __len__(self) -> int:
        return len(self.learner)

    def among(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The pairs of these learners: place of the learner within `rows`, trainer, value."""
        first = np.searchsorted(self.learner, rows, "left")
        count = np.searchsorted(self.learner, rows, "right") - first
        place = np.repeat(np.arange(len(rows), dtype=np.int32), count)
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        taken = np.repeat(first, count) + within
        return place, self.trainer[taken], self.value[taken]

    def value_of(self, learner: Numbers, trainer: Numbers) -> Numbers:
        """The value of each of these pairs, 0 for one that is not listed."""
        if not len(self):
            return np.zeros(len(learner), np.int32)
        key = self.learner.astype(np.int64) << 32 | self.trainer
        asked = learner.astype(np.int64) << 32 | trainer
        place = np.minimum(np.searchsorted(key, asked), len(key) - 1)
        return np.where(key[place] == asked, self.value[place], 0).astype(np.int32)


@dataclass(frozen=True)
class Names:
    """The words behind the numbers."""

    languages: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
