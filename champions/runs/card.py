"""What a run writes on its model card about its input: counts that say what was read, and what is not known."""

from typing import Any

import numpy as np

from champions.scoring.columns import Columns, Events, Outcomes, Reach, select
from champions.scoring.kinds import codes_of, own_events
from champions.scoring.network import HELP_VERBS
from champions.scoring.result import ScoringResult

MOST_CHANNELS = 12


def card_of(columns: Columns, result: ScoringResult, window_from: float, reason: str) -> dict[str, Any]:
    """Everything on the card that pages would otherwise have to count again. `window_from` in seconds."""
    events, outcomes = columns.events, columns.outcomes
    read = select(
        columns,
        (events.at >= window_from) & (events.at < result.as_of),
        (outcomes.at >= window_from) & (outcomes.at < result.as_of),
    )
    return {
        "kinds": list(result.kinds),
        "few": result.few,
        "step": result.step,
        "reason": reason,
        "attempts": {item.kind: item.attempt_verb for item in result.evidence},
        "line": _line(result),
        "components": [item.name for item in result.components],
        "flagged": len({flag.person for flag in result.flags}),
        "events": _of_events(read.events),
        "outcomes": _of_outcomes(read),
        "people": _of_people(read, result),
    }


def _line(result: ScoringResult) -> float | None:
    """Where the few begin: half-way between the last of the guided number and the next."""
    ordered = np.sort(result.value)[::-1]
    if not 0 < result.few < len(ordered):
        return None
    return float((ordered[result.few - 1] + ordered[result.few]) / 2)


def _of_events(events: Events) -> dict[str, Any]:
    by_channel = np.bincount(events.channel[events.channel >= 0], minlength=len(events.channel_names))
    order = np.argsort(-by_channel, kind="stable")[:MOST_CHANNELS].tolist()
    answers = codes_of(events.verb_names, HELP_VERBS | {"comment"})[events.verb] & (events.parent >= 0)
    votes = codes_of(events.verb_names, {"vote"})[events.verb]
    early = answers & (events.at < events.at[events.parent]) if len(events) else answers
    return {
        "number": len(events),
        "first": float(events.at.min()) if len(events) else None,
        "last": float(events.at.max()) if len(events) else None,
        "channels": [[events.channel_names[code], int(by_channel[code])] for code in order if by_channel[code]],
        "more_channels": int(np.count_nonzero(by_channel)) - len([code for code in order if by_channel[code]]),
        "reach_not_stated": int(np.count_nonzero(events.reach == Reach.NOT_STATED)),
        "paid": int(np.count_nonzero(events.reach == Reach.PAID)),
        "copies": int(np.count_nonzero(events.is_copy)),
        "supplied": int(np.count_nonzero(events.from_library)),
        "before_their_question": int(np.count_nonzero(early)),
        "by_nobody_scored": int(np.count_nonzero((events.actor < 0) & ~votes)),
    }


def _of_outcomes(columns: Columns) -> dict[str, Any]:
    outcomes: Outcomes = columns.outcomes
    numbers = np.bincount(outcomes.kind[outcomes.kind >= 0], minlength=len(outcomes.kind_names)).tolist()
    return {
        "number": len(outcomes),
        "by_kind": dict(zip(outcomes.kind_names, numbers, strict=True)),
        "not_linked": int(np.count_nonzero(outcomes.event < 0)),
    }


def _of_people(columns: Columns, result: ScoringResult) -> dict[str, Any]:
    people, own = columns.people, own_events(columns)
    active = np.zeros(len(people), bool)
    active[columns.events.actor[own]] = True
    number = sum((item.number for item in result.evidence), np.zeros(len(result)))
    return {
        "known": len(people),
        "active": int(np.count_nonzero(active)),
        "scored": len(result),
        "without_outcome": int(np.count_nonzero(number <= 0)),
        "without_team": int(np.count_nonzero(people.team < 0)),
        "without_site": int(np.count_nonzero(people.site < 0)),
        "without_job": int(np.count_nonzero(people.job < 0)),
    }
