"""The two databases of the tests. Each is made once in a test process and emptied before every test."""

import shutil
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import pg8000.native
from flask import Flask
from sqlalchemy import text

from app import create_app
from db import Base, db
from tests.support.clients import HouseClient
from tests.support.postgres import Cluster

SECRET = "a secret for the tests alone, long enough to pass"


class TestDatabase(Protocol):
    """A database with all tables: `settings` point an application (or, as environment, a process) to it."""

    __test__ = False
    settings: dict[str, str]

    @property
    def app(self) -> Flask:
        """The application bound to it."""

    def empty(self) -> None:
        """Remove every row."""

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
    """An SQLite file. It is emptied by copying a file that has the tables and no rows over it."""

    def __init__(self, folder: Path) -> None:
        self.settings = _settings(folder, "")
        self._file, self._template = folder / "sharpshooter.db", folder / "template.db"

    @cached_property
    def app(self) -> Flask:
        """The application bound to it, its tables made."""
        app = make_app(self.settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            db.engine.dispose()  # the last connection writes the log back into the file
        shutil.copyfile(self._file, self._template)
        return app

    def empty(self) -> None:
        """Put the empty file in place; connections to the old one are closed."""
        with self.app.app_context():
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._template, self._file)

    def close(self) -> None:
        """Close the connections; the folder is the caller's."""
        with self.app.app_context():
            db.engine.dispose()


class PostgresDatabase:
    """A database on a private server. It is emptied by truncating the tables that have rows."""

    def __init__(self, folder: Path) -> None:
        self._cluster = Cluster()
        self.settings = _settings(folder, f"{self._cluster.address}/sharpshooter")
        host, _, port = self._cluster.address.rpartition("@")[2].partition(":")
        with pg8000.native.Connection("sharpshooter", host=host, port=int(port), database="postgres") as server:
            server.run("CREATE DATABASE sharpshooter")

    @cached_property
    def app(self) -> Flask:
        """The application bound to it, its tables made."""
        app = make_app(self.settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
        return app

    def empty(self) -> None:
        """Truncate the tables that have rows and begin their numbers at 1 again."""
        names = [f'"{table.name}"' for table in Base.metadata.sorted_tables]
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))  # a test that left a transaction open
            filled = connection.scalars(text(asked)).all()
            if filled:
                connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))

    def close(self) -> None:
        """Close the connections and stop the server."""
        with self.app.app_context():
            db.engine.dispose()
        self._cluster.stop()


KINDS = {"sqlite": SqliteDatabase, "postgresql": PostgresDatabase}
