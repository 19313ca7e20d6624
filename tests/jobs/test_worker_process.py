"""Real worker processes, killed in the middle of a job: nothing is lost and no effect is repeated."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import db, utcnow
from jobs import operations
from jobs.models import JobState

ROOT = Path(__file__).parents[2]
SECONDS = 60


@pytest.fixture
def folder(app):
    """The instance folder, without the files by which test and job meet."""
    folder = Path(app.config["INSTANCE_DIR"])
    for name in ("begun", "go"):
        (folder / name).unlink(missing_ok=True)
    return folder


@pytest.fixture
def start(database):
    """Starts real workers; those still running at the end are killed."""
    started = []

    def one():
        settings = {**os.environ, **database.settings, "JOB_LEASE_SECONDS": "2"}
        command = [sys.executable, "-W", "error", "-m", "tests.support.jobs"]
        worker = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        started.append(worker)
        return worker

    yield one
    for worker in started:
        worker.kill()
        worker.communicate()


def enqueue(kind):
    job = operations.enqueue(kind, {}, actor_id=None, at=utcnow())
    db.session.commit()
    return job.id


def wait_until(reached, worker):
    """Wait until `reached()`, unless the worker ends, or it takes too long."""
    ends = time.monotonic() + SECONDS
    while not reached():
        assert worker.poll() is None, worker.stdout.read().decode()
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)


def kill_midway(start, folder):
    worker = start()
    wait_until((folder / "begun").exists, worker)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    (folder / "go").touch()


def finish(start, reread, job_id):
    worker = start()
    wait_until(lambda: reread(job_id).state == JobState.DONE, worker)


def test_a_job_whose_worker_is_killed_is_done_by_another_once(folder, start, effect, reread):
    job_id = enqueue("test.meets")
    kill_midway(start, folder)
    assert (effect(), reread(job_id).state) == (0, JobState.RUNNING)
    finish(start, reread, job_id)
    assert (effect(), reread(job_id).tries) == (1, 2)


def test_the_fault_is_seen_when_planted(folder, start, effect, reread):
    """A job that commits its effect before its "done" repeats it: the test above would see that."""
    job_id = enqueue("test.commits_itself")
    kill_midway(start, folder)
    finish(start, reread, job_id)
    assert effect() == 2


def test_a_job_in_parts_repeats_none_that_was_saved(folder, start, effect, reread):
    job_id = enqueue("test.in_parts")
    kill_midway(start, folder)
    assert (effect(), reread(job_id).checkpoint) == (2, {"parts": 2})
    finish(start, reread, job_id)
    assert effect() == 4


def test_two_workers_share_the_jobs_and_do_each_once(folder, start, effect, reread):
    job_ids = [enqueue("test.add") for _ in range(30)]
    workers = [start(), start()]
    wait_until(lambda: all(reread(job_id).state == JobState.DONE for job_id in job_ids), workers[0])
    assert effect() == 30
    assert {reread(job_id).tries for job_id in job_ids} == {1}


def test_a_worker_that_is_asked_to_stop_gives_its_job_back_and_ends_well(folder, start, effect, reread):
    job_id, worker = enqueue("test.meets"), start()
    wait_until((folder / "begun").exists, worker)
    worker.terminate()
    assert worker.wait(SECONDS) == 0
    assert (effect(), reread(job_id).state, reread(job_id).tries) == (0, JobState.WAITING, 0)


def test_a_job_that_runs_longer_than_its_lease_is_kept_by_its_heartbeat(folder, start, effect, reread):
    job_id, worker = enqueue("test.meets"), start()
    wait_until((folder / "begun").exists, worker)
    second = start()
    began = time.monotonic()
    wait_until(lambda: time.monotonic() > began + 4, second)
    (folder / "go").touch()
    wait_until(lambda: reread(job_id).state == JobState.DONE, worker)
    assert (effect(), reread(job_id).tries) == (1, 1)
