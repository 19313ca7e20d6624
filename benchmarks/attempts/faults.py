"""Faults that are planted to show that the judge sees them. Each breaks one thing that keeps answers safe."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from queue import SimpleQueue

from flask import Flask
from sqlalchemy import select, text

from db import db, only_read
from people import access
from training.attempts import operations as attempt_operations
from training.attempts import views as attempt_views
from training.attempts.operations import SentAnswer
from training.enrolment_models import Attempt

WRITE_BEHIND_SECONDS = 0.1


class Fault(StrEnum):
    """What can be broken."""

    NO_LOCK = "no_lock"
    NO_CONSTRAINT = "no_constraint"
    NEITHER = "neither_lock_nor_constraint"
    EARLY = "acknowledged_before_commit"


def plant_in_server(app: Flask, fault: Fault) -> None:
    """Break the application of this process; called before it serves."""
    if fault in (Fault.NO_LOCK, Fault.NEITHER):
        _drop_locks()
    if fault is Fault.EARLY:
        _acknowledge_early(app)


def plant_in_database(fault: Fault) -> None:
    """Break the tables; call inside an application context. Commits."""
    if fault in (Fault.NO_CONSTRAINT, Fault.NEITHER):
        db.session.execute(text("DROP TABLE grading"))
        columns = (
            "attempt_id INTEGER, number INTEGER, at TIMESTAMP, fraction FLOAT, passed BOOLEAN, regrading_id INTEGER"
        )
        db.session.execute(text(f"CREATE TABLE grading ({columns})"))
        db.session.commit()


def _drop_locks() -> None:
    """Begin every transaction as if it only read, and lock no row."""
    access.may_write = attempt_views.may_write = only_read
    unlocked = attempt_views.access_attempt
    attempt_views.access_attempt = lambda *args, **kwargs: unlocked(*args, **{**kwargs, "lock": False})


def _acknowledge_early(app: Flask) -> None:
    """Tell the learner "saved" and write a little later, as a cache that writes behind would."""
    waiting: SimpleQueue[Callable[[], object]] = SimpleQueue()
    writers: list[threading.Thread] = []  # begun with the first answer, in the process that takes it

    def save(attempt: Attempt, position: int, sent: SentAnswer, at: datetime) -> int:
        if not writers:
            writers.append(threading.Thread(target=write_behind, daemon=True))
            writers[0].start()
        waiting.put(partial(_save_now, attempt.id, position, sent, at))
        return 1

    def write_behind() -> None:
        while True:
            work = waiting.get()
            time.sleep(WRITE_BEHIND_SECONDS)
            with app.app_context():
                work()

    attempt_views.attempt_operations = _Operations(save)  # type: ignore[assignment]


def _save_now(attempt_id: int, position: int, sent: SentAnswer, at: datetime) -> None:
    attempt = db.session.scalars(select(Attempt).where(Attempt.id == attempt_id).with_for_update()).one()
    try:
        attempt_operations.save(attempt, position, sent, at)
        db.session.commit()
    except attempt_operations.AttemptOverError:
        db.session.rollback()


class _Operations:
    """The operations on attempts, with another way to save."""

    def __init__(self, save: Callable[..., int]) -> None:
        self.save = save

    def __getattr__(self, name: str) -> object:
        return getattr(attempt_operations, name)
