"""Jobs for tests. As a program (`python -m tests.support.jobs`) it is a real worker that knows them.

The effect of each is to add one to the number `effect`. Files in the instance folder let a test meet a job midway:
the job writes `begun` and goes on once there is `go`.
"""

import time
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app import create_app
from db import db
from jobs.progress import Progress
from jobs.registry import job
from jobs.worker import Worker
from people.sign_in.models import Throttle

PARTS = 4


def add_one() -> None:
    """The effect."""
    row = db.session.scalars(select(Throttle).where(Throttle.key == "effect").with_for_update()).one()
    row.tries = row.tries + 1
    db.session.flush()


def meet() -> None:
    """Tell the test that the middle is reached, and wait until it lets us go on."""
    folder = Path(current_app.config["INSTANCE_DIR"])
    (folder / "begun").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)


def register_test_jobs() -> None:
    """Make the kinds known to this process."""

    @job("test.add", title="A job that adds one")
    def add(payload: dict[str, Any], progress: Progress) -> None:
        progress.report(1, 2, "adding")
        add_one()
        progress.report(2, 2, "added")

    @job("test.meets", title="A job that can be met midway")
    def add_and_meet(payload: dict[str, Any], progress: Progress) -> None:
        add_one()
        progress.report(1, 2, "half-way")
        meet()

    @job("test.commits_itself", title="A job with the fault that it commits by itself")
    def commit_and_meet(payload: dict[str, Any], progress: Progress) -> None:
        add_one()
        db.session.commit()
        meet()

    @job("test.in_parts", title="A job that works in parts")
    def add_in_parts(payload: dict[str, Any], progress: Progress) -> None:
        for part in range(progress.checkpoint.get("parts", 0), PARTS):
            add_one()
            if part == 2:
                meet()
            progress.save({"parts": part + 1})


if __name__ == "__main__":
    register_test_jobs()
    worker = Worker(create_app())
    worker.listen_to_signals()
    worker.work(until_empty=False)
