"""Tables of grading by people. A grade is appended; a second opinion is one more row, and the last one counts."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class AnswerToGrade(Base):
    """An answer of a finished attempt that waits for a person, from then on also when it is graded."""

    __tablename__ = "answer_to_grade"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        ForeignKeyConstraint(["attempt_id", "position"], ["attempt_question.attempt_id", "attempt_question.position"]),
        Index(
            "ix_answer_to_grade_waiting", "handed_in_at",
            sqlite_where=text("graded_at IS NULL"), postgresql_where=text("graded_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    handed_in_at: Mapped[datetime] = mapped_column(Moment)
    graded_at: Mapped[datetime | None] = mapped_column(Moment)  # when it was graded last

    def __repr__(self) -> str:
        return f"<AnswerToGrade {self.id}>"


class AnswerGrade(Base):
    """One verdict of one person on one answer: appended, never changed. The last number counts."""

    __tablename__ = "answer_grade"
    __table_args__ = (CheckConstraint("fraction >= 0 AND fraction <= 1", name="fraction"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer_to_grade.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    grader_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    levels: Mapped[list[int]] = mapped_column(JSON)  # by criterion of the rubric, from 0
    comment: Mapped[str] = mapped_column(String(4000), default="")
    fraction: Mapped[float]

    def __repr__(self) -> str:
        return f"<AnswerGrade {self.answer_id}.{self.number}>"


class AnswerFile(Base):
    """That a file was handed in as an answer to a question of an attempt."""

    __tablename__ = "answer_file"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "position"], ["attempt_question.attempt_id", "attempt_question.position"]),
        Index("ix_answer_file_attempt_id_position", "attempt_id", "position"),
    )

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]

    def __repr__(self) -> str:
        return f"<AnswerFile {self.file_id}>"
