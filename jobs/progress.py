"""How far a running job has come: told while it runs, outside its transaction.

A job may hold the one writer's lock of SQLite for as long as it runs, so its progress cannot go through the database.
It is news, not data: a small file in the instance folder, replaced as a whole, at most four times a second.
"""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from db import db, may_write, utcnow
from jobs import operations
from jobs.operations import Claim, LeaseLostError

SECONDS_BETWEEN_NEWS = 0.25


@dataclass(frozen=True)
class News:
    """`done` of `total` parts (0: not known) and what is being done now."""

    done: int = 0
    total: int = 0
    message: str = ""

    @property
    def percent(self) -> int | None:
        """Whole percent, or None while the total is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None


class Progress:
    """What a job is handed to say how far it is and, if it works in parts, to save each part."""

    def __init__(
        self, held: Claim, *, folder: Path, lease: timedelta, lost: Event, show: Callable[[News], None] | None = None
    ) -> None:
        self.checkpoint: dict[str, Any] = dict(held.checkpoint)
        self.news = News()
        self._held, self._lease, self._lost, self._show = held, lease, lost, show
        self._file = news_file(folder, held.job_id)
        self._told_at = 0.0

    def report(self, done: int, total: int, message: str = "") -> None:
        """Say how far the job is. Cheap: call it for every row. Raises LeaseLostError if the job was taken away."""
        self.news = News(max(done, 0), max(total, 0), message[:300])
        now = time.monotonic()
        if now - self._told_at < SECONDS_BETWEEN_NEWS and done != total:
            return
        self._told_at = now
        if self._lost.is_set():
            raise LeaseLostError(f"job {self._held.job_id} was given to another worker")
        write_news(self._file, self.news)
        if self._show is not None:
            self._show(self.news)

    def save(self, checkpoint: dict[str, Any]) -> None:
        """Commit the part that is done together with `checkpoint`, from which a next try goes on.

        Other writers get their turn here. Raises LeaseLostError, and then nothing of the part is kept.
        """
        may_write()
        operations.save_checkpoint(self._held, checkpoint, at=utcnow(), lease=self._lease)
        db.session.commit()
        self.checkpoint = dict(checkpoint)

    def close(self) -> None:
        """The job has ended one way or the other: its row says how."""
        self._file.unlink(missing_ok=True)


def news_file(folder: Path, job_id: int) -> Path:
    """Where the news of a job lies. `folder` is the instance folder."""
    return folder / "progress" / f"{job_id}.json"


def write_news(file: Path, news: News) -> None:
    """Replace the file as a whole, so that no reader sees half of it. A full disk loses the news, not the job."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(json.dumps(asdict(news)), encoding="utf-8")
        os.replace(new, file)


def read_news(folder: Path, job_id: int) -> News:
    """The latest news of a running job; nothing done when there are none yet."""
    try:
        return News(**json.loads(news_file(folder, job_id).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return News()
