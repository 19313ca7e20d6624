"""What publishing a staged import does in general: compare with what is known, then write in one transaction."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from sqlalchemy import func, select

from activity.formats.rejected import Rejected
from activity.models import Import, ImportState
from db import db


class Counts(NamedTuple):
    """Rows that are new, known with a change, and known as they are."""

    taken: int
    changed: int
    known: int


class Publisher(Protocol):
    """Knows how the staged rows of one kind of file become part of the data. The staging file is exposed to it."""

    def compare(self) -> None:
        """Mark each staged row as new, changed, known or not to be taken. May be done again."""

    def counts(self) -> Counts:
        """What `compare` found."""

    def refused(self) -> Iterable[Rejected]:
        """The rows that `compare` found not to be taken."""

    def publish(self, import_id: int) -> list[str]:
        """Write what is new and changed; return what is worth knowing about it."""


def stamp() -> int:
    """Grows with every import that is published: equal stamps mean that a comparison still holds."""
    return db.session.scalar(select(func.count()).where(Import.state == ImportState.DONE)) or 0
