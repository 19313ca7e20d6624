"""Transactions: nothing is lost when two write at once, and the test of it can see the fault."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from db import db, in_batches, insert_if_new, may_write, only_read, table_of
from people.sign_in.models import Throttle
from tests.support.cast import NOW

SECONDS_TO_MEET = 0.5


@pytest.fixture
def counter(app: Flask) -> Callable[[], int]:
    """A stored number, 0 at first; the fixture reads it."""
    db.session.add(Throttle(key="counter", since=NOW, tries=0))
    db.session.commit()

    def read() -> int:
        value = db.session.scalars(select(Throttle.tries).where(Throttle.key == "counter")).one()
        db.session.commit()
        return value

    return read


def add_one(app: Flask, *, begin: Callable[[], None], lock: bool, meet: Barrier, failures: list[Exception]) -> None:
    """Read, wait until the other has read as well (or cannot), then write."""
    with app.app_context():
        begin()
        query = select(Throttle).where(Throttle.key == "counter")
        try:
            row = db.session.scalars(query.with_for_update() if lock else query).one()
            with suppress(BrokenBarrierError):  # the other waits for our lock, as it should
                meet.wait(SECONDS_TO_MEET)
            row.tries = row.tries + 1
            db.session.commit()
        except DBAPIError as failure:
            failures.append(failure)


def add_twice_at_once(app: Flask, **how: object) -> list[Exception]:
    """Two threads add one each; returns what failed."""
    failures: list[Exception] = []
    arguments = {"begin": may_write, "lock": True, "meet": Barrier(2), "failures": failures, **how}
    threads = [Thread(target=add_one, args=(app,), kwargs=arguments) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_two_who_add_at_once_both_count(app, counter):
    assert add_twice_at_once(app) == []
    assert counter() == 2


def test_the_fault_is_seen_when_planted(app, counter, database):
    """Without the immediate begin (SQLite) or the row lock (PostgreSQL) one of two is lost or fails."""
    planted = {"begin": only_read} if "sqlite" in app.config["SQLALCHEMY_DATABASE_URI"] else {"lock": False}
    failures = add_twice_at_once(app, **planted)
    assert (counter(), len(failures)) in {(1, 0), (1, 1)}


def test_many_who_add_at_once_all_count(app, counter):
    def add_many() -> None:
        with app.app_context():
            for _ in range(25):
                db.session.scalars(select(Throttle).where(Throttle.key == "counter").with_for_update()).one().tries += 1
                db.session.commit()

    threads = [Thread(target=add_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter() == 100


def test_a_row_that_is_locked_is_read_anew(app, counter):
    seen = db.session.get_one(Throttle, "counter")
    db.session.commit()
    with db.engine.begin() as other:
        other.execute(text("UPDATE throttle SET tries = 7"))
    assert seen.tries == 0
    locked = db.session.scalars(select(Throttle).where(Throttle.key == "counter").with_for_update()).one()
    assert locked is seen
    assert seen.tries == 7


def test_a_transaction_for_reading_takes_no_lock_on_writing(app, counter):
    only_read()
    db.session.scalars(select(Throttle)).all()
    with db.engine.connect() as other:  # begins for reading as well, in this context, and may then write
        other.execute(text("UPDATE throttle SET tries = 3"))
        other.commit()
    may_write()
    assert counter() == 3


def test_a_row_that_is_there_already_is_left_as_it_is(app, counter):
    insert_if_new(table_of(Throttle), {"key": "counter", "since": NOW, "tries": 5})
    insert_if_new(table_of(Throttle), {"key": "another", "since": NOW, "tries": 5})
    db.session.commit()
    assert dict(db.session.execute(select(Throttle.key, Throttle.tries)).all()) == {"counter": 0, "another": 5}


@pytest.mark.parametrize(
    "nonsense",
    [
        "INSERT INTO password_link (token_hash, employee_id, ends_at) VALUES ('x', 99, '2026-01-01')",
        "INSERT INTO team (id, name, full_name, path, parent_id) VALUES (7, 'a', 'a', '/7/', 7)",
        "INSERT INTO company_setting (name) VALUES ('a')",
        "INSERT INTO company_setting (name, value) VALUES ('a', 'b'), ('a', 'c')",
    ],
    ids=["foreign key", "check", "not null", "unique"],
)
def test_both_databases_refuse_nonsense_with_the_same_error(app, nonsense):
    with pytest.raises(IntegrityError):
        db.session.execute(text(nonsense))


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
def test_a_moment_comes_back_as_the_same_moment_in_utc(app, hours):
    written = datetime(2026, 10, 25, 1, 30, 15, 123456, tzinfo=timezone(timedelta(hours=hours)))
    db.session.add(Throttle(key="moment", since=written, tries=1))
    db.session.commit()
    db.session.expire_all()
    read = db.session.get_one(Throttle, "moment").since
    assert (read, read.tzinfo) == (written, UTC)


def test_a_moment_without_a_time_zone_is_refused(app):
    db.session.add(Throttle(key="naive", since=datetime(2026, 1, 1), tries=1))  # noqa: DTZ001 - naive on purpose
    with pytest.raises(StatementError, match="no time zone"):
        db.session.flush()


def test_rows_are_cut_into_batches():
    assert list(in_batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(in_batches([], 2)) == []
