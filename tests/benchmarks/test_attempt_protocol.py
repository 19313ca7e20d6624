"""The attempt protocol in short: a real server, killed while learners answer; and planted faults that must be seen."""

import pytest

from benchmarks.attempts.faults import Fault
from benchmarks.attempts.run import Size, run
from benchmarks.attempts.server import Parent, Server
from db import db, table_of
from tests.support.ports import free_port
from training.enrolment_models import Grading

SEEN_AS = {
    Fault.NO_LOCK: {"answered with an error", "graded otherwise than answered"},
    Fault.NO_CONSTRAINT: {"the tables take a second grading"},
    Fault.NEITHER: {"graded twice", "answered with an error"},
    Fault.EARLY: {"acknowledged answer lost"},
}


@pytest.fixture(scope="module")
def parent():
    parent = Parent()
    yield parent
    parent.close()


@pytest.fixture
def protocol(database, app, parent):
    """Runs the protocol on the test's database and mends what a fault broke."""
    db.session.rollback()

    def on(size, fault=None):
        server = Server(database.settings, free_port(), fault or "")
        return run(app, parent, server, size, seed=1, fault=fault)

    yield on
    table_of(Grading).drop(db.engine)
    table_of(Grading).create(db.engine)


def test_nothing_is_lost_and_nothing_is_graded_twice_however_often_the_server_is_killed(protocol):
    size = Size(learners=5, attempts=2, kills=3)
    result = protocol(size)
    assert result.verdict.faults == {}, result.verdict.cases
    assert len(result.log.finished) == size.learners * size.attempts
    assert len(result.log.saved) >= size.answers


@pytest.mark.parametrize("fault", Fault)
def test_a_planted_fault_is_seen(protocol, fault):
    result = protocol(Size(learners=4, attempts=2, kills=1 if fault is Fault.EARLY else 0), fault)
    assert SEEN_AS[fault] & set(result.verdict.faults), result.verdict
