"""Scoring runs: enqueue one, compute it in a job, store it. A run is never rewritten."""

import json
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from champions.columns_query import load_columns
from champions.models import Score, ScoringRun
from champions.scoring.engine import score
from champions.scoring.parameters import Parameters
from champions.scoring.result import ScoringResult
from db import bulk_insert, db, may_write
from people.models import CompanySetting

SETTING = "scoring_parameters"
STORED_KIND = ("number", "attempts", "successes", "rate", "peers_rate", "expected", "excess")
STORED_COMPONENT = ("value", "share", "lower", "upper", "count")
Progress = Callable[[int, int, str], None]


def chosen_parameters() -> Parameters:
    """The parameters that the owner published, or the defaults."""
    text = db.session.scalar(select(CompanySetting.value).where(CompanySetting.name == SETTING))
    return Parameters.from_json(json.loads(text)) if text else Parameters()


def compute_run(
    *, as_of: datetime, parameters: Parameters, created_by_id: int | None, at: datetime, progress: Progress
) -> ScoringRun:
    """Read the columns, score, and store the run with all its scores. One bulk insert; nothing is committed here."""
    progress(0, 4, "Reading activity and outcomes")
    window_from = as_of - timedelta(days=parameters.window_days)
    columns = load_columns(as_of, window_from)
    progress(1, 4, f"Scoring {len(columns.people):,} people")
    result = score(columns, parameters, as_of.timestamp())
    progress(3, 4, "Storing the scores")
    may_write()  # a job computes while others write, and takes the lock for the storing only
    run = ScoringRun(
        created_at=at,
        created_by_id=created_by_id,
        as_of=as_of,
        window_from=window_from,
        version=result.version,
        digest=result.digest,
        parameters=parameters.to_json(),
        verdict=result.verdict,
        statement=result.statement,
        few=result.few,
        people=len(result),
        events=len(columns.events),
        outcomes=len(columns.outcomes),
        card={"totals": _plain(dict(result.totals)), "kinds": list(result.kinds)},
    )
    db.session.add(run)
    db.session.flush()
    bulk_insert(Score.__table__, score_rows(run.id, result))  # type: ignore[arg-type]
    progress(4, 4, result.statement)
    return run


def score_rows(run_id: int, result: ScoringResult) -> list[dict[str, Any]]:
    """One row a person: value, range, band, parts by kind, evidence by kind and component, flags."""
    kinds = [
        (item.kind, item.worth, item.attempt_verb, {name: getattr(item, name).tolist() for name in STORED_KIND})
        for item in result.evidence
    ]
    components = [
        (item.name, item.counted, {name: getattr(item, name).tolist() for name in STORED_COMPONENT})
        for item in result.components
    ]
    flags = _flags_by_person(result)
    parts = result.parts.tolist()
    rows = []
    for place in range(len(result)):
        evidence = {
            "kinds": {
                kind: {"worth": worth, "attempt_verb": verb, **{key: values[key][place] for key in values}}
                for kind, worth, verb, values in kinds
            },
            "components": {
                name: {"counted": counted, **{key: values[key][place] for key in values}}
                for name, counted, values in components
            },
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
                "evidence": _plain(evidence),
                "flags": flags.get(int(result.person[place]), []),
            }
        )
    return rows


def _flags_by_person(result: ScoringResult) -> dict[int, list[dict[str, Any]]]:
    flags: dict[int, list[dict[str, Any]]] = {}
    for flag in result.flags:
        entry = {"alarm": flag.alarm.value, "reason": flag.reason, "strength": flag.strength}
        flags.setdefault(flag.person, []).append(entry)
    return flags


def _plain(value: Any) -> Any:
    """The same with None for what is no number: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
