"""How migrations run: in the application's database, all of them in one transaction, on both dialects.

SQLite changes a table by copying it into a new one (Alembic's batch mode). Foreign keys are therefore not watched while
migrations run, and all of them are checked before the transaction ends.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from db import Base, Moment


def render_item(kind: str, item: object, autogenerating: AutogenContext) -> str | Literal[False]:
    """Write our moment as the plain type it is in the database, so that no migration imports the program."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def migrate(connection: Connection) -> None:
    """Run what is asked for on this connection."""
    is_sqlite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.dbapi_connection
    if is_sqlite:
        driver.execute("PRAGMA foreign_keys = OFF")  # works only before the transaction begins
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        broken = driver.execute("PRAGMA foreign_key_check").fetchall() if is_sqlite else []
        if broken:
            raise RuntimeError(f"The migration would break foreign keys: {broken[:5]}")
    if is_sqlite:
        driver.execute("PRAGMA foreign_keys = ON")


engine = current_app.extensions["migrate"].db.engine
with engine.connect() as connection:
    migrate(connection)
