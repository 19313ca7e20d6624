"""What the tests of access share: the world, made once in a test process and put back before each test."""

from dataclasses import dataclass

import pytest
from flask import Flask

from db import db
from tests.access.world import World, make_world
from tests.support.clients import HouseClient, session_cookie
from tests.support.databases import Rows, TestDatabase, all_rows
from tests.support.schema import content_hashes


@dataclass(frozen=True)
class Stage:
    """The application in front of the world: visitors by name, the rows as they are, and as they were."""

    app: Flask
    database: TestDatabase
    world: World
    rows: Rows
    people: dict[str, int]

    def visitor(self, name: str) -> HouseClient:
        """A client of somebody in the cast by name, or of nobody."""
        client = self.app.test_client()
        if name != "nobody":
            client.set_cookie("session", session_cookie(self.app, self.people[name]))
        return client

    def hashes(self) -> dict[str, str]:
        """A hash of the rows of each table."""
        db.session.commit()
        with db.engine.connect() as connection:
            return content_hashes(connection)

    def put_back(self) -> None:
        """Make everything as it was."""
        db.session.commit()
        self.database.put_back(self.rows)


@pytest.fixture(scope="session")
def stages() -> dict[str, Stage]:
    """The stage of each database."""
    return {}


@pytest.fixture
def stage(app: Flask, database: TestDatabase, stages: dict[str, Stage]) -> Stage:
    """The world, stored anew."""
    kind = type(database).__name__
    if kind not in stages:
        world = make_world()
        with db.engine.connect() as connection:
            rows = all_rows(connection)
        people = {str(row["email"]).partition("@")[0]: int(row["id"]) for row in rows["employee"]}
        stages[kind] = Stage(app, database, world, rows, people)
    stages[kind].put_back()
    return stages[kind]
