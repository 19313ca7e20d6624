"""From candidates to pairs: the optimal choice, what it costs by reason, and who is left over."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from training.rules.matching.candidates import Candidates
from training.rules.matching.columns import NOBODY, Numbers, Truths
from training.rules.matching.transport import Flow, Transport, least_cost_flow


@dataclass(frozen=True)
class Points:
    """The cost of a result by reason, in points: the sum over all pairs, and over the trainers for `load`."""

    gap: int
    tie: int
    site: int
    load: int
    stay: int

    @property
    def without_stay(self) -> int:
        """What the result costs apart from the wish to keep present pairs: comparable between settings."""
        return self.gap + self.tie + self.site + self.load

    @property
    def total(self) -> int:
        """What was made as small as possible."""
        return self.without_stay + self.stay


@dataclass(frozen=True, eq=False)
class Result:
    """Who gets whom. Rows are those of the situation; `trainer_of` is NOBODY for whom nobody was found."""

    candidates: Candidates
    transport: Transport
    flow: Flow
    present: Numbers

    @cached_property
    def trainer_of(self) -> Numbers:
        """The row of each learner's trainer."""
        found = np.full(len(self.flow.pair_of), NOBODY, np.int32)
        found[self.taught] = self.transport.trainer[self.flow.pair_of[self.taught]]
        return found

    @property
    def taught(self) -> Truths:
        """Which learners get a trainer."""
        return self.flow.pair_of != NOBODY

    @property
    def left_over(self) -> Numbers:
        """The rows of learners who were to get a trainer and get none."""
        return np.flatnonzero(self.transport.asked & ~self.taught).astype(np.int32)

    @property
    def load(self) -> Numbers:
        """How many learners each trainer gets, those who stay included."""
        return self.flow.load

    @cached_property
    def staying(self) -> Numbers:
        """How many learners of each trainer are theirs already."""
        stays = self.taught & (self.trainer_of == self.present)
        return np.bincount(self.trainer_of[stays], minlength=len(self.load)).astype(np.int32)

    @cached_property
    def points(self) -> Points:
        """The cost by reason."""
        pair = self.flow.pair_of[self.taught]
        gap, tie, site = (
            int(part[pair].sum()) for part in (self.candidates.gap, self.candidates.tie, self.candidates.site)
        )
        moved = self.transport.stay[self.transport.asked & (self.trainer_of != self.present)]
        return Points(gap, tie, site, int(self.transport.load_cost(self.load).sum()), int(moved.sum()))


def solve(candidates: Candidates) -> Result:
    """The pairs of least cost among the candidates, with as many learners as possible.

    The same input gives the same pairs.
    """
    situation = candidates.situation
    places = np.where(situation.trainers.active, situation.places, 0).astype(np.int32)
    group, floors = _floors(candidates)
    return _solve(candidates, situation.present, situation.learners.asked, places, group, floors)


def solve_second(first: Result) -> Result:
    """A second contact, another than the trainer, for every learner who gets a trainer (Beaman et al., AER 2021)."""
    situation = first.candidates.situation
    kept = first.candidates.trainer != first.trainer_of[first.candidates.learner]
    others = first.candidates.only(kept)
    places = np.where(situation.trainers.active, situation.second_places, 0).astype(np.int32)
    group, floors = np.zeros(len(situation.learners), np.int32), np.zeros(1, np.int32)
    return _solve(others, situation.present_second, first.taught, places, group, floors)


def _solve(
    candidates: Candidates, present: Numbers, asked: Truths, places: Numbers, group: Numbers, floors: Numbers
) -> Result:
    kept = present[candidates.learner] == candidates.trainer
    stay = np.zeros(len(asked), np.int32)
    stay[candidates.learner[kept]] = candidates.costs.stay
    cost = candidates.fit + np.where(kept, 0, stay[candidates.learner])
    transport = Transport(
        candidates.learner, candidates.trainer, cost, places, candidates.costs.even_load, asked, stay, group, floors
    )
    return Result(candidates, transport, least_cost_flow(transport), present)


def _floors(candidates: Candidates) -> tuple[Numbers, Numbers]:
    """Learners by site and main language, and how many of each are to get a trainer before anybody else.

    The share is rounded up, so nobody's site or language is left without; a share of every such group is at least that
    share of every site and of every language. Learners without any candidate do not count: no floor could help them.
    """
    learners = candidates.situation.learners
    languages = len(candidates.situation.names.languages) + 1
    place = (learners.site.astype(np.int64) + 1) * languages + learners.main_language + 1
    group = np.unique(place, return_inverse=True)[1].astype(np.int32)
    reachable = np.zeros(len(learners), bool)
    reachable[candidates.learner] = True
    members = np.bincount(group[learners.asked & reachable], minlength=int(group.max(initial=0)) + 1)
    return group, -(-members * candidates.costs.least_share // 100).astype(np.int32)
