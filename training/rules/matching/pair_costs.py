"""What speaks against a pair, in points: each reason on its own, so that it can be told in words."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from training.rules.matching.columns import NOT_STATED, Numbers, Shares
from training.rules.matching.settings import Costs
from training.rules.matching.situation import Situation

WHOLE = 1000
"""Shares are counted in thousandths: sums of whole numbers are exact in any order, so costs are the same everywhere."""

NOT_KNOWN = 0.5
"""A strength that nothing tells about lies in the middle: neither a reason for a pair nor against it."""


@dataclass(frozen=True, eq=False)
class PairCosts:
    """The points of pairs in one situation at the weights of `costs`."""

    situation: Situation
    costs: Costs

    def gap(self, rows: Numbers, columns: Numbers) -> Numbers:
        """Points for what the trainer cannot give where the learner lacks it: [rows, columns].

        A learner's gaps are squared, so that the widest count most, and shared out to sum to one; the fit is the
        trainer's strength in that mixture. A learner without quiz results pays half the weight with every trainer.
        """
        wanted, whole = gap_weights(self.situation.learners.gaps[rows])
        met = wanted @ self._strengths[:, columns]
        return self._gap_points(met, whole[:, None])

    def gap_of_pairs(self, learner: Numbers, trainer: Numbers) -> Numbers:
        """The same points for single pairs."""
        wanted, whole = gap_weights(self.situation.learners.gaps)
        met = np.zeros(len(learner), np.float32)
        for topic, strength in enumerate(self._strengths):
            met += np.ascontiguousarray(wanted[:, topic])[learner] * strength[trainer]
        return self._gap_points(met, whole[learner])

    def _gap_points(self, met: Shares, whole: Shares) -> Numbers:
        """From what is met, in thousandths of thousandths, to points; `met` is used up."""
        met *= (self.costs.gap / np.maximum(whole, 1) / WHOLE).astype(np.float32)
        np.copyto(met, np.float32(self.costs.gap * NOT_KNOWN), where=whole == 0)
        np.subtract(self.costs.gap, met, out=met)
        np.rint(met, out=met)
        return met.astype(np.int32)

    def site(self, rows: Numbers, columns: Numbers) -> Numbers:
        """Points for sitting apart, also where one's site is not stated: [rows, columns]."""
        here, there = self.situation.learners.site[rows][:, None], self.situation.trainers.site[columns][None]
        return np.where((here != there) | (here == NOT_STATED), self.costs.site, 0).astype(np.int32)

    def tie(self, rows: Numbers, columns: Numbers) -> Numbers:
        """Points for having had little to do with each other: [rows, columns]."""
        points = np.full((len(rows), len(columns)), self.costs.tie, np.int32)
        place, trainer, times = self.situation.ties.among(rows)
        at = self._places(columns)[trainer]
        points[place[at >= 0], at[at >= 0]] = self.tie_points(times[at >= 0])
        return points

    def fit(self, rows: Numbers, columns: Numbers) -> Numbers:
        """All three together: [rows, columns]."""
        points = self.gap(rows, columns)
        points += self.site(rows, columns)
        points += self.tie(rows, columns)
        return points

    def tie_points(self, times: Numbers) -> Numbers:
        """Points left after so many answers to each other: half of the weight after `tie_half` of them."""
        return np.rint(self.costs.tie * self.costs.tie_half / (times + self.costs.tie_half)).astype(np.int32)

    @cached_property
    def _strengths(self) -> Shares:
        known = np.nan_to_num(self.situation.trainers.strengths, nan=NOT_KNOWN)
        return np.ascontiguousarray(np.rint(known * WHOLE).astype(np.float32).T)

    def _places(self, columns: Numbers) -> Numbers:
        places = np.full(len(self.situation.trainers), NOT_STATED, np.int32)
        places[columns] = np.arange(len(columns), dtype=np.int32)
        return places


def gap_weights(gaps: Shares) -> tuple[Shares, Shares]:
    """How much of the teaching each topic is worth to each learner, in thousandths, and the sum of them.

    Rounded to whole numbers, so that the sum is near WHOLE but not always equal; 0 for a learner who lacks nothing or
    of whom nothing is known.
    """
    squared = np.square(np.nan_to_num(gaps, nan=0.0), dtype=np.float64)
    total = squared.sum(axis=1, keepdims=True)
    wanted = np.rint(squared / np.where(total > 0, total, 1) * WHOLE).astype(np.float32)
    return wanted, wanted.sum(axis=1)
