"""Which function does which kind of job.

    @job("activity.import", title="Import of activity")
    def run_import(payload: dict[str, Any], progress: Progress) -> None: ...

The function runs in one transaction together with its "done": it adds and flushes, and never commits. It must bear
being run again from the start after a crash, which is easy, since nothing of the first run was kept. It calls
`progress.report(done, total, message)` as often as it likes. A long job that would hold up other writers on SQLite
says `reads_first=True`, does its slow reading and computing first, and calls `db.may_write()` before it writes; or it
works in parts and calls `progress.save(checkpoint)` after each (see jobs/progress.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobs.progress import Progress

Run = Callable[[dict[str, Any], "Progress"], None]


class CannotSucceedError(Exception):
    """Raised by a job that no further try can help; its message is shown to people and says what does help."""


@dataclass(frozen=True)
class Kind:
    """A kind of job: the function behind it and how it is treated."""

    name: str
    title: str
    run: Run
    most_tries: int
    reads_first: bool
    every: timedelta | None


_kinds: dict[str, Kind] = {}


def job(
    name: str, *, title: str, most_tries: int = 5, reads_first: bool = False, every: timedelta | None = None
) -> Callable[[Run], Run]:
    """Register the function for jobs of kind `name`. With `every`, a worker enqueues one each period by itself."""

    def register(run: Run) -> Run:
        _kinds[name] = Kind(name, title, run, most_tries, reads_first, every)
        return run

    return register


def kind_of(name: str) -> Kind:
    """The kind of this name; raises CannotSucceedError when no function does such jobs (any more)."""
    if name not in _kinds:
        raise CannotSucceedError(f"This version of the program knows no jobs of kind {name!r}.")
    return _kinds[name]


def kinds() -> tuple[Kind, ...]:
    """All kinds, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))
