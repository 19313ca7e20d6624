"""The table of files. What a file holds lies in INSTANCE_DIR/files under its sha-256; here stands whose it is."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Shelf(StrEnum):
    """What a file is for, which decides who may read it: see training/files/access.py."""

    ANSWER = "answer"
    COURSE = "course"
    TASK = "task"


class StoredFile(Base):
    """One file as one person handed it in. Two rows may share one content.

    `kept_at` is set when something refers to the file for good; one that is never kept is tidied after a day.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("shelf IN ('answer', 'course', 'task')", name="known_shelf"),
        CheckConstraint("size >= 0", name="size_is_not_negative"),
        CheckConstraint("length(digest) = 64", name="digest_is_sha_256"),
        Index("ix_stored_file_digest", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shelf: Mapped[str] = mapped_column(String(10))
    owner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)  # who handed it in
    name: Mapped[str] = mapped_column(String(120))  # for people; its ending fits the content
    media_type: Mapped[str] = mapped_column(String(100))  # by content
    size: Mapped[int]  # bytes
    digest: Mapped[str] = mapped_column(String(64))  # sha-256 of what is stored, hexadecimal
    created_at: Mapped[datetime] = mapped_column(Moment)
    kept_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<StoredFile {self.id} {self.media_type}>"
