"""Fixtures that every test may use. See tests/support for what is behind them.

A test that asks for `app` (or anything made from it) runs once on SQLite and once on PostgreSQL, on an empty database,
inside an application context. A test that asks for a browser runs on SQLite alone: the pages are the same.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from db import db
from tests.support import browsing
from tests.support.cast import Cast, Person, make_cast
from tests.support.clients import HouseClient, HouseRunner, session_cookie
from tests.support.databases import KINDS, TestDatabase
from tests.support.serving import serving
from tests.support.statements import Statements, counted
from training.certificates.allowance import questions

# No test depends on the time it takes. Where changes are judged, the same examples are drawn each time: what a change
# did not touch does not fail by chance there. Everywhere else they are drawn anew, and so they find more.
settings.register_profile("anew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("anew"), derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "anew")

BROWSER_FIXTURES = {"browser", "page", "open_page"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches the database on both, and what walks in the browser on one."""
    if "database" in metafunc.fixturenames:
        in_browser = BROWSER_FIXTURES & set(metafunc.fixturenames)
        alone = in_browser or metafunc.definition.get_closest_marker("one_database")
        metafunc.parametrize("database", ["sqlite"] if alone else list(KINDS), indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that walk in the browser, so that `-m "not browser"` leaves them out."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], TestDatabase]]:
    """The databases of this test process, each made when it is first asked for."""
    made: dict[str, TestDatabase] = {}

    def database_of(kind: str) -> TestDatabase:
        if kind not in made:
            made[kind] = KINDS[kind](tmp_path_factory.mktemp(kind))
        return made[kind]

    yield database_of
    for database in made.values():
        database.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: Callable[[str], TestDatabase]) -> TestDatabase:
    """The database of this test, empty."""
    database = databases(request.param)
    database.empty()
    return database


@pytest.fixture
def app(database: TestDatabase) -> Iterator[Flask]:
    """The application on an empty database, in an application context, so that `db.session` can be used at once."""
    app = database.app
    kept = dict(app.config)
    with app.app_context():
        yield app
        db.session.rollback()
    app.config.clear()
    app.config.update(kept)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    """What visitors ask is counted in the process: a test begins without what earlier ones asked."""
    questions.forget()


@pytest.fixture
def client(app: Flask) -> HouseClient:
    """A client that nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def cli(app: Flask) -> HouseRunner:
    """Runs commands: `cli.invoke(args=["jobs", "list"])`; `.output`, `.exit_code`."""
    return HouseRunner(app)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The fixed cast, stored. Ask for it before anything that needs people."""
    return make_cast()


@pytest.fixture
def sign_in(app: Flask, request: pytest.FixtureRequest) -> Callable[[Any, Person], Any]:
    """`sign_in(client, person)` or `sign_in(page, person)`: sign somebody in cheaply; returns the client or page."""

    def into(visitor: Any, person: Person) -> Any:
        name, value = app.config["SESSION_COOKIE_NAME"], session_cookie(app, person.id)
        if isinstance(visitor, Page):
            address = request.getfixturevalue("live_server")
            visitor.context.add_cookies([{"name": name, "value": value, "url": address}])
        else:
            visitor.set_cookie(name, value)
        return visitor

    return into


@pytest.fixture
def client_of(app: Flask, sign_in: Callable[[Any, Person], Any]) -> Callable[[Person], HouseClient]:
    """`client_of(cast.ben)`: a new client with this person signed in."""
    return lambda person: sign_in(app.test_client(), person)


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[Statements]]:
    """`with statements() as sent:` collects SQL statements; `assert len(sent) <= 12, str(sent)`."""
    return partial(counted, db.engine)


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of a real server on the test's database. Commit before somebody asks it."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The real browser, started once in a test process."""
    with browsing.running_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """`open_page()`, `open_page(script=False)`: a page of a new visitor; `page.goto("/sign-in")`."""
    opened: list[Page] = []

    def open_one(*, script: bool = True) -> Page:
        opened.append(browsing.open_page(browser, live_server, script=script))
        return opened[-1]

    yield open_one
    for page in opened:
        page.context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One page of a visitor with script."""
    return open_page()


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """`check_page(page)`: axe, console, other hosts and sideways scrolling, in light and dark, wide and narrow."""
    return browsing.check_page


@pytest.fixture
def shot() -> Callable[[Page, str], list[Path]]:
    """`shot(page, "portal")`: pictures in build/shots, in light and dark, wide and narrow."""
    return browsing.shot
