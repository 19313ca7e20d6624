"""Tables of published versions: what a course and its lessons said from a moment on. Never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class MoveRule(StrEnum):
    """Which learners a new version takes along; the others finish the version that they began."""

    ALL = "all"
    NOT_BEGUN = "not_begun"
    KEEP = "keep"


class CourseVersion(Base):
    """A course as it was published. Never changed. `content` is its text, `outline` what learners of it go through."""

    __tablename__ = "course_version"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("rule IN ('all', 'not_begun', 'keep')", name="known_rule"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]  # from 1
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)  # packed plain values of the course text
    outline: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # see training/courses/outlines.py
    rule: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(500), default="")  # what is new, in the author's words
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # None: loaded from files

    def __repr__(self) -> str:
        return f"<CourseVersion {self.course_id}.{self.number}>"


class LessonVersion(Base):
    """What a lesson said from `created_at` on. Learners of a version of the course read the one that it names."""

    __tablename__ = "lesson_version"
    __table_args__ = (UniqueConstraint("lesson_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    number: Mapped[int]  # from 1
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    html: Mapped[str] = mapped_column(Text)  # cleaned
    created_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<LessonVersion {self.lesson_id}.{self.number}>"
