"""Which outcomes count, and which events are attempts at them."""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from champions.scoring.columns import Columns, Truths
from champions.scoring.parameters import Parameters

PASSIVE_VERBS = frozenset({"vote", "reaction", "mention", "view", "login"})
"""Doing only these makes nobody active: they are said or done about others' work."""


@dataclass(frozen=True)
class CountedKind:
    """One kind of outcome with a worth above 0, by its code, and the code of its attempts' verb if known."""

    code: int
    name: str
    worth: float
    attempt_verb: int | None


def counted_kinds(columns: Columns, parameters: Parameters) -> tuple[CountedKind, ...]:
    """The kinds present that have a worth, by name, each with the verb of its attempts."""
    found = []
    present = set(np.unique(columns.outcomes.kind[columns.outcomes.person >= 0]).tolist())
    for code, name in sorted(enumerate(columns.outcomes.kind_names), key=lambda pair: pair[1]):
        worth = parameters.worth_of(name)
        if worth > 0 and code in present:
            found.append(CountedKind(code, name, worth, _attempt_verb(columns, parameters, code, name)))
    return tuple(found)


def _attempt_verb(columns: Columns, parameters: Parameters, code: int, name: str) -> int | None:
    """The verb set for the kind if such events exist; else the verb of most of its linked events.

    Links say it only where they cover half of the outcomes and the credited person did the linked events.
    """
    events, outcomes = columns.events, columns.outcomes
    wanted = parameters.attempts.get(name)
    if wanted in events.verb_names:
        verb = events.verb_names.index(wanted)
        if (events.verb == verb).any():
            return verb
    all_rows = np.flatnonzero((outcomes.kind == code) & (outcomes.person >= 0))
    rows = all_rows[outcomes.event[all_rows] >= 0]
    rows = rows[events.actor[outcomes.event[rows]] == outcomes.person[rows]]
    if not len(rows) or 2 * len(rows) < len(all_rows):
        return None
    times = np.bincount(events.verb[outcomes.event[rows]], minlength=len(events.verb_names)).tolist()
    _, best = max((times[verb], name) for verb, name in enumerate(events.verb_names))
    return None if best in PASSIVE_VERBS else events.verb_names.index(best)


def codes_of(names: tuple[str, ...], wanted: Set[str]) -> Truths:
    """For each code whether its name is wanted; the last entry answers for code -1."""
    return np.array([name in wanted for name in names] + [False])


def own_events(columns: Columns) -> Truths:
    """Which events are something that their actor did, rather than said about another's work."""
    passive = codes_of(columns.events.verb_names, PASSIVE_VERBS)
    return ~passive[columns.events.verb] & (columns.events.verb >= 0) & (columns.events.actor >= 0)
