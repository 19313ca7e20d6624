"""A job's life: enqueued with its data, held by one worker at a time, tried again, given up."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db import db
from jobs import operations, registry
from jobs.models import Job, JobState
from jobs.operations import LeaseLostError
from jobs.registry import CannotSucceedError
from tests.support.cast import NOW

LEASE = timedelta(seconds=60)


def enqueue(kind="test.add", at=NOW, **more):
    job = operations.enqueue(kind, {"number": 1}, actor_id=None, at=at, **more)
    db.session.commit()
    return job.id


def claim(worker="one", at=NOW, **more):
    held = operations.claim(worker, at=at, lease=LEASE, **more)
    db.session.commit()
    return held


def test_a_job_whose_transaction_rolls_back_never_was(app):
    operations.enqueue("test.add", {}, actor_id=None, at=NOW)
    db.session.rollback()
    assert claim() is None
    assert db.session.scalars(select(Job)).all() == []


def test_a_job_of_an_unknown_kind_is_refused_at_once(app):
    with pytest.raises(CannotSucceedError, match=r"test\.unknown"):
        operations.enqueue("test.unknown", {}, actor_id=None, at=NOW)


def test_jobs_come_in_the_order_in_which_they_were_due(app):
    later, first, second = enqueue(at=NOW + timedelta(hours=1)), enqueue(), enqueue()
    assert [claim().job_id, claim().job_id, claim()] == [first, second, None]
    assert claim(at=NOW + timedelta(hours=2), worker="two").job_id in {first, second, later}


def test_a_job_is_held_by_one_worker(app, reread):
    job_id = enqueue()
    held = claim("one")
    assert (held.job_id, held.payload, held.tries) == (job_id, {"number": 1}, 1)
    assert claim("two", at=NOW + LEASE) is None
    assert reread(job_id).state == JobState.RUNNING


def test_a_job_of_a_silent_worker_goes_to_another_and_the_first_can_no_longer_finish_it(app, reread):
    job_id = enqueue()
    first = claim("one")
    late = NOW + LEASE + timedelta(seconds=1)
    second = claim("two", at=late)
    assert (second.job_id, second.tries) == (job_id, 2)
    for attempt in (
        lambda: operations.finish(first, at=late, done=1, total=1, message=""),
        lambda: operations.fail(first, error="", at=late, for_good=True),
        lambda: operations.extend(first, at=late, lease=LEASE),
        lambda: operations.save_checkpoint(first, {}, at=late, lease=LEASE),
        lambda: operations.release(first, at=late),
    ):
        with pytest.raises(LeaseLostError):
            attempt()
        db.session.rollback()
    operations.finish(second, at=late, done=3, total=3, message="three rows")
    db.session.commit()
    job = reread(job_id)
    assert (job.state, job.done, job.total, job.message, job.lease_until) == (JobState.DONE, 3, 3, "three rows", None)


def test_the_same_worker_in_its_next_try_cannot_finish_the_try_before(app):
    enqueue()
    first = claim("one")
    claim("one", at=NOW + 2 * LEASE)
    with pytest.raises(LeaseLostError):
        operations.finish(first, at=NOW, done=0, total=0, message="")


def test_a_lease_can_be_extended(app):
    enqueue()
    operations.extend(claim("one"), at=NOW + LEASE, lease=LEASE)
    db.session.commit()
    assert claim("two", at=NOW + LEASE + timedelta(seconds=1)) is None
    assert claim("two", at=NOW + 2 * LEASE + timedelta(seconds=1)) is not None


def test_each_try_waits_twice_as_long_as_the_one_before_and_the_last_gives_up(app, reread):
    job_id, at, waits = enqueue(), NOW, []
    while (held := claim(at=at)) is not None:
        operations.fail(held, error="no luck", at=at, for_good=False)
        db.session.commit()
        job = reread(job_id)
        waits.append((job.run_after - at).total_seconds())
        at = job.run_after
    assert waits[:4] == [10, 20, 40, 80]
    assert (job.state, job.tries, job.error) == (JobState.DEAD, 5, "no luck")


def test_the_wait_has_an_end(app, reread):
    job_id = enqueue(most_tries=100)
    for step in range(14):
        held = claim(at=NOW + timedelta(days=step))
        operations.fail(held, error="", at=NOW + timedelta(days=step), for_good=False)
        db.session.commit()
    assert reread(job_id).run_after == NOW + timedelta(days=13, hours=1)


def test_a_failure_for_good_is_not_tried_again(app, reread):
    job_id = enqueue()
    operations.fail(claim(), error="Line 3 has no name.", at=NOW, for_good=True)
    db.session.commit()
    assert reread(job_id).state == JobState.DEAD
    assert claim(at=NOW + timedelta(days=30)) is None


def test_a_job_that_kills_each_of_its_workers_is_given_up(app, reread):
    job_id, at = enqueue(), NOW
    for _ in range(5):
        assert claim(at=at) is not None
        at += 2 * LEASE
    assert claim(at=at) is None
    job = reread(job_id)
    assert (job.state, job.error) == (JobState.DEAD, "The worker died each time it tried this job.")


def test_a_job_given_up_hides_none_behind_it(app):
    enqueue(most_tries=1)
    claim()
    second = enqueue(at=NOW + timedelta(minutes=1))
    assert claim(at=NOW + timedelta(minutes=5)).job_id == second


def test_a_job_given_back_loses_no_try(app, reread):
    job_id = enqueue()
    operations.release(claim(), at=NOW)
    db.session.commit()
    assert (reread(job_id).state, reread(job_id).tries) == (JobState.WAITING, 0)
    assert claim("two").tries == 1


def test_a_dead_job_can_be_put_in_line_again_and_others_cannot(app, reread):
    job_id = enqueue()
    for state in (JobState.WAITING, JobState.RUNNING):
        with pytest.raises(ValueError, match=f"is {state}"):
            operations.retry(reread(job_id), at=NOW)
        held = claim() or held  # noqa: F821 - the first round claims it
    operations.fail(held, error="no", at=NOW, for_good=True)
    db.session.commit()
    operations.retry(reread(job_id), at=NOW)
    db.session.commit()
    assert (reread(job_id).state, reread(job_id).tries, reread(job_id).error) == (JobState.WAITING, 0, "")


def test_a_periodic_job_comes_once_in_its_period_whoever_asks(app):
    registry.job("test.daily", title="A daily job", every=timedelta(days=1))(lambda payload, progress: None)
    for at in (NOW, NOW, NOW + timedelta(hours=3), NOW + timedelta(days=1)):
        operations.enqueue_periodic(at)
        db.session.commit()
    assert [job.kind for job in db.session.scalars(select(Job).where(Job.kind == "test.daily"))] == ["test.daily"] * 2


@pytest.mark.parametrize(
    "nonsense", [{"state": "asleep"}, {"tries": 6}, {"state": "running"}, {"done": -1}, {"lease_until": NOW}], ids=str
)
def test_the_database_refuses_nonsense(app, reread, nonsense):
    job = reread(enqueue())
    for name, value in nonsense.items():
        setattr(job, name, value)
    with pytest.raises(IntegrityError):
        db.session.flush()
