"""Tables of who teaches whom: proposals (plans) and the assignments that people published from them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class PlanState(StrEnum):
    """Where a proposal stands. Only `published` changes who teaches whom."""

    COMPUTING = "computing"
    READY = "ready"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    UNDONE = "undone"


class Plan(Base):
    """One proposal of who teaches whom, made by a job and published by a person."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    state: Mapped[str] = mapped_column(String(12), default=PlanState.COMPUTING)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)  # load, cost, changes, sentence
    job_id: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    published_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Plan {self.id} {self.state}>"


class PairChange(StrEnum):
    """What a proposal changes for one learner against now. Who waits stays with a trainer who is on a pause."""

    KEEP = "keep"
    MOVE = "move"
    JOIN = "join"
    LOSE = "lose"
    WAIT = "wait"
    END = "end"


class PlanPair(Base):
    """One learner in a proposal: with a trainer and the reasons, or without one, with the rule and the cure."""

    __tablename__ = "plan_pair"
    __table_args__ = (
        CheckConstraint("trainer_id IS NULL OR trainer_id <> learner_id", name="nobody_teaches_themselves"),
        Index("ix_plan_pair_plan_id_trainer_id", "plan_id", "trainer_id"),
        Index("ix_plan_pair_plan_id_change", "plan_id", "change"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # a second contact
    points: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(500), default="")  # told to whoever decides
    told: Mapped[str] = mapped_column(String(500), default="")  # told to the learner
    rule: Mapped[str] = mapped_column(String(40), default="")  # left over: the rule whose relaxation helps most
    cure: Mapped[str] = mapped_column(String(500), default="")
    before_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # who teaches the learner now
    change: Mapped[str] = mapped_column(String(5), default="")  # of PairChange; "" for who had nobody and gets nobody
    because: Mapped[str] = mapped_column(String(500), default="")  # why the present pair ends
    second_reason: Mapped[str] = mapped_column(String(500), default="")

    def __repr__(self) -> str:
        return f"<PlanPair {self.learner_id} with {self.trainer_id}>"


class Assignment(Base):
    """A trainer given a learner for a course, from `starts_at` until `ends_at`. A learner has one live one a course."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("trainer_id <> learner_id", name="nobody_teaches_themselves"),
        Index("ix_assignment_trainer_id", "trainer_id"),
        Index(
            "uq_assignment_live", "learner_id", "course_id", unique=True,
            sqlite_where=text("ends_at IS NULL"), postgresql_where=text("ends_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    trainer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))  # so that undoing can give it back

    def __repr__(self) -> str:
        return f"<Assignment {self.trainer_id} teaches {self.learner_id}>"
