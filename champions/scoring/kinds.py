"""Which outcomes count, and which events are attempts at them."""

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
    """The verb set for the kind if such events exist; else the verb that most of its linked events have."""
    names = columns.events.verb_names
    wanted = parameters.attempts.get(name)
    if wanted in names:
        verb = names.index(wanted)
        return verb if (columns.events.verb == verb).any() else None
    rows = columns.outcomes.event[(columns.outcomes.kind == code) & (columns.outcomes.event >= 0)]
    if wanted is not None or not len(rows):
        return None
    return int(np.bincount(columns.events.verb[rows], minlength=len(names)).argmax())


def own_events(columns: Columns) -> Truths:
    """Which events are something that their actor did, rather than said about another's work."""
    own_verbs = np.array([name not in PASSIVE_VERBS for name in columns.events.verb_names] + [False])
    return own_verbs[columns.events.verb] & (columns.events.actor >= 0)
