"""One demo company and one telling of its story for the tests; neither is changed, so each is made once."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from db import db
from samples.company.company import generate
from samples.company.records import Company
from samples.load import load_if_empty
from tests.support.databases import SqliteDatabase
from tests.support.told_story import STORY_NOW, NoBar, make_once

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def company() -> Company:
    return generate(seed=7, today=TODAY)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application in which the whole story has been told; its tests belong to the xdist group "story"."""
    database = SqliteDatabase(tmp_path_factory.mktemp("story"))
    load_if_empty(database.app, None, NoBar, now=STORY_NOW, make=make_once)
    yield database.app
    database.close()


@pytest.fixture
def story(told: Flask) -> Iterator[Flask]:
    """The same, open for one test, which changes nothing."""
    with told.app_context():
        yield told
        db.session.rollback()
