"""What a result changes against now, why, and what it would cost to change less."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from training.rules.matching.candidates import Candidates
from training.rules.matching.columns import NOBODY, Numbers, Truths
from training.rules.matching.hard_rules import broken_in_pairs
from training.rules.matching.settings import BIT, STAY_STEPS, Rule
from training.rules.matching.solving import Result, solve


class Because(StrEnum):
    """Why a learner does not keep the present trainer."""

    TRAINER_GONE = "trainer gone"
    TRAINER_PAUSED = "trainer paused"
    RULE = "rule"
    LIMIT = "limit"
    FIT = "fit"


@dataclass(frozen=True, eq=False)
class Changes:
    """Learners' rows by what becomes of them; everybody who is asked is in exactly one of the four, or had nobody.

    `why` tells for each of `moves` and `loses`, in that order, why the present pair ends. `share` is the part of the
    present pairs of those asked that end, 0 to 1; 0 where there are none.
    """

    keeps: Numbers
    moves: Numbers
    joins: Numbers
    loses: Numbers
    why: tuple[Because, ...]

    @property
    def share(self) -> float:
        """The part of present pairs that end."""
        ended = len(self.moves) + len(self.loses)
        return ended / max(ended + len(self.keeps), 1)


@dataclass(frozen=True)
class Setting:
    """One point of the trade-off: at this stay, how much changes, and how much worse the pairs fit than at best."""

    stay: int
    ended: int
    share: float
    cost: int
    above_best: float


def changes(result: Result) -> Changes:
    """Compare a result with the present pairs."""
    situation = result.candidates.situation
    had = situation.learners.present_trainer != NOBODY
    same = result.taught & (result.trainer_of == result.present)
    moves = _rows(had & result.taught & ~same)
    loses = _rows(had & result.transport.asked & ~result.taught)
    ended = np.concatenate([moves, loses])
    return Changes(_rows(had & same), moves, _rows(~had & result.taught), loses, _why(result, ended))


def trade_off(candidates: Candidates, stays: tuple[int, ...] = STAY_STEPS) -> tuple[Setting, ...]:
    """Solve once for each stay, in points: the more a present pair is worth, the fewer end and the worse the fit.

    Both are monotone, since every point is an optimum (the least `cost` + `stay` x pairs ended). `above_best` is the
    share by which the cost without the wish to stay exceeds the least such cost, that of stay 0.
    """
    best = solve(candidates.at(candidates.costs.changed(stay=0))).points.without_stay
    points = []
    for stay in stays:
        result = solve(candidates.at(candidates.costs.changed(stay=stay)))
        found, cost = changes(result), result.points.without_stay
        ended = len(found.moves) + len(found.loses)
        points.append(Setting(stay, ended, found.share, cost, (cost - best) / max(best, 1)))
    return tuple(points)


def _rows(truths: Truths) -> Numbers:
    return np.flatnonzero(truths).astype(np.int32)


def _why(result: Result, rows: Numbers) -> tuple[Because, ...]:
    """Why the present pair of each row ends: it cannot be, or there is no room for all, or others fit better."""
    situation, present = result.candidates.situation, result.present[rows]
    known = present != NOBODY
    bits = np.full(len(rows), BIT[Rule.LEFT], np.uint16)
    bits[known] = broken_in_pairs(situation, result.candidates.rules, rows[known], present[known])
    wanted = np.bincount(
        result.present[result.transport.asked & (result.present != NOBODY)], minlength=len(result.load)
    )
    full = np.zeros(len(rows), bool)
    full[known] = (wanted > result.transport.places)[present[known]]
    gone = bits & (BIT[Rule.LEFT] | BIT[Rule.CONSENT] | BIT[Rule.APPROVAL])
    order = (Because.TRAINER_GONE, Because.TRAINER_PAUSED, Because.RULE, Because.LIMIT)
    found = np.select([gone != 0, bits & BIT[Rule.PAUSE] != 0, bits != 0, full], range(len(order)), len(order))
    return tuple((*order, Because.FIT)[which] for which in found)
