"""What happens to a job: enqueued, claimed with a lease, extended, finished, failed, retried. Nothing here commits.

Whoever finishes or fails a job must still hold it: the row is changed only where worker and try are the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update

from db import db, insert_if_new, table_of
from jobs.models import Job, JobState
from jobs.registry import Kind, kind_of, kinds

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
LONGEST_ERROR = 4000


class LeaseLostError(Exception):
    """Another worker holds the job by now; what this one did must be rolled back."""


@dataclass(frozen=True)
class Claim:
    """A job that a worker holds: what to do, and the proof that it is ours."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    checkpoint: dict[str, Any]
    worker: str
    tries: int


def enqueue(
    kind: str, payload: dict[str, Any], *, actor_id: int | None, at: datetime, title: str = "", most_tries: int = 0
) -> Job:
    """Put a job in line within the present transaction: if that rolls back, the job never was."""
    known = kind_of(kind)
    row = Job(
        kind=kind,
        title=title or known.title,
        payload=payload,
        checkpoint={},
        most_tries=most_tries or known.most_tries,
        run_after=at,
        actor_id=actor_id,
        created_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def enqueue_periodic(at: datetime) -> None:
    """Put each periodic job in line once in its period, whichever worker comes first."""
    for kind in kinds():
        if kind.every is not None:
            insert_if_new(table_of(Job), _periodic_values(kind, kind.every, at))


def _periodic_values(kind: Kind, every: timedelta, at: datetime) -> dict[str, Any]:
    period = int(at.timestamp() // every.total_seconds())
    return {
        "kind": kind.name,
        "title": kind.title,
        "key": f"{kind.name} {period}",
        "payload": {},
        "checkpoint": {},
        "state": JobState.WAITING,
        "tries": 0,
        "most_tries": kind.most_tries,
        "run_after": at,
        "done": 0,
        "total": 0,
        "message": "",
        "error": "",
        "created_at": at,
    }


def claimable(at: datetime) -> ColumnElement[bool]:
    """A criterion on Job: due and free, or held by a worker that has been silent for too long."""
    due = and_(Job.state.in_([JobState.WAITING, JobState.FAILED]), Job.run_after <= at)
    return or_(due, and_(Job.state == JobState.RUNNING, Job.lease_until < at))


def claim(worker: str, *, at: datetime, lease: timedelta, job_id: int | None = None) -> Claim | None:
    """Take the job that has been due for longest (or `job_id`) and hold it until `at` + `lease`; None if none is due.

    A job whose workers died in its last try is buried instead: it may be what kills them.
    """
    query = select(Job).where(claimable(at)).order_by(Job.run_after, Job.id).limit(1)
    if job_id is not None:
        query = query.where(Job.id == job_id)
    while (row := db.session.scalars(query.with_for_update(skip_locked=True)).one_or_none()) is not None:
        if row.tries < row.most_tries:
            return _hold(row, worker, at, lease)
        row.state, row.lease_until, row.ended_at = JobState.DEAD, None, at
        row.error = "The worker died each time it tried this job."
        db.session.flush()
    return None


def _hold(row: Job, worker: str, at: datetime, lease: timedelta) -> Claim:
    row.state, row.worker, row.lease_until = JobState.RUNNING, worker, at + lease
    row.tries += 1
    row.started_at, row.ended_at = at, None
    db.session.flush()
    return Claim(row.id, row.kind, row.payload, row.checkpoint, worker, row.tries)


def extend(held: Claim, *, at: datetime, lease: timedelta) -> None:
    """Hold on to a job. Raises LeaseLostError."""
    _change(held, lease_until=at + lease)


def save_checkpoint(held: Claim, checkpoint: dict[str, Any], *, at: datetime, lease: timedelta) -> None:
    """Note how far a job has come, in the transaction of the part that is done. Raises LeaseLostError."""
    _change(held, checkpoint=checkpoint, lease_until=at + lease)


def finish(held: Claim, *, at: datetime, done: int, total: int, message: str) -> None:
    """Mark a job as done, in the transaction of its effect. Raises LeaseLostError."""
    _change(held, state=JobState.DONE, lease_until=None, ended_at=at, done=done, total=total, message=message, error="")


def fail(held: Claim, *, error: str, at: datetime, for_good: bool) -> None:
    """Note a failed try: again later, each time after twice as long; or dead after the last try. LeaseLostError."""
    row = db.session.get_one(Job, held.job_id)
    dead = for_good or held.tries >= row.most_tries
    delay = min(FIRST_DELAY * 2 ** (held.tries - 1), LONGEST_DELAY)
    state = JobState.DEAD if dead else JobState.FAILED
    _change(
        held, state=state, lease_until=None, ended_at=at, run_after=at + delay, error=error[:LONGEST_ERROR], message=""
    )


def release(held: Claim, *, at: datetime) -> None:
    """Give a job back because the worker was asked to stop; the try does not count. Raises LeaseLostError."""
    _change(held, state=JobState.WAITING, lease_until=None, worker=None, tries=held.tries - 1, run_after=at)


def _change(held: Claim, **values: Any) -> None:
    ours = (Job.id == held.job_id, Job.state == JobState.RUNNING, Job.worker == held.worker, Job.tries == held.tries)
    result = db.session.execute(update(Job).where(*ours).values(**values))
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise LeaseLostError(f"job {held.job_id} is no longer held by {held.worker}")


def retry(job: Job, *, at: datetime) -> None:
    """Put a dead or failed job in line again, with all its tries. Raises ValueError in any other state."""
    if job.state not in {JobState.DEAD, JobState.FAILED}:
        raise ValueError(f"Job {job.id} is {job.state}: only one that failed can be tried again.")
    job.state, job.tries, job.run_after, job.error = JobState.WAITING, 0, at, ""
    job.started_at = job.ended_at = None
    db.session.flush()
