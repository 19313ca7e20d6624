"""The table of sitting a quiz: each try at a question that is checked by itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class QuestionTry(Base):
    """One answer that was checked while the attempt was under way, and what it earned by itself. Appended."""

    __tablename__ = "question_try"
    __table_args__ = (
        UniqueConstraint("attempt_id", "round"),
        ForeignKeyConstraint(["attempt_id", "position"], ["attempt_question.attempt_id", "attempt_question.position"]),
        CheckConstraint("fraction >= 0 AND fraction <= 1", name="fraction"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    sequence: Mapped[int]  # of the response that was checked
    round: Mapped[int]  # from 1 over all questions of the attempt: the order in which they were checked
    fraction: Mapped[float]
    state: Mapped[str] = mapped_column(String(20))  # of training.rules.kinds.protocol.State
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    summary: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<QuestionTry {self.attempt_id}.{self.position}.{self.number}>"
