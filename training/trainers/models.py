"""Tables of what a trainer sets, when a trainer pauses, whom nobody shall pair, and who need not take the course."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment

Hours = list[list[int] | None]
"""Seven days from Monday: the first and last minute of work on each trainer's own clock, or None for a day off."""


class TeachingSettings(Base):
    """What one trainer has set. Without a row, or where a column is empty, the directory and the usual day hold."""

    __tablename__ = "teaching_settings"

    trainer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    takes_learners: Mapped[bool] = mapped_column(default=True)
    languages: Mapped[str] = mapped_column(String(100), default="")  # "pt;en"; empty: those of the directory
    hours: Mapped[Hours] = mapped_column(JSON)  # empty: nine to five
    topics: Mapped[list[str]] = mapped_column(JSON)  # empty: every topic
    changed_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<TeachingSettings of {self.trainer_id}>"


class TeachingPause(Base):
    """Days on which a trainer takes no learners, both included. Present pairs end only by a plan that is published."""

    __tablename__ = "teaching_pause"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_teaching_pause_trainer_id", "trainer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<TeachingPause of {self.trainer_id} from {self.starts_on}>"


class KeptApart(Base):
    """Two people whom no plan may pair, whichever of them teaches. Only owners see it."""

    __tablename__ = "kept_apart"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="smaller_id_first"),
        CheckConstraint("length(reason) >= 10", name="a_reason_in_words"),
        Index(
            "uq_kept_apart_live", "first_id", "second_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str] = mapped_column(String(500))
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    noted_at: Mapped[datetime] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<KeptApart {self.first_id} and {self.second_id}>"


class CourseWaiver(Base):
    """That a trainer may take a first learner without the course for trainers: who said so, and why."""

    __tablename__ = "course_waiver"
    __table_args__ = (CheckConstraint("length(reason) >= 10", name="a_reason_in_words"),)

    trainer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    waived_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    waived_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<CourseWaiver of {self.trainer_id}>"
