"""Imports survive kill -9, repetition and each other: the tables are those of one clean import."""

import os
import signal
import subprocess
import sys
import time
from contextvars import copy_context
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from activity.formats.fields import FileKind
from activity.imports import uploads
from activity.imports.folder_import import import_file
from activity.imports.operations import register, start
from activity.models import ActivityEvent, Import, ImportState, Outcome, OutcomeCredit
from db import db, utcnow
from jobs.models import Job, JobState
from jobs.running import run_waiting

ROOT = Path(__file__).parents[3]
SECONDS = 90
ROWS = 20_000


@pytest.fixture
def many(event, cast):
    people = (cast.ben, cast.amara, cast.otto, cast.carla)
    return [
        event(f"a{number}", who=people[number % 4], at=f"2026-01-{number % 28 + 1:02d}T10:00:{number % 60:02d}")
        for number in range(ROWS)
    ]


@pytest.fixture
def begin_worker(database):
    """Starts real workers; those still running at the end are killed."""
    begun = []

    def one():
        settings = {**os.environ, **database.settings, "JOB_LEASE_SECONDS": "1"}
        command = [sys.executable, "-W", "error", "-m", "flask", "--app", "app", "jobs", "work"]
        worker = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        begun.append(worker)
        return worker

    yield one
    for worker in begun:
        worker.kill()
        worker.communicate()


def hand_in(importing, kind, rows):
    """Put an import in line, as the page does."""
    with importing.file(kind, rows).open("rb") as stream:
        stored = uploads.store(stream)
    row = register(FileKind(kind), "forum", stored, f"{kind}.csv", actor_id=None, at=utcnow())
    start(row, dry_run=False, actor_id=None, at=utcnow())
    db.session.commit()
    return row.id


def state_of(import_id):
    query = db.select(Import.state, Job.state, Job.tries).join(Job, Job.id == Import.job_id)
    found = db.session.execute(query.where(Import.id == import_id)).one()
    db.session.rollback()
    return tuple(found)


def wait_until(reached, worker):
    ends = time.monotonic() + SECONDS
    while not reached():
        assert worker.poll() is None, worker.stdout.read().decode()
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.01)


def staging_files():
    return set(uploads.folder().glob("*.staging"))


def forget(*models):
    for model in models:
        db.session.execute(db.delete(model))
    db.session.commit()


def number_of(model):
    found = db.session.scalar(db.select(db.func.count()).select_from(model))
    db.session.rollback()
    return found


def test_killed_in_the_middle_and_repeated_it_is_one_clean_import(importing, many, begin_worker):
    importing("activity", many)
    clean = importing.stored()
    forget(ActivityEvent)
    import_id = hand_in(importing, "activity", many)
    for pause in (0.0, 0.4):
        seen, worker = staging_files(), begin_worker()
        wait_until(lambda seen=seen: staging_files() - seen, worker)
        time.sleep(pause)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        if state_of(import_id)[1] == JobState.RUNNING:
            assert (state_of(import_id)[0], number_of(ActivityEvent)) == (ImportState.IMPORTING, 0)
    worker = begin_worker()
    wait_until(lambda: state_of(import_id)[0] == ImportState.DONE, worker)
    assert state_of(import_id)[2] >= 2
    assert importing.stored() == clean
    assert staging_files() == set()


def test_a_file_that_is_imported_is_gone_and_so_is_what_lay_beside_it(importing, event):
    importing("activity", [event("a1")])
    assert list(uploads.folder().iterdir()) == []


def test_leftovers_of_a_killed_try_are_deleted_by_the_next(importing, event):
    with importing.file("activity", [event("a1")]).open("rb") as stream:
        stored = uploads.store(stream)
    leftover = uploads.path_of(f"{stored.name}.0000.staging")
    leftover.touch()
    row = register(FileKind.ACTIVITY, "forum", stored, "x.csv", actor_id=None, at=utcnow())
    job_id = start(row, dry_run=False, actor_id=None, at=utcnow()).id
    db.session.commit()
    run_waiting(job_id)
    assert list(uploads.folder().iterdir()) == []


def test_two_importers_of_overlapping_files_take_each_event_once(importing, many, app, tmp_path):
    """The first half and the last two thirds at once: every event is there once, and all rows are accounted for."""
    files = {}
    for name, rows in {"one": many[: ROWS // 2], "two": many[ROWS // 3 :]}.items():
        files[name] = importing.file("activity", rows).rename(tmp_path / f"{name}.csv")
    results = {}

    def run(name):
        with app.app_context():
            row = import_file(
                FileKind.ACTIVITY, files[name], "forum", at=datetime.now(UTC), progress=None, actor_id=None
            )
            results[name] = (row.taken, row.changed, row.known, row.rejected)

    db.session.commit()
    threads = [Thread(target=copy_context().run, args=(run, name)) for name in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number_of(ActivityEvent) == ROWS
    assert sum(taken for taken, *_ in results.values()) == ROWS
    assert sum(map(sum, results.values())) == ROWS // 2 + (ROWS - ROWS // 3)


def test_two_importers_share_an_outcome_up_to_one(importing, outcome, cast, app, tmp_path):
    files = {}
    for person in (cast.ben, cast.amara, cast.otto):
        rows = [outcome(f"o{number}", who=person, share="0.5") for number in range(300)]
        files[person.external_id] = importing.file("outcomes", rows).rename(tmp_path / f"{person.external_id}.csv")

    def run(path):
        with app.app_context():
            import_file(FileKind.OUTCOMES, path, "crm", at=datetime.now(UTC), progress=None, actor_id=None)

    db.session.commit()
    threads = [Thread(target=copy_context().run, args=(run, path)) for path in files.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sums = db.session.execute(db.select(db.func.sum(OutcomeCredit.share)).group_by(OutcomeCredit.outcome_id)).scalars()
    assert set(sums) == {1.0}
    assert number_of(Outcome) == 300
