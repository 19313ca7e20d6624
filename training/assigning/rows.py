"""A proposal of the matching as rows of a plan, with every reason in words: stored once, never recomputed."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from people.employees.person_facts import first_name
from training.assigning.models import PairChange
from training.rules.matching.changes import Because
from training.rules.matching.columns import NOBODY
from training.rules.matching.hard_rules import broken_in_pairs
from training.rules.matching.leftovers import Leftover
from training.rules.matching.proposal import Proposal
from training.rules.matching.settings import BIT, Rule, Rules
from training.rules.matching.wording import (
    BROKEN_NOW,
    cure,
    obstacle,
    reasons_for_learner,
    reasons_for_owner,
    reasons_for_second,
    why_it_ends,
)

LONGEST = 500


def pair_rows(plan_id: int, proposal: Proposal, rules: Rules, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """A row for each learner: the pair with why, or what stands in the way and the cure; and what changes."""
    changed = _changes(proposal, rules, names)
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
            "second_reason": _second(proposal_pair=pair, names=names),
            **changed[pair.learner],
        }
        for pair in proposal.pairs
    ]
    for group in proposal.leftovers:
        rows += _left_over(plan_id, group, rules, names, changed)
    return rows


def ended_rows(plan_id: int, ended: Mapping[int, tuple[int, str]]) -> list[dict[str, Any]]:
    """A row for each learner who is asked no more: whom they had, and why it ends."""
    return [
        {
            **_nobody(plan_id, learner),
            "before_id": trainer,
            "change": PairChange.END.value,
            "because": because[:LONGEST],
        }
        for learner, (trainer, because) in sorted(ended.items())
    ]


def _second(proposal_pair: Any, names: Mapping[int, str]) -> str:
    why = proposal_pair.second_reasons
    return "" if why is None else reasons_for_second(why, _first(names, proposal_pair.second))[:LONGEST]


def _changes(proposal: Proposal, rules: Rules, names: Mapping[int, str]) -> dict[int, dict[str, Any]]:
    """For each learner who is asked: what changes, whom they have now, and why that ends."""
    situation = proposal.result.candidates.situation
    ids, present = situation.learners.ids, situation.learners.present_trainer
    found: dict[int, dict[str, Any]] = {
        int(ids[row]): _change("", None) for row in np.flatnonzero(proposal.result.transport.asked)
    }
    kinds = proposal.changes
    for rows, kind in ((kinds.keeps, PairChange.KEEP), (kinds.joins, PairChange.JOIN)):
        for row in rows:
            found[int(ids[row])] = _change(kind.value, int(present[row]))
    ended = np.concatenate([kinds.moves, kinds.loses])
    broken = _broken_now(proposal, rules, ended)
    for place, row in enumerate(ended):
        because, name = Because(kinds.why[place]), _first(names, int(present[row])) or "The trainer"
        why, kind = why_it_ends(because, broken[place], name), PairChange.MOVE
        if place >= len(kinds.moves):
            waits = because is Because.TRAINER_PAUSED
            kind = PairChange.WAIT if waits else PairChange.LOSE
            why += " Nobody else can take the learner, so the pair waits until then." if waits else ""
        found[int(ids[row])] = _change(kind.value, int(present[row]), why)
    return found


def _broken_now(proposal: Proposal, rules: Rules, rows: Any) -> list[Rule | None]:
    """The first rule that each present pair breaks, None where it breaks none that two people can break."""
    situation = proposal.result.candidates.situation
    trainer = situation.present[rows]
    known = np.flatnonzero(trainer != NOBODY)
    found: list[Rule | None] = [None] * len(rows)
    for place, bits in zip(known, broken_in_pairs(situation, rules, rows[known], trainer[known]), strict=True):
        found[place] = next((rule for rule in BROKEN_NOW if bits & BIT[rule]), None)
    return found


def _change(kind: str, before: int | None, because: str = "") -> dict[str, Any]:
    return {"change": kind, "before_id": None if before == NOBODY else before, "because": because[:LONGEST]}


def _nobody(plan_id: int, learner: int) -> dict[str, Any]:
    texts = dict.fromkeys(("reason", "told", "rule", "cure", "second_reason", "because", "change"), "")
    return {
        "plan_id": plan_id, "learner_id": learner, "trainer_id": None, "second_id": None, "before_id": None,
        "points": 0, **texts,
    }  # fmt: skip


def _left_over(
    plan_id: int, group: Leftover, rules: Rules, names: Mapping[int, str], changed: Mapping[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    way = obstacle(group, rules.overlap_minutes)
    help_ = cure(group, lambda one: names.get(one, "somebody"))
    told = {"reason": way[:LONGEST], "rule": Rule(group.obstacle).value, "cure": help_[:LONGEST]}
    return [{**_nobody(plan_id, learner), **told, **changed[learner]} for learner in group.learners]


def _first(names: Mapping[int, str], employee_id: int | None) -> str:
    return first_name(names.get(employee_id or 0, ""))
