"""Tables of practical tasks. What was handed in keeps task and rubric as they were; grades are appended."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class HandInState(StrEnum):
    """Where a piece of work stands."""

    WAITING = "waiting"
    GRADED = "graded"
    REPLACED = "replaced"


class GradedBy(StrEnum):
    """Who grades a task."""

    TRAINER = "trainer"
    PEERS = "peers"


class Task(Base):
    """The practical task of a module, as its newest version says it."""

    __tablename__ = "task"
    __table_args__ = (CheckConstraint("graded_by IN ('trainer', 'peers')", name="known_grader"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    prompt: Mapped[str] = mapped_column(Text)  # cleaned HTML
    accepts: Mapped[list[str]] = mapped_column(JSON)  # text, link, picture
    graded_by: Mapped[str] = mapped_column(String(10))
    rubric: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Task {self.id} {self.title}>"


class HandIn(Base):
    """One piece of work that a learner handed in. `decide_from` is when the trainer is asked to grade it."""

    __tablename__ = "hand_in"
    __table_args__ = (
        UniqueConstraint("task_id", "enrolment_id", "number"),
        CheckConstraint("state IN ('waiting', 'graded', 'replaced')", name="known_state"),
        CheckConstraint("(state = 'graded') = (fraction IS NOT NULL)", name="graded_has_a_fraction"),
        CheckConstraint("fraction IS NULL OR (fraction >= 0 AND fraction <= 1)", name="fraction"),
        Index(
            "uq_hand_in_waiting", "task_id", "enrolment_id", unique=True,
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_hand_in_waiting", "decide_from",
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    number: Mapped[int]  # from 1
    at: Mapped[datetime] = mapped_column(Moment)
    written: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    prompt: Mapped[str] = mapped_column(Text)  # as it was then
    rubric: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # likewise
    graded_by: Mapped[str] = mapped_column(String(10))
    decide_from: Mapped[datetime] = mapped_column(Moment)
    disputed: Mapped[bool] = mapped_column(default=False)  # two peers differ
    state: Mapped[str] = mapped_column(String(10), default=HandInState.WAITING)
    fraction: Mapped[float | None]  # what the last grade says

    def __repr__(self) -> str:
        return f"<HandIn {self.id} {self.state}>"


class PeerReview(Base):
    """That a learner was drawn to grade a piece of work of another, and what the verdict was."""

    __tablename__ = "peer_review"
    __table_args__ = (
        UniqueConstraint("hand_in_id", "peer_id"),
        CheckConstraint("(at IS NULL) = (levels IS NULL)", name="given_has_levels"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hand_in_id: Mapped[int] = mapped_column(ForeignKey("hand_in.id"))
    peer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    drawn_at: Mapped[datetime] = mapped_column(Moment)
    at: Mapped[datetime | None] = mapped_column(Moment)
    levels: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    comment: Mapped[str] = mapped_column(String(4000), default="")

    def __repr__(self) -> str:
        return f"<PeerReview {self.id}>"


class HandInGrade(Base):
    """What a piece of work is worth: appended, the last number counts. Without grader: two peers who agree."""

    __tablename__ = "hand_in_grade"
    __table_args__ = (CheckConstraint("fraction >= 0 AND fraction <= 1", name="fraction"),)

    hand_in_id: Mapped[int] = mapped_column(ForeignKey("hand_in.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    grader_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    levels: Mapped[list[int]] = mapped_column(JSON)  # empty where peers agree: theirs stand with their reviews
    comment: Mapped[str] = mapped_column(String(4000), default="")
    fraction: Mapped[float]

    def __repr__(self) -> str:
        return f"<HandInGrade {self.hand_in_id}.{self.number}>"
