"""Reads about imports: the list, one import with its report, its rejected rows page by page and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from activity.formats.fields import FileKind
from activity.models import Import, ImportRejection, ImportState
from db import db
from jobs.models import Job, JobState
from people.models import Employee
from web import PAGE_SIZE, Page, safe_cell

CSV_COLUMNS = ("line", "column", "value", "reason", "cure")
REJECTIONS_ON_PAGE = 20
COMMON_FROM = 3  # rows with the same value at fault before it is worth a word
RUNNING = (ImportState.CHECKING, ImportState.IMPORTING)
_failed = and_(Import.state.in_(RUNNING), Job.state == JobState.DEAD)
_state = case((_failed, ImportState.FAILED.value), else_=Import.state)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty is everything."""

    words: str = ""
    kind: FileKind | None = None
    state: ImportState | None = None

    def criteria(self) -> Iterator[ColumnElement[bool]]:
        """The same for a query on imports and their jobs."""
        if self.words:
            names = (Import.file_name, Import.source)
            yield or_(*(name.icontains(self.words, autoescape=True) for name in names))
        if self.kind:
            yield Import.kind == self.kind.value
        if self.state:
            yield _state == self.state.value


@dataclass(frozen=True)
class ImportView:
    """An import as pages show it. `state` is failed where its job gave up; `error` then says why."""

    id: int
    kind: FileKind
    source: str
    file_name: str
    state: ImportState
    taken: int
    changed: int
    known: int
    rejected: int
    job_id: int | None
    actor: str
    created_at: datetime
    finished_at: datetime | None
    digest: str = ""
    seconds: float | None = None
    error: str = ""
    notes: list[str] = field(default_factory=list)
    faults: list[list[Any]] = field(default_factory=list)
    blanks: list[list[Any]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the file has, as far as it was read."""
        return self.taken + self.changed + self.known + self.rejected

    @property
    def is_running(self) -> bool:
        """Whether its job waits or runs."""
        return self.state in RUNNING


@dataclass(frozen=True)
class CommonValue:
    """A value that is behind many of the rejected rows of one reason."""

    reason: str
    value: str
    cure: str
    rows: int


def counts() -> Mapping[ImportState, int]:
    """How many imports there are in each state; every state is there."""
    standing = _joined(select(_state.label("state"))).subquery().c.state
    rows = db.session.execute(select(standing, func.count()).group_by(standing))
    found = {ImportState(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in ImportState}


def imports_page(filters: Filters, number: int) -> Page[ImportView]:
    """One page of the imports, newest first."""
    criteria = list(filters.criteria())
    total = db.session.scalar(_joined(select(func.count())).where(*criteria)) or 0
    query = _rows().where(*criteria).order_by(Import.id.desc()).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page([_view(row) for row in db.session.execute(query)], number, total)


def import_view(import_id: int) -> ImportView | None:
    """One import with its report, or None."""
    more = (Import.digest, Import.seconds, Job.error, Import.notes, Import.faults, Import.blanks)
    row = db.session.execute(_rows().add_columns(*more).where(Import.id == import_id)).one_or_none()
    return None if row is None else _view(row)


def sources() -> list[str]:
    """The names of sources used so far."""
    return list(db.session.scalars(select(Import.source).distinct().order_by(Import.source).limit(100)))


def earlier_import(digest: str, kind: FileKind) -> datetime | None:
    """When a file with the same content was imported last, if ever."""
    same = (Import.digest == digest, Import.kind == kind.value, Import.state == ImportState.DONE)
    return db.session.scalar(select(func.max(Import.finished_at)).where(*same))


def rejections_page(import_id: int, fault: tuple[str, str] | None, number: int) -> Page[Row[Any]]:
    """One page of the stored rejected rows in the order of the file, all or those with (column, reason)."""
    each = ImportRejection
    criteria = [each.import_id == import_id]
    if fault is not None:
        criteria += [each.column == fault[0], each.reason == fault[1], each.taken.is_(False)]
    total = db.session.scalar(select(func.count()).select_from(each).where(*criteria)) or 0
    query = select(each.line, each.column, each.value, each.reason, each.cure, each.taken).where(*criteria)
    size = REJECTIONS_ON_PAGE
    query = query.order_by(each.line, each.id).limit(size).offset((number - 1) * size)
    return Page(list(db.session.execute(query)), number, total, size)


def common_value(import_id: int) -> CommonValue | None:
    """The value that most of the stored rejected rows share, if it is behind at least three of them."""
    each, rows = ImportRejection, func.count().label("rows")
    query = (
        select(each.reason, each.value, func.min(each.cure), rows)
        .where(each.import_id == import_id, each.value != "", each.taken.is_(False))
        .group_by(each.reason, each.value)
        .having(rows >= COMMON_FROM)
        .order_by(rows.desc(), each.value)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else CommonValue(*row)


def rejections_csv(import_id: int) -> Iterator[str]:
    """The stored rejected rows of an import as lines of CSV that no spreadsheet takes for formulas."""
    each = ImportRejection
    query = select(each.line, each.column, each.value, each.reason, each.cure).where(each.import_id == import_id)
    yield csv_line(CSV_COLUMNS)
    for row in db.session.execute(query.order_by(each.line, each.id).execution_options(yield_per=1000)):
        yield csv_line(row)


def csv_line(cells: Iterable[object]) -> str:
    """One line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(map(safe_cell, cells))
    return out.getvalue()


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(Import).outerjoin(Job, Job.id == Import.job_id)


def _rows() -> Select[Any]:
    columns = (
        Import.id,
        Import.kind,
        Import.source,
        Import.file_name,
        _state.label("state"),
        Import.taken,
        Import.changed,
        Import.known,
        Import.rejected,
        Import.job_id,
        func.coalesce(Employee.name, "").label("actor"),
        Import.created_at,
        Import.finished_at,
    )
    return _joined(select(*columns)).outerjoin(Employee, Employee.id == Import.created_by_id)


def _view(row: Row[Any]) -> ImportView:
    values = dict(row._mapping)
    values.update(kind=FileKind(row.kind), state=ImportState(row.state), error=values.get("error") or "")
    return ImportView(**values)
