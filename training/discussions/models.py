"""Tables of discussions: what was said under a lesson, its earlier wordings, who was named, what was reported."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Contribution(Base):
    """A question under a lesson, or an answer to one (`question_id`). A line stays when it is deleted or hidden."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("(hidden_at IS NULL) = (hidden_by_id IS NULL)", name="hidden_by_somebody"),
        CheckConstraint("deleted_at IS NULL OR text = ''", name="deleted_has_no_text"),
        Index("ix_contribution_lesson_id_question_id", "lesson_id", "question_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    as_trainer: Mapped[bool] = mapped_column(default=False)  # the author taught or ran this course then
    text: Mapped[str] = mapped_column(Text)  # Markdown
    html: Mapped[str] = mapped_column(Text)  # made from it, cleaned
    at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    hidden_reason: Mapped[str] = mapped_column(String(300), default="")

    def __repr__(self) -> str:
        return f"<Contribution {self.id}>"


class EarlierWording(Base):
    """What a contribution said before it was edited."""

    __tablename__ = "earlier_wording"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)  # when it was replaced

    def __repr__(self) -> str:
        return f"<EarlierWording {self.contribution_id}.{self.number}>"


class Mention(Base):
    """That a contribution names somebody, who was told."""

    __tablename__ = "mention"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True, index=True)

    def __repr__(self) -> str:
        return f"<Mention {self.contribution_id} of {self.employee_id}>"


class Report(Base):
    """That somebody asked to have a contribution looked at. Settled when a moderator has decided."""

    __tablename__ = "contribution_report"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Report {self.contribution_id} by {self.reporter_id}>"
