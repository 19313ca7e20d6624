"""Events and outcomes as columns for the engine: the kept months put together for the people who may be scored now.

Who opted out of scoring, left or was deactivated is not scored: their own rows are left out. What others did
towards them stays, without naming them.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select

from champions.runs.kept_months import event_rows, outcome_rows
from champions.runs.month_rows import EventRows, Ids, Keys, OutcomeRows, coded
from champions.scoring.columns import NO_THREAD, NOBODY, UNKNOWN_ROW, Columns, Events, Numbers, Outcomes, People
from champions.scoring.kinds import own_events
from db import db
from people.models import Employee, Team

EPOCH, DAY = date(1970, 1, 1), 86_400.0
MOST_SYSTEMS = 16


def load_columns(as_of: datetime, window_from: datetime) -> Columns:
    """All rows in [window_from, as_of) about people who may be scored at `as_of`; ids are `employee.id` as text."""
    instance = Path(current_app.config["INSTANCE_DIR"])
    people = _people(as_of)
    number = _number_of(people)
    rows = event_rows(instance, as_of, window_from)
    won = outcome_rows(instance, as_of, window_from)
    columns = Columns(people, _events(rows, number), _outcomes(won, number, rows.ids))
    return replace(columns, people=_with_access(columns, rows))


def scorable(as_of: datetime) -> ColumnElement[bool]:
    """A criterion on Employee: works here at `as_of`, is active, and did not opt out of scoring."""
    return and_(
        Employee.opted_out_at.is_(None),
        Employee.deactivated_at.is_(None),
        or_(Employee.ends_on.is_(None), Employee.ends_on >= as_of.date()),
    )


def _people(as_of: datetime) -> People:
    query = (
        select(Employee.id, Employee.starts_on, Team.full_name, Employee.site, Employee.job)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(scorable(as_of))
    )
    rows = sorted(db.session.execute(query), key=lambda row: str(row[0]))  # the order of the engine
    ids, starts, teams, sites, jobs = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    joined = [np.nan if day is None else (day - EPOCH).days * DAY for day in starts]
    team, team_names = coded(teams, np.int32)
    site, site_names = coded(sites, np.int32)
    job, job_names = coded(jobs, np.int32)
    return People(
        ids=tuple(str(number) for number in ids),
        joined_at=np.array(joined, np.float64),
        team=team,
        site=site,
        job=job,
        team_names=team_names,
        site_names=site_names,
        job_names=job_names,
    )


def _with_access(columns: Columns, rows: EventRows) -> People:
    """The people with the systems in which each did something of their own: what they are known to reach."""
    people, events, own = columns.people, columns.events, own_events(columns)
    names = rows.source_names[:MOST_SYSTEMS]
    reached = np.zeros(len(people), np.int64)
    for code in range(len(names)):
        there = np.bincount(events.actor[own & (rows.source == code)], minlength=len(people)) > 0
        reached |= there.astype(np.int64) << code
    sets, access = np.unique(reached, return_inverse=True)
    said = [" + ".join(name for code, name in enumerate(names) if mask >> code & 1) for mask in sets.tolist()]
    return replace(people, access=access.astype(np.int32), access_names=tuple(said))


def _number_of(people: People) -> Numbers:
    """The number of each employee id, NOBODY for whom is not scored; the last entry answers for ids beyond."""
    ids = np.array([int(text) for text in people.ids], np.int64)
    number = np.full(int(ids.max(initial=0)) + 2, NOBODY, np.int32)
    number[ids] = np.arange(len(ids), dtype=np.int32)
    return number


def _looked_up(number: Numbers, ids: Ids) -> Numbers:
    found: Numbers = number[np.minimum(ids, len(number) - 1)]
    return found


def _events(rows: EventRows, number: Numbers) -> Events:
    parent = _places(rows.key, rows.reply)
    return Events(
        at=rows.at,
        actor=_looked_up(number, rows.employee),
        target=_looked_up(number, rows.target),
        verb=rows.verb,
        parent=parent,
        channel=rows.channel,
        magnitude=rows.magnitude,
        reach=rows.reach,
        is_copy=rows.is_copy,
        from_library=rows.from_library,
        verb_names=rows.verb_names,
        channel_names=rows.channel_names,
        thread=_threads(rows.reply, parent),
    )


def _threads(reply: Keys, parent: Numbers) -> Numbers | None:
    """A number for each event that is answered and not here, None if there is none."""
    unseen = np.flatnonzero((reply > 0) & (parent == UNKNOWN_ROW))
    if not len(unseen):
        return None
    thread = np.full(len(reply), NO_THREAD, np.int32)
    thread[unseen] = np.unique(reply[unseen], return_inverse=True)[1]
    return thread


def _outcomes(rows: OutcomeRows, number: Numbers, event_ids: Ids) -> Outcomes:
    who = _looked_up(number, rows.employee)
    kept = who != NOBODY
    return Outcomes(
        at=rows.at[kept],
        person=who[kept],
        kind=rows.kind[kept],
        value=rows.value[kept],
        event=_places(event_ids, rows.event)[kept],
        kind_names=rows.kind_names,
    )


def _places(keys: Ids | Keys, wanted: Ids | Keys) -> Numbers:
    """At which place among `keys` each wanted one stands; UNKNOWN_ROW for 0 and for what is not there."""
    place = np.full(len(wanted), UNKNOWN_ROW, np.int32)
    asked = np.flatnonzero(wanted)
    if not len(keys) or not len(asked):
        return place
    order = np.argsort(keys, kind="stable").astype(np.int32)
    spot = np.minimum(np.searchsorted(keys, wanted[asked], sorter=order), len(keys) - 1)
    found = order[spot]
    hit = keys[found] == wanted[asked]
    place[asked[hit]] = found[hit]
    return place
