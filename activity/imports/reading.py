"""A file opened with a mapping, and what is noticed while its rows go into a staging file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from sqlalchemy import Table as StagedTable

from activity.formats.mapping import ColumnMapping
from activity.formats.reader import Table, open_table
from activity.formats.rejected import Rejected
from activity.imports.rejections import Rejections
from activity.staging.rows import Staging

ID_TWICE = "The id stands in the file twice"


class UnreadableError(Exception):
    """The file cannot be read at all, or not with this mapping. The message says where, why and what to do."""


@dataclass
class Reading:
    """One file being read. `rows` counts those read so far, `repeated` those that said the same as an earlier one.

    `blanks` counts rows without a word on a field; `unknown_targets` those that reach somebody who is not known.
    """

    table: Table
    mapping: ColumnMapping
    size: int
    tell: Callable[[int, int], None]
    rejections: Rejections = field(default_factory=Rejections)
    rows: int = 0
    repeated: int = 0
    unknown_targets: int = 0
    blanks: dict[str, int] = field(default_factory=dict)

    def tell_progress(self, rows: int) -> None:
        """Say that `rows` more were read; how many there are in all is estimated from the bytes."""
        self.rows += rows
        share = self.table.bytes_read / self.size if self.size else 1.0
        self.tell(self.rows, max(self.rows, round(self.rows / share) if share else 0))

    def column_of(self, name: str) -> str:
        """The column of the file that is read as this field, for a report."""
        return self.mapping.columns.get(name, name)

    def person_field(self, who: str) -> str:
        """The field that names `who` ("person" or "target_person")."""
        by_id, by_email = f"{who}_id", f"{who}_email"
        return by_id if self.mapping.is_read(by_id) or not self.mapping.is_read(by_email) else by_email

    def note_blanks(self, name: str, number: int) -> None:
        """Count rows in which a field that is read is empty."""
        if number and self.mapping.is_read(name):
            self.blanks[name] = self.blanks.get(name, 0) + number


def open_reading(
    stream: BinaryIO, mapping: ColumnMapping, size: int, tell: Callable[[int, int], None] = lambda done, total: None
) -> Reading:
    """Open a file of `size` bytes to be read with `mapping`. Raises UnreadableError."""
    table = open_table(stream, wanted=[name for name in mapping.columns.values() if name])
    if table.refused:
        raise UnreadableError(said(table.refused))
    problems = mapping.problems(table.columns)
    if problems:
        raise UnreadableError(" ".join(f"{problem.text} {problem.cure}" for problem in problems))
    return Reading(table, mapping, size, tell)


def said(rejected: Rejected) -> str:
    """A rejection of a whole file as a sentence."""
    return f"Line {rejected.line}: {rejected.reason}. {rejected.cure}"


def stage_rows(
    staging: Staging, table: StagedTable, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Stage `rows`, which begin with their line in rising order; return those whose key was there already."""
    if not rows or staging.add(table, columns, rows) == len(rows):
        return []
    sql = f"SELECT line FROM {table.name} WHERE line BETWEEN ? AND ?"  # noqa: S608 (our own names)
    taken = {line for (line,) in staging.query(sql, (rows[0][0], rows[-1][0]))}
    return [row for row in rows if row[0] not in taken]
