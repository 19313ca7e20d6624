"""The two databases of the tests. Each is made once in a test process and emptied before every test."""

from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pg8000.native
from flask import Flask
from sqlalchemy import Connection, insert, select, text

from app import create_app
from db import Base, db
from tests.support.clients import HouseClient
from tests.support.postgres import Cluster

Rows = dict[str, list[dict[str, Any]]]

SECRET = "a secret for the tests alone, long enough to pass"


class TestDatabase(Protocol):
    """A database with all tables: `settings` point an application (or, as environment, a process) to it."""

    __test__: ClassVar[bool] = False  # not a class of tests, whatever its name
    settings: dict[str, str]

    @property
    def app(self) -> Flask:
        """The application bound to it."""

    def empty(self) -> None:
        """Remove every row."""

    def put_back(self, kept: Rows) -> None:
        """Remove every row and store these instead."""

    def blank(self, folder: Path) -> dict[str, str]:
        """Settings for another database beside it, without any table."""

    def close(self) -> None:
        """Leave nothing behind."""


def make_app(settings: dict[str, Any]) -> Flask:
    """An application for tests: errors are raised instead of shown, clients carry form tokens."""
    app = create_app(settings)
    app.config["PROPAGATE_ERRORS"] = True
    app.test_client_class = HouseClient
    return app


def _settings(folder: Path, address: str) -> dict[str, str]:
    return {"MODE": "testing", "SECRET_KEY": SECRET, "INSTANCE_DIR": str(folder), "DATABASE_URL": address}


class SqliteDatabase:
    """An SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.settings = _settings(folder, "")

    @cached_property
    def app(self) -> Flask:
        """The application bound to it, its tables made."""
        return _with_tables(make_app(self.settings))

    def empty(self) -> None:
        """Delete all rows; numbers begin at 1 again by themselves."""
        self.put_back({})

    def put_back(self, kept: Rows) -> None:
        """Remove every row and store these instead."""
        with self.app.app_context(), db.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys = OFF")  # works only outside a transaction
            for name in _filled_tables(connection):
                connection.execute(text(f"DELETE FROM {name}"))
            _store(connection, kept)
            connection.commit()
            driver.execute("PRAGMA foreign_keys = ON")

    def blank(self, folder: Path) -> dict[str, str]:
        """Settings for another file, in `folder`."""
        return _settings(folder, "")

    def close(self) -> None:
        """Close the connections; the folder is the caller's."""
        with self.app.app_context():
            db.engine.dispose()


class PostgresDatabase:
    """A database on a private server. It is emptied by truncating the tables that have rows."""

    def __init__(self, folder: Path) -> None:
        self._cluster = Cluster()
        self._numbers = count(1)
        self.settings = self.blank(folder)

    @cached_property
    def app(self) -> Flask:
        """The application bound to it, its tables made."""
        return _with_tables(make_app(self.settings))

    def empty(self) -> None:
        """Truncate the tables that have rows and begin their numbers at 1 again."""
        self.put_back({})

    def put_back(self, kept: Rows) -> None:
        """Remove every row and store these instead; numbers go on after theirs."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))  # a test that left a transaction open
            filled = _filled_tables(connection)
            if filled:
                connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # keys in any order
            _store(connection, kept)
            numbered = [name for name in kept if "id" in Base.metadata.tables[name].columns]
            for name in numbered:
                number = f"setval(pg_get_serial_sequence('\"{name}\"', 'id'), max(id))"
                connection.execute(text(f'SELECT {number} FROM "{name}"'))

    def blank(self, folder: Path) -> dict[str, str]:
        """Settings for another database on the same server."""
        name = f"sharpshooter_{next(self._numbers)}"
        host, _, port = self._cluster.address.rpartition("@")[2].partition(":")
        with pg8000.native.Connection("sharpshooter", host=host, port=int(port), database="postgres") as server:
            server.run(f"CREATE DATABASE {name}")
        return _settings(folder, f"{self._cluster.address}/{name}")

    def close(self) -> None:
        """Close the connections and stop the server."""
        with self.app.app_context():
            db.engine.dispose()
        self._cluster.stop()


def _with_tables(app: Flask) -> Flask:
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


def all_rows(connection: Connection) -> Rows:
    """Every row of every table that has some, to be put back later."""
    found = {name: connection.execute(select(table)).mappings() for name, table in Base.metadata.tables.items()}
    kept = {name: [dict(row) for row in rows] for name, rows in found.items()}
    return {name: rows for name, rows in kept.items() if rows}


def _store(connection: Connection, kept: Rows) -> None:
    for name, rows in kept.items():
        connection.execute(insert(Base.metadata.tables[name]), rows)


def _filled_tables(connection: Connection) -> list[str]:
    names = [f'"{table}"' for table in Base.metadata.tables]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    return list(connection.scalars(text(asked)))


KINDS = {"sqlite": SqliteDatabase, "postgresql": PostgresDatabase}
