"""Tables of enrolling: rules, what they last saw, extensions, leave. Why somebody is away is stored nowhere."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment
from training.rules.enrolling.due_dates import DueFrom


class EnrolmentRule(Base):
    """Who is to be in a course, until when, and when they are reminded. Switched off or deleted it moves nobody."""

    __tablename__ = "enrolment_rule"
    __table_args__ = (
        CheckConstraint("(due_from IN ('enrolment', 'hiring')) = (due_days IS NOT NULL)", name="days_where_counted"),
        CheckConstraint("(due_from = 'fixed') = (due_day IS NOT NULL)", name="day_where_fixed"),
        CheckConstraint("due_days IS NULL OR due_days >= 0", name="days_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)  # of training.rules.enrolling.conditions
    due_from: Mapped[str] = mapped_column(String(12), default=DueFrom.NONE)
    due_days: Mapped[int | None]
    due_day: Mapped[date | None]
    remind_before: Mapped[list[int]] = mapped_column(JSON)  # days before the due day
    remind_after: Mapped[list[int]] = mapped_column(JSON)  # days after it
    trainer_after: Mapped[int | None]  # days overdue until the trainer is told; None: never
    manager_after: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    switched_off_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    evaluated_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<EnrolmentRule {self.id}>"


class RuleWatch(Base):
    """What the rules last saw: one row, with marks of the facts they depend on. Other marks: something has changed."""

    __tablename__ = "rule_watch"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    marks: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<RuleWatch {self.at}>"


class DueExtension(Base):
    """That somebody was given more time, until when, by whom and why. Appended; the learner reads it."""

    __tablename__ = "due_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    granted_to: Mapped[date]  # the day as it was promised
    before_leave: Mapped[date]  # the same without the leave known then, so that later leave moves it
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<DueExtension {self.enrolment_id} to {self.granted_to}>"


class LeaveOfAbsence(Base):
    """Days on which the clock stands still for somebody. There is no column for a reason, on purpose."""

    __tablename__ = "leave_of_absence"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        Index("ix_leave_of_absence_employee_id", "employee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<LeaveOfAbsence {self.id}>"


class Escalation(Base):
    """That a trainer or a manager was told about somebody overdue: once for each due day, gathered into one message."""

    __tablename__ = "escalation"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10), primary_key=True)  # of training.rules.enrolling.reminders
    due_on: Mapped[date] = mapped_column(primary_key=True)
    told_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Escalation {self.level} about {self.enrolment_id}>"
