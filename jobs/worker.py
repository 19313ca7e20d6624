"""The worker: a process that runs one job after the other, sends waiting mail, and starts periodic jobs."""

import logging
import signal
from threading import Event
from types import FrameType

from flask import Flask
from sqlalchemy.exc import DBAPIError

from db import db, may_write, utcnow
from jobs import operations
from jobs.mailing import send_waiting
from jobs.running import StopWorkingError, run_next, worker_name

SECONDS_BETWEEN_LOOKS = 0.5
LOOKS_BETWEEN_PERIODIC = 120
log = logging.getLogger("sharpshooter.jobs")


class Worker:
    """Works until it is asked to stop. A job that runs at that moment is rolled back and given back."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._name = worker_name()
        self._stop = Event()

    def listen_to_signals(self) -> None:
        """Stop on Ctrl-C and on SIGTERM, in the middle of a job too. Only in the main thread."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self._stop.is_set():
            self._stop.set()
            raise StopWorkingError

    def work(self, *, until_empty: bool = False) -> None:
        """Work until asked to stop, or until nothing is due."""
        log.info("worker %s begins", self._name)
        try:
            self._look_again_and_again(until_empty)
        except StopWorkingError:
            log.info("worker %s was asked to stop", self._name)

    def _look_again_and_again(self, until_empty: bool) -> None:
        looks = 0
        while not self._stop.is_set():
            worked = self._look(periodic=looks % LOOKS_BETWEEN_PERIODIC == 0 and not until_empty)
            looks += 1
            if not worked:
                if until_empty:
                    return
                self._stop.wait(SECONDS_BETWEEN_LOOKS)

    def _look(self, *, periodic: bool) -> bool:
        """One look at what is due; whether there was something. A database that is away for a moment ends nothing."""
        try:
            if periodic:
                self._enqueue_periodic()
            return run_next(self._app, self._name) | (send_waiting(self._app) > 0)
        except DBAPIError as error:
            log.warning("the database did not answer: %s", error.orig)
            return False

    def _enqueue_periodic(self) -> None:
        with self._app.app_context():
            may_write()
            operations.enqueue_periodic(utcnow())
            db.session.commit()
