"""Tables of regrading: what was decided by whom and why, and what it changed. Rows are appended, never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class RegradingState(StrEnum):
    """Where a regrading stands."""

    WAITING = "waiting"
    DONE = "done"


class Regrading(Base):
    """The decision to grade all finished attempts with a question by one of its versions."""

    __tablename__ = "regrading"
    __table_args__ = (CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_has_a_moment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("question_version.id"))  # to grade by; None: as asked
    asked_ids: Mapped[list[int]] = mapped_column(JSON)  # the versions whose answers are graded
    reason: Mapped[str] = mapped_column(String(1000))
    keep_passes: Mapped[bool]  # who has passed stays passed, whatever the new fraction
    by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # None: by a command
    at: Mapped[datetime] = mapped_column(Moment)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    state: Mapped[str] = mapped_column(String(8), default=RegradingState.WAITING)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)  # that changed
    passed: Mapped[int] = mapped_column(default=0)  # of them, now passed
    failed: Mapped[int] = mapped_column(default=0)  # of them, no longer passed

    def __repr__(self) -> str:
        return f"<Regrading {self.id} of {self.question_id} {self.state}>"


class RegradedQuestion(Base):
    """How one question of one attempt was graded before a regrading, and after it."""

    __tablename__ = "regraded_question"
    __table_args__ = (
        CheckConstraint("fraction_before >= 0 AND fraction_before <= 1", name="fraction_before"),
        CheckConstraint("fraction_after >= 0 AND fraction_after <= 1", name="fraction_after"),
        Index("ix_regraded_question_attempt_id", "attempt_id"),
    )

    regrading_id: Mapped[int] = mapped_column(ForeignKey("regrading.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_before_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    fraction_before: Mapped[float]
    state_before: Mapped[str] = mapped_column(String(20))
    parts_before: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    summary_before: Mapped[str] = mapped_column(String(1000))
    fraction_after: Mapped[float]
    state_after: Mapped[str] = mapped_column(String(20))

    def __repr__(self) -> str:
        return f"<RegradedQuestion {self.attempt_id}.{self.position}>"
