"""Running one job: its effect and its "done" in one transaction, its lease extended meanwhile."""

import logging
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from db import db, may_write, only_read, utcnow
from jobs import operations
from jobs.models import Job, JobState
from jobs.operations import Claim, LeaseLostError
from jobs.progress import News, Progress
from jobs.registry import CannotSucceedError, kind_of

Show = Callable[[News], None]
log = logging.getLogger("sharpshooter.jobs")


class JobFailedError(Exception):
    """A job that was run at once did not succeed; the message says why."""


class StopWorkingError(BaseException):
    """The process was asked to stop while a job ran. Not an Exception: no job may swallow it."""


def worker_name() -> str:
    """A name that no other worker has."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(3)}"


def lease_of(app: Flask) -> timedelta:
    """How long a silent worker keeps a job."""
    return timedelta(seconds=app.config["JOB_LEASE_SECONDS"])


def run_next(app: Flask, worker: str) -> bool:
    """Claim and run the job that has been due for longest; whether there was one."""
    with app.app_context():
        only_read()
        if db.session.scalars(select(Job.id).where(operations.claimable(utcnow())).limit(1)).first() is None:
            return False
        may_write()
        held = operations.claim(worker, at=utcnow(), lease=lease_of(app))
        db.session.commit()
    if held is not None:
        run_claimed(app, held)
    return held is not None


def run_now(
    kind: str,
    payload: dict[str, Any],
    *,
    actor_id: int | None,
    at: datetime,
    title: str = "",
    show: Show | None = None,
) -> int:
    """Run a job in this process, at once and once, and return its id. For commands and loaders; commits.

    `show` is called with the news as the job goes on. Raises JobFailedError saying why it failed.
    """
    may_write()
    job = operations.enqueue(kind, payload, actor_id=actor_id, at=at, title=title, most_tries=1)
    return _run_here(job.id, show)


def run_waiting(job_id: int, *, show: Show | None = None) -> int:
    """Run a job that waits, in this process. Commits. Raises JobFailedError when it fails or is not due."""
    may_write()
    return _run_here(job_id, show)


def _run_here(job_id: int, show: Show | None) -> int:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    held = operations.claim(worker_name(), at=utcnow(), lease=lease_of(app), job_id=job_id)
    db.session.commit()
    if held is None:
        raise JobFailedError(f"Job {job_id} is not waiting.")
    run_claimed(app, held, show)
    db.session.expire_all()
    ended = db.session.execute(select(Job.state, Job.error).where(Job.id == job_id)).one()
    db.session.commit()
    if ended.state != JobState.DONE:
        raise JobFailedError(ended.error or f"Job {job_id} is {ended.state}.")
    return job_id


def run_claimed(app: Flask, held: Claim, show: Show | None = None) -> None:
    """Run a job that is held, and write down how it ended. Only StopWorkingError comes out."""
    with app.app_context(), _heartbeat(app, held) as lost:
        folder = Path(app.config["INSTANCE_DIR"])
        progress = Progress(held, folder=folder, lease=lease_of(app), lost=lost, show=show)
        try:
            _do(held, progress)
        except LeaseLostError as error:
            db.session.rollback()
            log.warning("%s", error)
        except StopWorkingError:
            _put_down(lambda: operations.release(held, at=utcnow()))
            raise
        except CannotSucceedError as error:
            reason = str(error)
            _put_down(lambda: operations.fail(held, error=reason, at=utcnow(), for_good=True))
        except Exception as error:
            log.exception("job %s (%s) failed", held.job_id, held.kind)
            reason = _reason(error)
            _put_down(lambda: operations.fail(held, error=reason, at=utcnow(), for_good=False))
        finally:
            progress.close()


def _reason(error: Exception) -> str:
    """What went wrong, for the owner; of a database error the first words alone, as the rest may name people."""
    if isinstance(error, DBAPIError):
        said = error.orig.args[0] if error.orig is not None and error.orig.args else ""
        return f"The database refused it: {said.get('M', '') if isinstance(said, dict) else said}"
    return f"{type(error).__name__}: {error}"


def _do(held: Claim, progress: Progress) -> None:
    kind = kind_of(held.kind)
    (only_read if kind.reads_first else may_write)()
    kind.run(held.payload, progress)
    may_write()
    news = progress.news
    operations.finish(held, at=utcnow(), done=news.done, total=news.total, message=news.message)
    db.session.commit()


def _put_down(note: Callable[[], None]) -> None:
    db.session.rollback()
    may_write()
    try:
        note()
        db.session.commit()
    except LeaseLostError as error:
        db.session.rollback()
        log.warning("%s", error)


@contextmanager
def _heartbeat(app: Flask, held: Claim) -> Iterator[Event]:
    """Extend the lease four times in its length; the event is set once the job has been taken away.

    While the job itself holds SQLite's writer's lock the beat must wait; then nobody else can claim the job either.
    """
    over, lost, lease = Event(), Event(), lease_of(app)

    def beat() -> None:
        while not over.wait(lease.total_seconds() / 4) and not lost.is_set():
            with app.app_context():
                try:
                    operations.extend(held, at=utcnow(), lease=lease)
                    db.session.commit()
                except LeaseLostError:
                    if not over.is_set():
                        lost.set()
                except DBAPIError as error:
                    log.debug("no beat for job %s: %s", held.job_id, error.orig)

    thread = Thread(target=beat, name=f"lease of job {held.job_id}", daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        over.set()
        thread.join()
