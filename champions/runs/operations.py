"""Scoring runs: enqueue one, compute it in a job, store it. A run is never rewritten."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from champions.models import Score, ScoringRun
from champions.runs.card import card_of
from champions.runs.columns_query import load_columns
from champions.runs.kept_columns import keep
from champions.scores.row_facts import row_facts
from champions.scores.rows import plain, score_rows
from champions.scoring.columns import Columns
from champions.scoring.engine import score
from champions.scoring.parameters import BOUNDS, Parameters
from champions.scoring.result import ScoringResult
from db import bulk_insert, db, may_write, table_of
from people.models import CompanySetting

SETTING = "scoring_parameters"
LONGEST = timedelta(days=BOUNDS["window_days"].high)
Progress = Callable[[int, int, str], None]


def chosen_parameters() -> Parameters:
    """The parameters that the owner published, or the defaults."""
    text = db.session.scalar(select(CompanySetting.value).where(CompanySetting.name == SETTING))
    return Parameters.from_json(json.loads(text)) if text else Parameters()


def compute_run(
    *,
    as_of: datetime,
    parameters: Parameters,
    created_by_id: int | None,
    at: datetime,
    progress: Progress,
    reason: str = "",
) -> ScoringRun:
    """Read the columns, score, and store the run with all its scores; nothing is committed here.

    Rows older than the window are read to be kept for what-if and for looking back; the score does not see them.
    """
    progress(0, 4, "Reading activity and outcomes")
    columns = load_columns(as_of, as_of - LONGEST)
    progress(1, 4, f"Scoring {len(columns.people):,} people")
    result = score(columns, parameters, as_of.timestamp())
    progress(3, 4, "Storing the scores")
    may_write()  # a job computes while others write, and takes the lock for the storing only
    run = record_run(columns, result, as_of=as_of, created_by_id=created_by_id, at=at, reason=reason)
    progress(4, 4, result.statement)
    return run


def record_run(
    columns: Columns,
    result: ScoringResult,
    *,
    as_of: datetime,
    created_by_id: int | None,
    at: datetime,
    reason: str = "",
) -> ScoringRun:
    """Store a result as a run with all its scores, one bulk insert, and keep the columns it was read from."""
    window_from = as_of - timedelta(days=result.parameters.window_days)
    card = plain(card_of(columns, result, window_from.timestamp(), reason))
    facts = row_facts(columns, result, window_from.timestamp())
    run = ScoringRun(
        created_at=at,
        created_by_id=created_by_id,
        as_of=as_of,
        window_from=window_from,
        version=result.version,
        digest=result.digest,
        parameters=result.parameters.to_json(),
        verdict=result.verdict,
        statement=result.statement,
        few=result.few,
        people=len(result),
        events=card["events"]["number"],
        outcomes=card["outcomes"]["number"],
        card=card,
    )
    db.session.add(run)
    db.session.flush()
    bulk_insert(table_of(Score), score_rows(run.id, result, facts))
    keep(columns, result.digest, Path(current_app.config["INSTANCE_DIR"]))
    return run
