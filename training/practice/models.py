"""Tables of practice: a card for each learner and question, the answers given, and pauses."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class PracticeCard(Base):
    """That a question comes back to a learner, and when. `state` is what its schedule keeps about it."""

    __tablename__ = "practice_card"
    __table_args__ = (
        UniqueConstraint("learner_id", "question_id"),
        Index("ix_practice_card_learner_id_due_on", "learner_id", "due_on"),
        Index("ix_practice_card_due_on", "due_on"),
        CheckConstraint("due_on > learnt_on", name="due_after_it_was_learnt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    schedule: Mapped[str] = mapped_column(String(10))
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    learnt_on: Mapped[date]  # when the module was passed, where the learner lives
    due_on: Mapped[date]

    def __repr__(self) -> str:
        return f"<PracticeCard {self.id} due {self.due_on}>"


class PracticeAnswer(Base):
    """An answer in practice. One a card and day: sent twice, it counts once."""

    __tablename__ = "practice_answer"
    __table_args__ = (
        UniqueConstraint("card_id", "given_on"),
        CheckConstraint("fraction >= 0 AND fraction <= 1", name="fraction"),
        CheckConstraint("days_after >= 0", name="not_before_it_was_learnt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("practice_card.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    given_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    days_after: Mapped[int]  # since the module was passed
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    fraction: Mapped[float]

    def __repr__(self) -> str:
        return f"<PracticeAnswer {self.id} of {self.card_id}>"


class PracticePause(Base):
    """That a learner wants no practice: until a day (the first day of practice again), or until they say so."""

    __tablename__ = "practice_pause"

    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[date | None]

    def __repr__(self) -> str:
        return f"<PracticePause of {self.learner_id}>"
