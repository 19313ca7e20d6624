"""Events and outcomes out of the database, a month at a time, and marks that say whether a month has changed.

A mark is made of sums over the month's rows that the database works out in one scan, without handing out a row: number,
ids, people, links, copies. It changes with every new, removed or corrected row (by how often imports corrected
something at all), so a month with the same mark need not be read again.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Integer, Select, case, cast, func, select

from activity.formats.fields import FileKind
from activity.models import ActivityEvent, Import, Outcome, OutcomeCredit, Reach
from champions.runs.month_rows import EventRows, OutcomeRows, coded
from champions.scoring.columns import Reach as ReachCode
from champions.scoring.digest import GOLDEN, mix
from champions.scoring.draws import MIX_1
from db import db, table_of

REACH_CODES = {Reach.NOT_STATED: ReachCode.NOT_STATED, Reach.ORGANIC: ReachCode.ORGANIC, Reach.PAID: ReachCode.PAID}
CHUNK = 50_000
MONTH = "in_month"
PRIME = 65_521  # keeps products of two numbers small enough for sums over a thousand million rows

event, outcome, credit, imported = (table_of(model) for model in (ActivityEvent, Outcome, OutcomeCredit, Import))


def seconds_of(column: Any) -> ColumnElement[Any]:
    """Seconds since 1970 of a moment column, worked out by the database."""
    if db.engine.dialect.name == "postgresql":
        return cast(func.floor(func.extract("epoch", column)), Integer)
    return cast(func.strftime("%s", column), Integer)


def marks_of_events(before: datetime) -> dict[str, str]:
    """A mark of each month ("2026-03") with events before a moment."""
    ids = _small(event.c.id)
    facts = (
        func.count(),
        func.sum(event.c.id),
        func.sum(ids * _small(event.c.employee_id)),
        func.sum(ids * _small(event.c.target_id)),
        func.sum(ids * (_truth(event.c.is_copy) + 2 * _truth(event.c.from_library) + 4 * func.length(event.c.reach))),
    )
    return _marks(FileKind.ACTIVITY, select(_month(event.c.at), *facts).where(event.c.at < before))


def marks_of_outcomes(before: datetime) -> dict[str, str]:
    """A mark of each month with outcomes before a moment."""
    ids = _small(outcome.c.id)
    facts = (
        func.count(),
        func.sum(outcome.c.id),
        func.sum(ids * _small(credit.c.employee_id)),
        func.sum(ids * _small(credit.c.event_id)),
        func.sum(ids * cast(func.round(1000 * credit.c.share * outcome.c.value), BigInteger)),
    )
    query = select(_month(outcome.c.at), *facts).select_from(outcome.join(credit)).where(outcome.c.at < before)
    return _marks(FileKind.OUTCOMES, query)


def read_events(month: str, before: datetime) -> EventRows:
    """The events of a month before a moment, by id."""
    query = (
        select(
            event.c.id,
            seconds_of(event.c.at),
            func.coalesce(event.c.employee_id, 0),
            func.coalesce(event.c.target_id, 0),
            event.c.verb,
            event.c.channel,
            event.c.magnitude,
            event.c.reach,
            _truth(event.c.is_copy),
            _truth(event.c.from_library),
            event.c.source,
            event.c.external_id,
            event.c.in_reply_to,
        )
        .where(*_within(event.c.at, month, before))
        .order_by(event.c.id)
    )
    ids, at, employee, target, verb, channel, magnitude, reach, copied, library, source, name, reply = _fetch(query, 13)
    verbs, verb_names = coded(verb, np.int16)
    channels, channel_names = coded(channel, np.int32)
    sources, source_names = coded(source, np.int16)
    salt = text_keys(source_names)[sources]
    return EventRows(
        ids=np.array(ids, np.int64),
        at=np.array(at, np.float64),
        employee=np.array(employee, np.int64),
        target=np.array(target, np.int64),
        verb=verbs,
        channel=channels,
        magnitude=np.array(magnitude, np.float32),
        reach=np.fromiter((REACH_CODES[Reach(text)] for text in reach), np.int8, len(reach)),
        is_copy=np.array(copied, bool),
        from_library=np.array(library, bool),
        source=sources,
        key=_keys(name, salt),
        reply=np.where([bool(text) for text in reply], _keys(reply, salt), np.uint64(0)) if reply else _keys([], salt),
        verb_names=verb_names,
        channel_names=channel_names,
        source_names=source_names,
    )


def read_outcomes(month: str, before: datetime) -> OutcomeRows:
    """The credited outcomes of a month before a moment."""
    query = (
        select(
            seconds_of(outcome.c.at),
            credit.c.employee_id,
            outcome.c.kind,
            outcome.c.value * credit.c.share,
            func.coalesce(credit.c.event_id, 0),
        )
        .select_from(outcome.join(credit))
        .where(*_within(outcome.c.at, month, before))
        .order_by(outcome.c.id, credit.c.employee_id)
    )
    at, employee, kind, value, brought_by = _fetch(query, 5)
    kinds, kind_names = coded(kind, np.int16)
    return OutcomeRows(
        at=np.array(at, np.float64),
        employee=np.array(employee, np.int64),
        kind=kinds,
        value=np.array(value, np.float64),
        event=np.array(brought_by, np.int64),
        kind_names=kind_names,
    )


def first_of(month: str) -> datetime:
    """The beginning of a month."""
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)


def after(month: str) -> datetime:
    """The beginning of the next month."""
    first = first_of(month)
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _within(column: ColumnElement[Any], month: str, before: datetime) -> Iterator[ColumnElement[bool]]:
    yield column >= first_of(month)
    yield column < min(after(month), before)


def _marks(kind: FileKind, query: Select[Any]) -> dict[str, str]:
    """The marks that a query gives, with how often imports corrected rows of this kind."""
    corrected = select(func.count(), func.sum(imported.c.changed)).where(
        imported.c.kind == kind, imported.c.changed > 0
    )
    salt = tuple(int(number or 0) for number in db.session.execute(corrected).one())
    found = {}
    for month, *facts in db.session.execute(query.group_by(MONTH)):
        text = repr((kind.value, salt, [int(fact) for fact in facts]))
        found[month] = blake2b(text.encode(), digest_size=8).hexdigest()
    return found


def _month(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if db.engine.dialect.name == "postgresql":
        return func.to_char(column, "YYYY-MM").label(MONTH)
    return func.substr(column, 1, 7).label(MONTH)


def _small(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.coalesce(column, 0), BigInteger) % PRIME


def _truth(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((column, 1), else_=0)


def _fetch(query: Select[Any], width: int) -> list[list[Any]]:
    """The answer as lists, one a column; read in chunks so that the driver never holds all rows at once."""
    columns: list[list[Any]] = [[] for _ in range(width)]
    for chunk in db.session.execute(query.execution_options(yield_per=CHUNK)).partitions(CHUNK):
        for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
            column.extend(values)
    return columns


def _keys(names: list[str | None], salt: Any) -> Any:
    """A 64-bit key of each name within its source, never 0."""
    return np.maximum(mix(text_keys([name or "" for name in names]) + salt * GOLDEN), np.uint64(1))


def text_keys(names: Sequence[str]) -> Any:
    """A 64-bit key of each text, the same wherever it stands: two of twenty million clash once in 100,000 times."""
    state = np.zeros(len(names), np.uint64)
    if not len(names):
        return state
    letters = np.array(names, dtype=np.str_)
    for column in letters.view(np.uint32).reshape(len(names), -1).T:
        state = np.where(column > 0, mix(state * MIX_1 + column + GOLDEN), state)
    return state
