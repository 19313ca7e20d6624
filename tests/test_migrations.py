"""Migrations: up, down and up again with data, on both databases, and they say the same as the models."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import Base, db
from tests.support.cast import make_cast
from tests.support.databases import make_app
from tests.support.schema import content_hashes, described

CURE = "models and migrations differ: run `make migration`"


def look(what):
    """Read something through a connection of its own."""
    with db.engine.connect() as connection:
        return what(connection)


@pytest.fixture
def blank(database, tmp_path):
    """The application on a database without tables, in a context."""
    app = make_app(database.blank(tmp_path))
    with app.app_context():
        yield app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def from_models(database):
    """What the tables look like that are made from the models."""
    with database.app.app_context():
        return look(described)


def revisions():
    """All revisions, the newest first."""
    return [script.revision for script in ScriptDirectory("migrations").walk_revisions()]


def test_what_migrations_make_is_what_the_models_say(from_models, blank):
    flask_migrate.upgrade()
    assert look(described) == from_models, CURE


def test_nothing_is_left_to_migrate(blank):
    flask_migrate.upgrade()
    context = {"compare_type": True, "render_as_batch": True}
    found = look(
        lambda connection: compare_metadata(MigrationContext.configure(connection, opts=context), Base.metadata)
    )
    assert found == [], CURE


def test_up_down_and_up_again_with_data_at_every_step(blank):
    flask_migrate.upgrade()
    make_cast()
    for newer, older in zip(revisions(), [*revisions()[1:], "base"], strict=True):
        before = look(described)
        flask_migrate.downgrade(revision=older)
        flask_migrate.upgrade(revision=newer)
        assert look(described) == before
        flask_migrate.downgrade(revision=older)
    assert look(described) == {}
    flask_migrate.upgrade()
    make_cast()


def test_migrating_again_changes_nothing(blank):
    flask_migrate.upgrade()
    make_cast()
    before = look(content_hashes)
    flask_migrate.upgrade()
    assert look(content_hashes) == before


def test_foreign_keys_hold_again_after_migrating(blank):
    flask_migrate.upgrade()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.connection.dbapi_connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
