"""The table of what learners and trainers said after a module."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Side(StrEnum):
    """Who was asked: the learner about the module, or the trainer about the learner's progress in it."""

    LEARNER = "learner"
    TRAINER = "trainer"


class Reply(StrEnum):
    """What can be said."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ModuleFeedback(Base):
    """One side's answers after one finished module; without answers it was skipped. The key lets nobody be asked twice.

    `trainer_id` is the trainer of the learner when it was said.
    """

    __tablename__ = "module_feedback"
    __table_args__ = (
        CheckConstraint("(helped IS NULL) = (worth_it IS NULL)", name="both_or_skipped"),
        CheckConstraint("helped IN ('yes', 'partly', 'no')", name="helped_known"),
        CheckConstraint("worth_it IN ('yes', 'partly', 'no')", name="worth_it_known"),
        CheckConstraint("side IN ('learner', 'trainer')", name="side_known"),
        Index("ix_module_feedback_trainer_id", "trainer_id"),
        Index("ix_module_feedback_module_id", "module_id"),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(8), primary_key=True)
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    helped: Mapped[str | None] = mapped_column(String(6))
    worth_it: Mapped[str | None] = mapped_column(String(6))
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<ModuleFeedback {self.enrolment_id}.{self.module_id} of the {self.side}>"
