"""A staging file: the checked rows of one import in a private SQLite file, so that memory does not grow with the file.

Nothing in it is part of the data. A killed import leaves at most such a file behind, which the next try deletes.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

CACHE_KIBIBYTES = 16 * 1024
ASKED_AT_ONCE = 500
FETCHED_AT_ONCE = 5000


class Staging:
    """The staging file of one try to import one upload. Use `with`: it is deleted at the end.

    Close it with `finish` before the database reads it. While `is_attached` a transaction may need it, and it is
    deleted once that has ended.
    """

    def __init__(self, upload: Path, tables: Sequence[Table]) -> None:
        remove_leftovers(upload)
        self.path = upload.with_name(f"{upload.name}.{secrets.token_hex(4)}.staging")
        self.tables = tables
        self.is_attached = False
        self._is_over = False
        self._connection = sqlite3.connect(self.path, isolation_level=None)
        for pragma in (f"cache_size = -{CACHE_KIBIBYTES}", "journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {pragma}")
        for table in tables:
            self._connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        self._connection.execute("BEGIN")

    def add(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert `rows`, passing over those whose key is there, and return how many were inserted."""
        before = self._connection.total_changes
        marks = ",".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT OR IGNORE INTO {table.name} ({','.join(columns)}) VALUES ({marks})",  # noqa: S608 (our own names)
            rows,
        )
        return self._connection.total_changes - before

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a select, some thousand at a time."""
        cursor = self._connection.execute(sql, values)
        while rows := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from rows

    def lookup(self, sql: str, asked: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `sql`, which ends in `IN`, for many values."""
        for start in range(0, len(asked), ASKED_AT_ONCE):
            part = asked[start : start + ASKED_AT_ONCE]
            yield from self._connection.execute(f"{sql} ({','.join('?' * len(part))})", part)

    def finish(self) -> None:
        """Write everything down and let the database read the file."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def rows_of(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Yield all rows of a finished table."""
        with_columns = ",".join(column.name for column in table.columns)
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            cursor = connection.execute(f"SELECT {with_columns} FROM {table.name}")  # noqa: S608 (our own names)
            while rows := cursor.fetchmany(FETCHED_AT_ONCE):
                yield from rows
        finally:
            connection.close()

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()
        self._is_over = True
        if not self.is_attached:
            self._delete()

    def detached(self) -> None:
        """The transaction that read the file has ended."""
        self.is_attached = False
        if self._is_over:
            self._delete()

    def _delete(self) -> None:
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            path.unlink(missing_ok=True)


def remove_leftovers(upload: Path) -> None:
    """Delete the staging files of tries that were killed."""
    for leftover in upload.parent.glob(f"{upload.name}.*.staging*"):
        with suppress(OSError):
            leftover.unlink()
