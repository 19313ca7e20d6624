"""The table of jobs: work that outlives a request."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class JobState(StrEnum):
    """Where a job stands. `failed` is tried again by itself; `dead` waits for a person."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DEAD = "dead"


class Job(Base):
    """One piece of work. A running one belongs to `worker` until `lease_until`; then another may take it."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("tries >= 0 AND tries <= most_tries", name="tries_within_most"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress_not_negative"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="running_means_leased"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'dead')", name="state_known"),
        Index("ix_job_state_run_after", "state", "run_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(120), unique=True)  # a second job with the same key is not made
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    checkpoint: Mapped[dict[str, Any]] = mapped_column(JSON)  # how far a job that commits in parts has come
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    worker: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    most_tries: Mapped[int] = mapped_column(default=5)
    run_after: Mapped[datetime] = mapped_column(Moment)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)  # 0: not known
    message: Mapped[str] = mapped_column(String(300), default="")
    error: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # None: the program itself
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Job {self.id} {self.kind} {self.state}>"
