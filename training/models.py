"""Tables of courses: what is taught, as the newest version says it. What was published before stands in versions.

A module, lesson or question that the newest version no longer has is retired: its place is then no place of a list.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Course(Base):
    """A body of learning: modules in order."""

    __tablename__ = "course"
    __table_args__ = (CheckConstraint("pass_mark >= 0 AND pass_mark <= 1", name="pass_mark_is_a_share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(10))
    audience: Mapped[str] = mapped_column(String(20))  # everyone, trainers
    pass_mark: Mapped[float]
    introduction: Mapped[str] = mapped_column(Text)  # Markdown
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Course {self.slug}>"


class Module(Base):
    """An ordered part of a course with one aim and one quiz."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("course_id", "slug"), UniqueConstraint("course_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    position: Mapped[int]  # from 1
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    aim: Mapped[str] = mapped_column(String(500))
    minutes: Mapped[int]
    pass_mark: Mapped[float]
    quiz: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # as a course file says its rules
    why: Mapped[str] = mapped_column(Text)  # Markdown
    opening: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # see training/rules/opening.py
    retired_at: Mapped[datetime | None] = mapped_column(Moment)  # no longer in the newest version

    def __repr__(self) -> str:
        return f"<Module {self.position} {self.slug}>"


class Lesson(Base):
    """One page of content."""

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("module_id", "slug"), UniqueConstraint("module_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    position: Mapped[int]
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    text: Mapped[str] = mapped_column(Text)  # Markdown
    html: Mapped[str] = mapped_column(Text)  # made from `text` when it was loaded, cleaned
    retired_at: Mapped[datetime | None] = mapped_column(Moment)  # no longer in the newest version

    def __repr__(self) -> str:
        return f"<Lesson {self.slug}>"


class Question(Base):
    """One item of a module's quiz. What is asked stands in its versions."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("module_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    slug: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Question {self.slug}>"


class QuestionVersion(Base):
    """What a question asked from `created_at` on. An attempt stays with the versions it began with."""

    __tablename__ = "question_version"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("about IN ('why', 'how')", name="about_why_or_how"),
        CheckConstraint("weight > 0", name="weight_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
    about: Mapped[str] = mapped_column(String(3))
    topic: Mapped[str] = mapped_column(String(80))
    pool: Mapped[str] = mapped_column(String(80), default="")  # that attempts draw it from; empty: always asked
    weight: Mapped[float]
    prompt: Mapped[str] = mapped_column(Text)  # cleaned HTML
    explanation: Mapped[str] = mapped_column(Text)  # cleaned HTML
    specification: Mapped[dict[str, Any]] = mapped_column(JSON)  # the kind's own fields, with the key
    created_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<QuestionVersion {self.question_id}.{self.number} {self.kind}>"
