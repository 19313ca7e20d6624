"""Tables of what happened: imports, activity events, outcomes and their credit."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Reach(StrEnum):
    """Whether reach was bought. Most sources do not say."""

    PAID = "paid"
    ORGANIC = "organic"
    NOT_STATED = "not_stated"


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"


class Import(Base):
    """One file handed in. `mapping` is the column mapping used; counts and rejections are its report.

    `faults` counts all rejected rows, however many of them are stored: [column, reason, number] each.
    `blanks` counts rows without a word on something that was read: [field, number] each.
    """

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # directory, activity, outcomes, library
    source: Mapped[str] = mapped_column(String(60))  # the system it comes from; ids are unique within it
    file_name: Mapped[str] = mapped_column(String(200))
    stored_name: Mapped[str] = mapped_column(String(80))  # in the instance folder; removed when done
    digest: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), default=ImportState.UPLOADED)
    taken: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    faults: Mapped[list[Any]] = mapped_column(JSON, default=list)
    blanks: Mapped[list[Any]] = mapped_column(JSON, default=list)
    seconds: Mapped[float | None]  # how long the last check or import took
    job_id: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Import {self.id} {self.kind} {self.state}>"


class ImportRejection(Base):
    """One row that an import did not take: where, why, and what to do. Kept so that nothing is lost in silence.

    `value` is the start of the cell at fault, and empty where that could be somebody's words. `taken`: the row was
    taken all the same, without this cell.
    """

    __tablename__ = "import_rejection"
    __table_args__ = (Index("ix_import_rejection_import_id_line", "import_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    line: Mapped[int]
    column: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(300))
    cure: Mapped[str] = mapped_column(String(300))
    value: Mapped[str] = mapped_column(String(100), default="")
    taken: Mapped[bool] = mapped_column(default=False)

    def __repr__(self) -> str:
        return f"<ImportRejection line {self.line}>"


class SavedMapping(Base):
    """A column mapping kept under a name, for the next file of the same system."""

    __tablename__ = "saved_mapping"
    __table_args__ = (UniqueConstraint("kind", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(60))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)

    def __repr__(self) -> str:
        return f"<SavedMapping {self.kind} {self.source}>"


class ActivityEvent(Base):
    """One dated thing that somebody did in a channel. Its text is not kept: only fingerprints are."""

    __tablename__ = "activity_event"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("employee_id IS NOT NULL OR verb = 'vote'", name="only_votes_lack_a_person"),
        CheckConstraint("reach IN ('paid', 'organic', 'not_stated')", name="reach_is_known"),
        Index("ix_activity_event_employee_id_at", "employee_id", "at"),
        # Only of events with a text: an index costs an import as much as the row itself.
        Index(
            "ix_activity_event_text_hash_at",
            "text_hash",
            "at",
            sqlite_where=text("text_hash IS NOT NULL"),
            postgresql_where=text("text_hash IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(60))
    external_id: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # none: an anonymous vote
    verb: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(60), default="")
    channel: Mapped[str] = mapped_column(String(200), default="")
    in_reply_to: Mapped[str | None] = mapped_column(String(100))  # external id of the event it answers
    target_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    magnitude: Mapped[float] = mapped_column(default=0.0)
    reach: Mapped[str] = mapped_column(String(10), default=Reach.NOT_STATED)
    permalink: Mapped[str] = mapped_column(String(500), default="")
    text_hash: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    is_copy: Mapped[bool] = mapped_column(default=False)
    from_library: Mapped[bool] = mapped_column(default=False)
    is_self_reply: Mapped[bool] = mapped_column(default=False)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"))

    def __repr__(self) -> str:
        return f"<ActivityEvent {self.id} {self.verb}>"


class Outcome(Base):
    """One dated, verified result."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("value >= 0", name="value_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(60))
    external_id: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    value: Mapped[float] = mapped_column(default=1.0)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"))

    def __repr__(self) -> str:
        return f"<Outcome {self.id} {self.kind}>"


class OutcomeCredit(Base):
    """The share of one outcome given to one employee, through the event that brought it where that is known."""

    __tablename__ = "outcome_credit"
    __table_args__ = (
        CheckConstraint("share > 0 AND share <= 1", name="share_is_a_part"),
        Index("ix_outcome_credit_employee_id", "employee_id"),
        Index("ix_outcome_credit_event_id", "event_id"),
    )

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    share: Mapped[float] = mapped_column(default=1.0)
    activity_id: Mapped[str | None] = mapped_column(String(100))  # external id of the event, as the source names it
    event_id: Mapped[int | None] = mapped_column(ForeignKey("activity_event.id"))

    def __repr__(self) -> str:
        return f"<OutcomeCredit {self.outcome_id} to {self.employee_id}>"
