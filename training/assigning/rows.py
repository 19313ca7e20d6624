"""A proposal of the matching as rows of a plan, with every reason in words: stored once, never recomputed."""

from collections.abc import Mapping
from typing import Any

from people.employees.person_facts import first_name
from training.rules.matching.changes import trade_off
from training.rules.matching.leftovers import Leftover
from training.rules.matching.proposal import Proposal
from training.rules.matching.settings import Rule, Rules
from training.rules.matching.wording import cure, obstacle, reasons_for_learner, reasons_for_owner

LONGEST = 500


def pair_rows(plan_id: int, proposal: Proposal, rules: Rules, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """A row for each learner: the pair with why, or what stands in the way and the cure."""
    rows = [
        {
            "plan_id": plan_id,
            "learner_id": pair.learner,
            "trainer_id": pair.trainer,
            "second_id": pair.second,
            "points": pair.gap + pair.tie + pair.site,
            "reason": reasons_for_owner(pair.reasons, _first(names, pair.trainer))[:LONGEST],
            "told": reasons_for_learner(pair.reasons, _first(names, pair.trainer))[:LONGEST],
            "rule": "",
            "cure": "",
        }
        for pair in proposal.pairs
    ]
    for group in proposal.leftovers:
        rows += _left_over(plan_id, group, rules, names)
    return rows


def summary_of(proposal: Proposal) -> dict[str, Any]:
    """The figures of a proposal as JSON: counts, loads, changes against now, the price of staying, the trade-off."""
    pairs, changed = len(proposal.pairs), proposal.changes
    left = sum(len(group.learners) for group in proposal.leftovers)
    present = len(changed.keeps) + len(changed.moves) + len(changed.loses)
    return {
        "pairs": pairs,
        "asked": pairs + left,
        "left_over": left,
        "seconds": sum(pair.second is not None for pair in proposal.pairs),
        "keeps": len(changed.keeps),
        "moves": len(changed.moves),
        "joins": len(changed.joins),
        "loses": len(changed.loses),
        "cost": int(proposal.cost),
        "bound": int(proposal.bound),
        "above_least": float(proposal.above_least),
        "loads": [[one.trainer, one.load, one.places, one.staying, one.seconds] for one in proposal.loads],
        "trade_off": [
            [point.stay, point.ended, point.share, point.above_best] for point in trade_off(proposal.result.candidates)
        ]
        if present
        else [],
    }


def _left_over(plan_id: int, group: Leftover, rules: Rules, names: Mapping[int, str]) -> list[dict[str, Any]]:
    way = obstacle(group, rules.overlap_minutes)
    help_ = cure(group, lambda one: names.get(one, "somebody"))
    return [
        {
            "plan_id": plan_id,
            "learner_id": learner,
            "trainer_id": None,
            "second_id": None,
            "points": 0,
            "reason": way[:LONGEST],
            "told": "",
            "rule": Rule(group.obstacle).value,
            "cure": help_[:LONGEST],
        }
        for learner in group.learners
    ]


def _first(names: Mapping[int, str], employee_id: int) -> str:
    return first_name(names.get(employee_id, ""))
