"""The job that computes a scoring run."""

from datetime import datetime
from typing import Any

from champions.backtest.operations import enqueue_for
from champions.runs.operations import chosen_parameters, compute_run
from champions.scoring.parameters import Parameters
from db import utcnow
from jobs.progress import Progress
from jobs.registry import job


@job("champions.score", title="Scoring run", reads_first=True)
def score_job(payload: dict[str, Any], progress: Progress) -> None:
    """Score as of `payload["as_of"]` (ISO, default now) with `payload["parameters"]` (default: the published ones)."""
    at = utcnow()
    text = payload.get("as_of")
    parameters = payload.get("parameters")
    settings = Parameters.from_json(parameters) if parameters else chosen_parameters()
    compute_run(
        as_of=datetime.fromisoformat(text) if text else at,
        parameters=settings,
        created_by_id=payload.get("actor_id"),
        at=at,
        progress=progress.report,
        reason=payload.get("reason", ""),
    )
    enqueue_for(settings, at=at)  # the card of the run shows how its settings would have done
