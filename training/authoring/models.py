"""Tables of the editor: drafts, who writes them, and every state that a draft has had."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Deed(StrEnum):
    """What was done to a draft."""

    BEGUN = "begun"
    EDITED = "edited"
    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    UNDONE = "undone"
    REDONE = "redone"
    UPLOADED = "uploaded"


class CourseDraft(Base):
    """A course that is being written. Learners see what was published of it last, if anything was."""

    __tablename__ = "course_draft"
    __table_args__ = (CheckConstraint("last_number >= 1", name="has_a_revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(500))  # as in the last revision, for lists
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), unique=True)  # None: never published
    last_number: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    published_number: Mapped[int | None]  # the revision that was published last
    published_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<CourseDraft {self.slug}>"


class DraftAuthor(Base):
    """Somebody who may write a draft."""

    __tablename__ = "draft_author"

    draft_id: Mapped[int] = mapped_column(ForeignKey("course_draft.id"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))

    def __repr__(self) -> str:
        return f"<DraftAuthor {self.employee_id} of {self.draft_id}>"


class DraftRevision(Base):
    """One state of a draft, appended and never changed. The one with the highest number is the draft.

    `undo_to` is the revision that shows the state before this one, `redo_to` the one that an undo left.
    `part`, `module` and `name` say what was changed.
    """

    __tablename__ = "draft_revision"

    draft_id: Mapped[int] = mapped_column(ForeignKey("course_draft.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    author_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    deed: Mapped[str] = mapped_column(String(10))
    part: Mapped[str] = mapped_column(String(10), default="course")
    module: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(80), default="")
    undo_to: Mapped[int | None]
    redo_to: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(LargeBinary)

    def __repr__(self) -> str:
        return f"<DraftRevision {self.draft_id}.{self.number}>"
