"""The whole proposal, from the situation to what a page shows and a person publishes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from training.rules.matching.bound import flow_cost, proven_bound
from training.rules.matching.candidates import PER_LEARNER, candidates
from training.rules.matching.changes import Changes, changes
from training.rules.matching.columns import NOBODY, Numbers
from training.rules.matching.leftovers import Leftover, leftovers
from training.rules.matching.reasons import Reasons, reasons
from training.rules.matching.settings import Costs, Rules
from training.rules.matching.situation import Situation
from training.rules.matching.solving import Result, solve, solve_second
from training.rules.matching.unlisted import solve_over_all

ROUNDS = 4
"""How often pairs that were no candidates are added; measured, two rounds reach the best of all pairs."""


@dataclass(frozen=True)
class Pair:
    """One learner with trainer and second contact, as employees' ids, the points by reason, and the reasons of both."""

    learner: int
    trainer: int
    second: int | None
    gap: int
    tie: int
    site: int
    reasons: Reasons
    second_reasons: Reasons | None


@dataclass(frozen=True)
class Load:
    """What one trainer (id) gets: `load` of `places` learners, `staying` of them theirs already; `seconds` besides.

    `before` is how many of those who are asked the trainer has now.
    """

    trainer: int
    places: int
    load: int
    staying: int
    seconds: int
    before: int


@dataclass(frozen=True, eq=False)
class Proposal:
    """A proposal that nobody has published yet.

    `cost` is what was made least, in points; `bound` is proven to be the least possible for so many learners over the
    candidates, and `saving` bounds what any pair whatever could save (None: not looked at). `least_cost` is the least
    without the wish to keep present pairs: `above_least` tells the price of that wish as a share.
    """

    result: Result
    second: Result
    changes: Changes
    leftovers: tuple[Leftover, ...]
    cost: int
    bound: int
    saving: int | None
    least_cost: int

    @property
    def above_least(self) -> float:
        """How much worse the pairs fit than the best-fitting ones, 0.013 for 1.3 %."""
        return (self.result.points.without_stay - self.least_cost) / max(self.least_cost, 1)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair, by learner."""
        found, situation = self.result.candidates, self.result.candidates.situation
        learner = np.flatnonzero(self.result.taught).astype(np.int32)
        trainer, second = self.result.trainer_of[learner], self.second.trainer_of[learner]
        place = self.result.flow.pair_of[learner]
        why = reasons(situation, learner, trainer)
        why_second = self._second_reasons(learner, second)
        return tuple(
            Pair(
                learner=int(situation.learners.ids[learner[row]]),
                trainer=int(situation.trainers.ids[trainer[row]]),
                second=None if second[row] == NOBODY else int(situation.trainers.ids[second[row]]),
                gap=int(found.gap[place[row]]),
                tie=int(found.tie[place[row]]),
                site=int(found.site[place[row]]),
                reasons=why[row],
                second_reasons=why_second.get(row),
            )
            for row in range(len(learner))
        )

    def _second_reasons(self, learner: Numbers, second: Numbers) -> dict[int, Reasons]:
        """By place in `learner`; to stay means here that the second contact is the present one."""
        situation = self.result.candidates.situation
        place = np.flatnonzero(second != NOBODY)
        stays = situation.present_second[learner[place]] == second[place]
        found = reasons(situation, learner[place], second[place])
        return {int(row): replace(why, stays=bool(same)) for row, why, same in zip(place, found, stays, strict=True)}

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """Every trainer who can teach now, by id."""
        situation = self.result.candidates.situation
        trainers, present = situation.trainers, situation.present
        before = np.bincount(present[situation.learners.asked & (present != NOBODY)], minlength=len(trainers))
        return tuple(
            Load(
                trainer=int(trainers.ids[row]),
                places=int(self.result.transport.places[row]),
                load=int(self.result.load[row]),
                staying=int(self.result.staying[row]),
                seconds=int(self.second.load[row]),
                before=int(before[row]),
            )
            for row in np.flatnonzero(trainers.active)
        )


def propose(
    situation: Situation,
    rules: Rules,
    costs: Costs,
    per_learner: int = PER_LEARNER,
    rounds: int = ROUNDS,
    progress: Callable[[int, int, str], None] = lambda done, total, message: None,
) -> Proposal:
    """Find the pairs, the second contacts, the reasons of those left over, and what changes against now.

    `progress` is called with steps done, steps in all and what comes next. Nothing is stored and nobody is told.
    """
    progress(0, 4, "Looking for pairs that the rules allow")
    listed = candidates(situation, rules, costs, per_learner)
    progress(1, 4, "Choosing the pairs that fit best together")
    result, saving = solve_over_all(listed, rounds)
    progress(2, 4, "Finding a second contact for each learner")
    second = solve_second(result)
    progress(3, 4, "Explaining who is left over")
    least = result
    if costs.stay and (result.present != NOBODY).any():
        least = solve(result.candidates.at(costs.changed(stay=0)))
    return Proposal(
        result=result,
        second=second,
        changes=changes(result),
        leftovers=leftovers(result),
        cost=flow_cost(result.transport, result.flow),
        bound=proven_bound(result.transport, result.flow),
        saving=saving,
        least_cost=least.points.without_stay,
    )
