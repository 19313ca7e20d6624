"""What the tests of jobs share: kinds of jobs that exist only here, and one number as their effect."""

import pytest
from sqlalchemy import select

from db import db, utcnow
from jobs import registry
from jobs.models import Job
from jobs.registry import CannotSucceedError
from people.sign_in.models import Throttle
from tests.support.jobs import add_one, register_test_jobs


@pytest.fixture(autouse=True)
def test_kinds():
    """Kinds of jobs for the tests alone."""
    kept = dict(registry._kinds)
    register_test_jobs()

    @registry.job("test.fails", title="A job that fails", most_tries=3)
    def fail(payload, progress):
        add_one()
        raise RuntimeError("the moon is in the way")

    @registry.job("test.hopeless", title="A hopeless job")
    def hopeless(payload, progress):
        add_one()
        raise CannotSucceedError("Line 3 has no name: add one and import the file again.")

    yield
    registry._kinds.clear()
    registry._kinds.update(kept)


@pytest.fixture
def effect(app):
    """Reads how often the effect of a job has happened."""
    db.session.add(Throttle(key="effect", since=utcnow(), tries=0))
    db.session.commit()

    def read():
        number = db.session.scalars(select(Throttle.tries).where(Throttle.key == "effect")).one()
        db.session.commit()
        return number

    return read


@pytest.fixture
def reread(app):
    """Reads a job anew."""

    def read(job_id):
        db.session.rollback()
        db.session.expire_all()
        row = db.session.get_one(Job, job_id)
        db.session.commit()
        return row

    return read
