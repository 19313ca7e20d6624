"""The table of contests: an employee says that a fact is wrong, or asks a person to look at the score anew."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class ContestKind(StrEnum):
    """What the employee asks for."""

    FACT = "fact"  # an outcome or event that is missing, wrong, or somebody else's
    REVIEW = "review"  # that a person looks at the whole score


class ContestState(StrEnum):
    """Where a contest stands."""

    OPEN = "open"
    ANSWERED = "answered"


class ContestResult(StrEnum):
    """What came of it."""

    CHANGED = "changed"  # the facts are put right; the next run counts them
    STANDS = "stands"


class ScoreContest(Base):
    """One contest of one score: what the employee wrote, until when it is answered, and by whom with which reasons."""

    __tablename__ = "score_contest"
    __table_args__ = (
        CheckConstraint("kind IN ('fact', 'review')", name="kind_known"),
        CheckConstraint("state IN ('open', 'answered')", name="state_known"),
        CheckConstraint("result IN ('changed', 'stands')", name="result_known"),
        CheckConstraint("(state = 'answered') = (answered_by_id IS NOT NULL)", name="answered_by_somebody"),
        CheckConstraint("(state = 'answered') = (result IS NOT NULL)", name="answered_with_a_result"),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_at_a_moment"),
        CheckConstraint("answered_by_id <> employee_id", name="nobody_answers_themselves"),
        CheckConstraint("due_at > opened_at", name="due_after_opening"),
        Index("ix_score_contest_state_due_at", "state", "due_at"),
        Index("ix_score_contest_employee_id", "employee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("scoring_run.id"))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(10), default=ContestState.OPEN)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    result: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<ScoreContest {self.id} {self.state}>"
