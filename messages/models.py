"""Messages to people, how each of them wants to be told, and when each had the last digest."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment
from messages.kinds import Kind, Way


class Message(Base):
    """One message to one person. `key` makes it one: a second with the same key to the same person is dropped."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("employee_id", "key", name="one_message_a_key"),
        Index("message_of_a_person", "employee_id", "created_at"),
        CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in Kind)), name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.kind} to {self.employee_id}>"


class MessagePreference(Base):
    """The way a person chose for a kind of message."""

    __tablename__ = "message_preference"
    __table_args__ = (CheckConstraint("way in ({})".format(", ".join(f"'{way}'" for way in Way)), name="way_known"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    way: Mapped[str] = mapped_column(String(12))

    def __repr__(self) -> str:
        return f"<MessagePreference {self.kind} of {self.employee_id}: {self.way}>"


class MessageDigest(Base):
    """The day, where the person lives, on which they had their last digest: never two a day."""

    __tablename__ = "message_digest"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    last_on: Mapped[date]

    def __repr__(self) -> str:
        return f"<MessageDigest of {self.employee_id} on {self.last_on}>"
