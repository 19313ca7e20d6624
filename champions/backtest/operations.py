"""Looking back: compute a backtest over everything known, store it, and notice when new outcomes call for one."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from activity.models import Import, ImportState, Outcome
from champions.backtest.models import Backtest
from champions.runs.columns_query import load_columns
from champions.runs.operations import LONGEST, Progress, chosen_parameters
from champions.scores.rows import plain
from champions.scoring import backtest
from champions.scoring.judging import Figure
from champions.scoring.parameters import Parameters
from db import db, may_write
from jobs.models import Job, JobState
from jobs.operations import enqueue

KIND = "champions.backtest"


def settings_key(parameters: Mapping[str, Any]) -> str:
    """32 hexadecimal digits, the same for the same parameters (as JSON)."""
    text = json.dumps(parameters, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def compute_backtest(
    *, as_of: datetime, parameters: Parameters, created_by_id: int | None, at: datetime, progress: Progress
) -> Backtest:
    """Look back from `as_of` and store what was found; nothing is committed here."""
    progress(0, 3, "Reading activity and outcomes")
    newest = db.session.scalar(select(func.max(Outcome.id)))
    columns = load_columns(as_of, as_of - LONGEST)
    progress(1, 3, "Scoring earlier days")
    moment = as_of.timestamp()
    horizon = backtest.horizon_for(columns, moment)
    found = backtest.backtest(columns, parameters, backtest.past_moments(columns, moment, horizon), horizon)
    progress(2, 3, "Storing what was found")
    may_write()
    values = parameters.to_json()
    row = Backtest(
        created_at=at,
        created_by_id=created_by_id,
        as_of=as_of,
        horizon_days=horizon,
        parameters=values,
        settings_key=settings_key(values),
        last_outcome_id=newest,
        quality=found.quality.value,
        statement=found.statement,
        moments=plain([_stored(item) for item in found.moments]),
        figures=plain({name: _figures(getattr(found, name)) for name in ("results", "aim", "both", "gap")}),
    )
    db.session.add(row)
    db.session.flush()
    progress(3, 3, found.statement)
    return row


def look_for_outcomes(at: datetime) -> Job | None:
    """Put a backtest in line if outcomes have come in since the last one, and none is in line and no import runs."""
    newest = db.session.scalar(select(func.max(Outcome.id)))
    seen = db.session.scalar(select(Backtest.last_outcome_id).order_by(Backtest.id.desc()).limit(1))
    if newest is None or newest == seen:
        return None
    running = select(Import.id).where(Import.state.in_([ImportState.CHECKING, ImportState.IMPORTING])).limit(1)
    if db.session.scalar(running) is not None or in_line():
        return None
    return enqueue(KIND, {}, actor_id=None, at=at)


def in_line() -> bool:
    """Whether a backtest waits or runs."""
    open_states = [JobState.WAITING, JobState.RUNNING, JobState.FAILED]
    query = select(Job.id).where(Job.kind == KIND, Job.state.in_(open_states)).limit(1)
    return db.session.scalar(query) is not None


def enqueue_for(parameters: Parameters, *, at: datetime) -> Job | None:
    """Put a backtest of these settings in line, unless there is one already or one is in line."""
    key = settings_key(parameters.to_json())
    known = select(Backtest.id).where(Backtest.settings_key == key).limit(1)
    if db.session.scalar(known) is not None or in_line():
        return None
    return enqueue(KIND, {"parameters": parameters.to_json()}, actor_id=None, at=at)


def parameters_of(payload: Mapping[str, Any]) -> Parameters:
    """The parameters that a job asks for, or the published ones."""
    values = payload.get("parameters")
    return Parameters.from_json(values) if values else chosen_parameters()


def _stored(item: backtest.Moment) -> dict[str, Any]:
    return {
        "as_of": item.as_of,
        "people": item.people,
        "named": [[int(text), brought] for text, brought in zip(item.ids, item.brought, strict=True)],
        "others_per_person": item.others_per_person,
        "per_person": dict(item.per_person),
    }


def _figures(figures: Mapping[str, Figure]) -> dict[str, list[float]]:
    return {name: [figure.value, figure.lower, figure.upper] for name, figure in figures.items()}
