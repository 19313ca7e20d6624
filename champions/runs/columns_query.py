"""Events and outcomes out of the database as columns for the engine: three selects, no objects.

Who opted out of scoring, left or was deactivated is not scored: their own rows are left out. What others did
towards them stays, without naming them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_, select

from activity.models import ActivityEvent, Outcome, OutcomeCredit, Reach
from champions.scoring.columns import NOBODY, Columns, Events, Outcomes, People
from champions.scoring.columns import Reach as ReachCode
from db import db
from people.models import Employee, Team

REACH_CODES = {Reach.NOT_STATED: ReachCode.NOT_STATED, Reach.ORGANIC: ReachCode.ORGANIC, Reach.PAID: ReachCode.PAID}
CHUNK = 50_000
EPOCH, DAY = date(1970, 1, 1), 86_400.0


def load_columns(as_of: datetime, window_from: datetime) -> Columns:
    """All rows in [window_from, as_of) about people who may be scored at `as_of`; ids are `employee.id` as text."""
    people = _people(as_of)
    number = {int(text): place for place, text in enumerate(people.ids)}
    events, row_of = _events(as_of, window_from, number)
    return Columns(people, events, _outcomes(as_of, window_from, number, row_of))


def scorable(as_of: datetime) -> ColumnElement[bool]:
    """A criterion on Employee: works here at `as_of`, is active, and did not opt out of scoring."""
    return and_(
        Employee.opted_out_at.is_(None),
        Employee.deactivated_at.is_(None),
        or_(Employee.ends_on.is_(None), Employee.ends_on >= as_of.date()),
    )


def seconds_of(column: Any) -> ColumnElement[Any]:
    """Seconds since 1970 of a moment column, worked out by the database."""
    if db.engine.dialect.name == "postgresql":
        return cast(func.floor(func.extract("epoch", column)), Integer)
    return cast(func.strftime("%s", column), Integer)


def _people(as_of: datetime) -> People:
    query = (
        select(Employee.id, Employee.starts_on, Team.full_name, Employee.site, Employee.job)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(scorable(as_of))
    )
    rows = sorted(db.session.execute(query), key=lambda row: str(row[0]))  # the order of the engine
    ids, starts, teams, sites, jobs = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    joined = [np.nan if day is None else (day - EPOCH).days * DAY for day in starts]
    team, team_names = _coded(teams)
    site, site_names = _coded(sites)
    job, job_names = _coded(jobs)
    return People(
        ids=tuple(str(number) for number in ids),
        joined_at=np.array(joined, np.float64),
        team=team.astype(np.int32),
        site=site.astype(np.int32),
        job=job.astype(np.int32),
        team_names=team_names,
        site_names=site_names,
        job_names=job_names,
    )


def _events(as_of: datetime, window_from: datetime, number: dict[int, int]) -> tuple[Events, dict[int, int]]:
    columns = _fetch(
        select(
            ActivityEvent.id,
            seconds_of(ActivityEvent.at),
            ActivityEvent.employee_id,
            ActivityEvent.target_id,
            ActivityEvent.verb,
            ActivityEvent.channel,
            ActivityEvent.magnitude,
            ActivityEvent.reach,
            ActivityEvent.is_copy,
            ActivityEvent.from_library,
            ActivityEvent.external_id,
            ActivityEvent.in_reply_to,
        )
        .where(ActivityEvent.at >= window_from, ActivityEvent.at < as_of)
        .order_by(ActivityEvent.id),
        12,
    )
    ids, at, actor, target, verb, channel, magnitude, reach, copies, library, external, reply = columns
    verb_code, verb_names = _coded(verb)
    channel_code, channel_names = _coded(channel)
    place = {name: row for row, name in enumerate(external)}
    nowhere = NOBODY
    events = Events(
        at=np.array(at, np.float64),
        actor=_numbers(actor, number),
        target=_numbers(target, number),
        verb=verb_code.astype(np.int16),
        parent=np.fromiter((place.get(name, nowhere) if name else nowhere for name in reply), np.int32, len(reply)),
        channel=channel_code.astype(np.int32),
        magnitude=np.array(magnitude, np.float32),
        reach=np.fromiter((REACH_CODES[Reach(text)] for text in reach), np.int8, len(reach)),
        is_copy=np.array(copies, bool),
        from_library=np.array(library, bool),
        verb_names=verb_names,
        channel_names=channel_names,
    )
    return events, {event_id: row for row, event_id in enumerate(ids)}


def _outcomes(as_of: datetime, window_from: datetime, number: dict[int, int], row_of: dict[int, int]) -> Outcomes:
    query = (
        select(
            seconds_of(Outcome.at),
            OutcomeCredit.employee_id,
            Outcome.kind,
            Outcome.value * OutcomeCredit.share,
            OutcomeCredit.event_id,
        )
        .join(OutcomeCredit, OutcomeCredit.outcome_id == Outcome.id)
        .where(Outcome.at >= window_from, Outcome.at < as_of)
        .order_by(Outcome.id, OutcomeCredit.employee_id)
    )
    at, person, kind, value, event = _fetch(query, 5)
    kind_code, kind_names = _coded(kind)
    who = _numbers(person, number)
    kept = who != NOBODY
    brought = np.fromiter((row_of.get(item, NOBODY) for item in event), np.int32, len(event))
    return Outcomes(
        at=np.array(at, np.float64)[kept],
        person=who[kept],
        kind=kind_code.astype(np.int16)[kept],
        value=np.array(value, np.float64)[kept],
        event=brought[kept],
        kind_names=kind_names,
    )


def _fetch(query: Any, width: int) -> list[list[Any]]:
    """The answer as lists, one a column; read in chunks so that the driver never holds all rows at once."""
    columns: list[list[Any]] = [[] for _ in range(width)]
    for chunk in db.session.execute(query.execution_options(yield_per=CHUNK)).partitions(CHUNK):
        for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
            column.extend(values)
    return columns


def _coded(values: Sequence[str | None]) -> tuple[Any, tuple[str, ...]]:
    """Numbers for names in the order of the alphabet; -1 for an empty one."""
    names = tuple(sorted({value for value in values if value}))
    number = {name: place for place, name in enumerate(names)}
    codes = np.fromiter((number.get(value or "", NOBODY) for value in values), np.int64, len(values))
    return codes, names


def _numbers(values: Sequence[int | None], number: dict[int, int]) -> Any:
    return np.fromiter((number.get(value, NOBODY) if value else NOBODY for value in values), np.int32, len(values))
