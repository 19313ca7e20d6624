"""How the database gets to see a staging file: attached on SQLite, copied into temporary tables on PostgreSQL."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, event, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import Pool
from sqlalchemy.schema import CreateTable

from activity.staging.rows import Staging
from db import db

PUBLISHING = 7_264_017  # the number of the lock that publishing imports take turns by on PostgreSQL
COPIED_AT_ONCE = 500
CACHE_KIBIBYTES = 64 * 1024
ATTACHED = "staging attached"

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})


def expose(staging: Staging) -> None:
    """Let statements of the present transaction see the tables of `staging` by their names."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.dbapi_connection
        driver.execute("ATTACH DATABASE ? AS staging", (str(staging.path),))
        driver.execute(f"PRAGMA main.cache_size = -{CACHE_KIBIBYTES}")
        connection.info[ATTACHED] = staging
        staging.is_attached = True
        return
    for table in staging.tables:
        definition = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        temporary = definition.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)
        db.session.execute(text(f"{temporary} ON COMMIT DROP"))
        _copy(staging, table)
        db.session.execute(text(f"ANALYZE {table.name}"))


def take_turns() -> None:
    """Wait until no other import is being published; SQLite's one writer's lock does that by itself."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": PUBLISHING})


def _copy(staging: Staging, table: Table) -> None:
    driver: Any = db.session.connection().connection.dbapi_connection
    columns = ",".join(column.name for column in table.columns)
    driver.cursor().execute(f"COPY {table.name} ({columns}) FROM STDIN", stream=_lines(staging, table))


def _lines(staging: Staging, table: Table) -> Iterator[bytes]:
    """The rows as PostgreSQL's text format, many lines at a time."""
    waiting = []
    for row in staging.rows_of(table):
        waiting.append("\t".join(map(_cell, row)))
        if len(waiting) == COPIED_AT_ONCE:
            yield ("\n".join(waiting) + "\n").encode()
            waiting = []
    if waiting:
        yield ("\n".join(waiting) + "\n").encode()


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


@event.listens_for(Pool, "checkin")
def _detach(driver: Any, record: Any) -> None:
    """A connection goes back to the pool, its transaction over: what was attached goes, and the cache shrinks."""
    staging = record.info.pop(ATTACHED, None)
    if staging is not None:
        if driver is not None:
            driver.execute("DETACH DATABASE staging")
            driver.execute("PRAGMA main.cache_size = -2000")
        staging.detached()
