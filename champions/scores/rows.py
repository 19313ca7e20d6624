"""A run's result as rows of the table of scores: everything that a page about one person will need later."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from champions.scoring.columns import Reals
from champions.scoring.result import ScoringResult

STORED_KIND = (
    "number", "attempts", "recent_attempts", "successes", "rate", "peers_rate", "expected", "excess", "one_more",
    "silence",
)  # fmt: skip
STORED_COMPONENT = ("value", "share", "lower", "upper", "count")
DECIMALS = 4


def score_rows(run_id: int, result: ScoringResult, facts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a person: value, range, band, parts by kind, evidence by kind and component, flags.

    `facts` are those of `row_facts`, in the order of the result.
    """
    kinds = {
        item.kind: _entries(item, STORED_KIND, {"worth": item.worth, "attempt_verb": item.attempt_verb})
        for item in result.evidence
    }
    measures = [
        zip(*(_stored(getattr(item, name)) for name in STORED_COMPONENT), strict=True) for item in result.components
    ]
    components = [item.name for item in result.components]
    flags = _flags_by_person(result)
    parts = result.parts.tolist()
    rows = []
    for place, of_person in enumerate(zip(*measures, strict=True)):
        evidence = {
            "kinds": {kind: entries[place] for kind, entries in kinds.items()},
            "components": dict(zip(components, of_person, strict=True)),
            "facts": facts[place],
            "rank": [int(result.rank_low[place]), int(result.rank_high[place])],
        }
        lower, value, upper = float(result.lower[place]), float(result.value[place]), float(result.upper[place])
        rows.append(
            {
                "run_id": run_id,
                "employee_id": int(result.ids[place]),
                "value": value,
                "lower": min(lower, value),
                "upper": max(upper, value),
                "p_few": float(result.p_few[place]),
                "band": result.band[place].value,
                "parts": {kind: row[place] for kind, row in zip(result.kinds, parts, strict=True)},
                "evidence": evidence,
                "flags": flags.get(int(result.person[place]), []),
            }
        )
    return rows


def _entries(item: Any, names: Sequence[str], fixed: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry a person of the named arrays of `item`, each with the `fixed` values."""
    columns = [_stored(getattr(item, name)) for name in names]
    return [{**fixed, **dict(zip(names, values, strict=True))} for values in zip(*columns, strict=True)]


def _stored(values: Reals) -> list[float | None]:
    """Four decimals: what pages show, in half the room; None for what is no number."""
    rounded: list[float | None] = np.round(values, DECIMALS).tolist()
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        rounded[place] = None
    return rounded


def _flags_by_person(result: ScoringResult) -> dict[int, list[dict[str, Any]]]:
    flags: dict[int, list[dict[str, Any]]] = {}
    for flag in result.flags:
        entry = {"alarm": flag.alarm.value, "reason": flag.reason, "strength": flag.strength}
        flags.setdefault(flag.person, []).append(entry)
    return flags


def plain(value: Any) -> Any:
    """The same with None for what is no number: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
