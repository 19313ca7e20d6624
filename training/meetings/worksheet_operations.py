"""The worksheet of a meeting: written by the two of it, seen by nobody else. Nothing here commits.

Every sharing is appended. Who shares while the other has shared something newer keeps what they typed as a draft and is
shown both, so nothing is ever lost.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from db import db
from people.refusal import RefusedError
from training.meetings.models import MeetingSeat, WorksheetDraft, WorksheetVersion

LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Written:
    """What stands on a worksheet."""

    goal: str = ""
    tried: str = ""
    next_step: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.goal or self.tried or self.next_step)


class NewerError(RefusedError):
    """The other has shared something newer meanwhile. What was typed is kept as a draft: commit."""


def share(seat: MeetingSeat, written: Written, *, base: int, author_id: int, at: datetime) -> WorksheetVersion:
    """Share what is written with the other. `seat` is locked; `base` is the version that the author saw.

    Raises NewerError, after which the draft must be committed.
    """
    last = last_number(seat)
    if base != last:
        keep_draft(seat, written, base=base, author_id=author_id, at=at)
        raise NewerError("Something newer was shared while you wrote. What you typed is kept as your draft, below.")
    version = WorksheetVersion(
        meeting_id=seat.meeting_id,
        learner_id=seat.learner_id,
        number=last + 1,
        author_id=author_id,
        at=at,
        **vars(written),
    )
    db.session.add(version)
    drop_draft(seat, author_id)
    db.session.flush()
    return version


def keep_draft(seat: MeetingSeat, written: Written, *, base: int, author_id: int, at: datetime) -> None:
    """Keep what the author has typed, for their eyes alone. `seat` is locked."""
    key = (seat.meeting_id, seat.learner_id, author_id)
    draft = db.session.get(WorksheetDraft, key)
    if draft is None:
        draft = WorksheetDraft(meeting_id=seat.meeting_id, learner_id=seat.learner_id, author_id=author_id)
        db.session.add(draft)
    draft.goal, draft.tried, draft.next_step = written.goal, written.tried, written.next_step
    draft.base, draft.at = base, at
    db.session.flush()


def drop_draft(seat: MeetingSeat, author_id: int) -> None:
    """Forget the author's draft, which is shared or wanted no more."""
    db.session.execute(
        delete(WorksheetDraft).where(
            WorksheetDraft.meeting_id == seat.meeting_id,
            WorksheetDraft.learner_id == seat.learner_id,
            WorksheetDraft.author_id == author_id,
        )
    )


def last_number(seat: MeetingSeat) -> int:
    """The number of the version that counts; 0 while nothing is shared."""
    query = select(func.max(WorksheetVersion.number)).where(
        WorksheetVersion.meeting_id == seat.meeting_id, WorksheetVersion.learner_id == seat.learner_id
    )
    return db.session.scalar(query) or 0
