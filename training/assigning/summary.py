"""The figures of a proposal, stored with the plan as JSON: counts, loads, changes, cost, bound, floors, trade-off."""

from typing import Any

from training.assigning.wave_operations import Turns
from training.rules.matching.changes import Because, trade_off
from training.rules.matching.fairness import Served, served_by_language, served_by_site
from training.rules.matching.proposal import Proposal
from training.rules.matching.situation import Situation

MOST_IDLE = 200


def summary_of(proposal: Proposal, turns: Turns, ended: int) -> dict[str, Any]:
    """All figures; `ended` is how many present pairs end because the learner is asked no more."""
    pairs, changed = len(proposal.pairs), proposal.changes
    left = sum(len(group.learners) for group in proposal.leftovers)
    waiting = changed.why[len(changed.moves) :].count(Because.TRAINER_PAUSED)
    present = len(changed.keeps) + len(changed.moves) + len(changed.loses)
    situation = proposal.result.candidates.situation
    return {
        "pairs": pairs,
        "asked": pairs + left,
        "left_over": left,
        "seconds": sum(pair.second is not None for pair in proposal.pairs),
        "keeps": len(changed.keeps),
        "moves": len(changed.moves),
        "joins": len(changed.joins),
        "loses": len(changed.loses) - waiting,
        "held": waiting,
        "ends": ended,
        "cost": int(proposal.cost),
        "bound": int(proposal.bound),
        "saving": proposal.saving,
        "above_least": float(proposal.above_least),
        "loads": [[one.trainer, one.load, one.places, one.staying, one.seconds, one.before] for one in proposal.loads],
        "trade_off": [
            [point.stay, point.ended, point.share, point.above_best] for point in trade_off(proposal.result.candidates)
        ]
        if present
        else [],
        "sites": [_served(one) for one in served_by_site(proposal.result)],
        "languages": [_served(one) for one in served_by_language(proposal.result)],
        "idle": _idle(situation),
        "wave": turns.last,
        "waits": sum(turns.waits.values()),
        "waves": turns.last + len(turns.waits) if turns.last else 0,
    }


def _served(one: Served) -> list[Any]:
    return [one.name, one.asked, one.taught, one.floor]


def _idle(situation: Situation) -> list[list[Any]]:
    """Trainers who get nobody in this proposal, and why: not completed the course, not agreed, on a pause."""
    trainers = situation.trainers
    found = []
    for row in range(len(trainers)):
        if trainers.possible[row] or trainers.left[row]:
            continue
        why = "course" if not trainers.trained[row] else "consent" if not trainers.consents[row] else ""
        why = why or ("pause" if trainers.paused[row] else "")
        if why:
            found.append([int(trainers.ids[row]), why])
    return found[:MOST_IDLE]
