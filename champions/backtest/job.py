"""Backtests as jobs: one on demand, and a look every few minutes whether new outcomes call for one.

Imports stand below champions and cannot start a backtest themselves, so champions looks for what they brought.
"""

from datetime import datetime, timedelta
from typing import Any

from champions.backtest import operations as backtest_operations
from db import utcnow
from jobs.progress import Progress
from jobs.registry import job


@job(backtest_operations.KIND, title="Look back", reads_first=True)
def backtest_job(payload: dict[str, Any], progress: Progress) -> None:
    """Look back from `payload["as_of"]` (ISO, default now) with `payload["parameters"]` (default: the published)."""
    at = utcnow()
    text = payload.get("as_of")
    backtest_operations.compute_backtest(
        as_of=datetime.fromisoformat(text) if text else at,
        parameters=backtest_operations.parameters_of(payload),
        created_by_id=payload.get("actor_id"),
        at=at,
        progress=progress.report,
    )


@job("champions.look", title="Look for new outcomes", every=timedelta(minutes=5))
def look_job(payload: dict[str, Any], progress: Progress) -> None:
    """Put a backtest in line when outcomes have come in since the last."""
    started = backtest_operations.look_for_outcomes(utcnow())
    progress.report(1, 1, "New outcomes: a look back is in line" if started else "Nothing new")
