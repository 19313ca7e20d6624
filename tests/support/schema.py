"""What a database looks like, and what is in it, in a form that can be compared."""

import hashlib
from typing import Any

from sqlalchemy import Connection, inspect, text

from db import Base


def described(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, keys, indexes and checks, but Alembic's own."""
    seen = inspect(connection)
    names = [name for name in seen.get_table_names() if name != "alembic_version"]
    return {name: _table(seen, name) for name in sorted(names)}


def _table(seen: Any, name: str) -> dict[str, Any]:
    key = seen.get_pk_constraint(name)
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"], str(column["default"]))
            for column in seen.get_columns(name)
        },
        "primary key": (key["name"], key["constrained_columns"]),
        "foreign keys": _sorted(
            seen.get_foreign_keys(name), "name", "constrained_columns", "referred_table", "options"
        ),
        "unique": _sorted(seen.get_unique_constraints(name), "name", "column_names"),
        "indexes": _sorted(seen.get_indexes(name), "name", "column_names", "unique"),
        "checks": _sorted(seen.get_check_constraints(name), "name", "sqltext"),
    }


def _sorted(found: list[dict[str, Any]], *fields: str) -> list[str]:
    return sorted(str([one.get(field) for field in fields]) for one in found)


def content_hashes(connection: Connection) -> dict[str, str]:
    """A hash of the rows of each table: equal if and only if nothing was changed."""
    return {name: _hash_of(connection, name) for name in sorted(Base.metadata.tables)}


def _hash_of(connection: Connection, name: str) -> str:
    rows = sorted(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
