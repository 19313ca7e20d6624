"""Every month's rows, read from the database once and kept in the instance folder while they stay as they are.

A file is named by its month and mark (`month_query`): a month that was added to or corrected has another mark and is
read again, and the old file goes. Losing a file loses nothing. What is kept is what the score reads: numbers of people,
moments, kinds and links, no text and no name of a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from champions.runs import array_files, month_query
from champions.runs.month_rows import EventRows, OutcomeRows, marked, together

FOLDER = "months"
ROWS = "rows"


@dataclass(frozen=True)
class Sort:
    """One sort of rows: how it is called in file names, marked, and read."""

    name: str
    rows: type
    marks: Callable[[datetime], Mapping[str, str]]
    read: Callable[[str, datetime], Any]


EVENTS = Sort("events", EventRows, month_query.marks_of_events, month_query.read_events)
OUTCOMES = Sort("outcomes", OutcomeRows, month_query.marks_of_outcomes, month_query.read_outcomes)


def event_rows(instance: Path, as_of: datetime, window_from: datetime) -> EventRows:
    """All events in [window_from, as_of), whoever they are about."""
    rows: EventRows = _rows(EVENTS, instance, as_of, window_from)
    return rows


def outcome_rows(instance: Path, as_of: datetime, window_from: datetime) -> OutcomeRows:
    """All credited outcomes in [window_from, as_of)."""
    rows: OutcomeRows = _rows(OUTCOMES, instance, as_of, window_from)
    return rows


def _rows(sort: Sort, instance: Path, as_of: datetime, window_from: datetime) -> Any:
    folder = instance / FOLDER
    marks = sort.marks(as_of)
    parts = []
    for month, mark in sorted(marks.items()):
        if month_query.after(month) > window_from:
            parts.append(_month(sort, folder, month, mark, as_of))
    _tidy(folder, sort, marks)
    rows = together(parts or [sort.read(f"{window_from:%Y-%m}", window_from)])
    inside = (rows.at >= window_from.timestamp()) & (rows.at < as_of.timestamp())
    return rows if inside.all() else marked(rows, inside)


def _month(sort: Sort, folder: Path, month: str, mark: str, as_of: datetime) -> Any:
    path = folder / f"{sort.name}-{month}-{mark}.npz"
    tables = array_files.read(path, {ROWS: sort.rows})
    if tables is not None:
        return tables[ROWS]
    rows = sort.read(month, as_of)
    array_files.write(path, {ROWS: rows})
    return rows


def _tidy(folder: Path, sort: Sort, marks: Mapping[str, str]) -> None:
    """Remove files of months that have changed since."""
    wanted = {f"{sort.name}-{month}-{mark}.npz" for month, mark in marks.items()}
    latest = max(marks, default="")
    for path in folder.glob(f"{sort.name}-*.npz"):
        month = "-".join(path.stem.split("-")[1:3])
        if path.name not in wanted and month <= latest:
            path.unlink(missing_ok=True)
