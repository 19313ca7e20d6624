"""Outgoing mail: an outbox in the database, written in the transaction of the data, sent by a job.

Each message has a key; a second one with the same key is dropped, so a repeated job sends nothing twice.
"""

import smtplib
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import CheckConstraint, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment, db, insert_if_new, table_of


class OutgoingMail(Base):
    """One message: waiting until `sent_at` is set. The text is dropped once it is sent."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    tries: Mapped[int] = mapped_column(default=0)

    def __repr__(self) -> str:
        return f"<OutgoingMail {self.id} {self.subject}>"


def send_later(*, to: str, subject: str, text: str, key: str, at: datetime) -> None:
    """Put a message into the outbox within the present transaction, unless one with this key is there already."""
    values = {"key": key, "to": to, "subject": subject, "text": text, "created_at": at, "tries": 0}
    insert_if_new(table_of(OutgoingMail), values)


def waiting(most: int = 100) -> list[OutgoingMail]:
    """The oldest messages that wait."""
    query = select(OutgoingMail).where(OutgoingMail.sent_at.is_(None)).order_by(OutgoingMail.id).limit(most)
    return list(db.session.scalars(query))


def deliver(mail: OutgoingMail, *, url: str, sender: str, folder: Path, at: datetime) -> None:
    """Hand one message to the SMTP server of `url` ("smtp://name:password@host:port"), or write a file ("file:").

    Raises OSError or smtplib.SMTPException when the server does not take it; the message then stays in the outbox.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"], message["Message-ID"] = format_datetime(at), make_msgid(domain="sharpshooter.invalid")
    message.set_content(mail.text)
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{mail.id:06}.eml").write_bytes(bytes(message))
        return
    with smtplib.SMTP(parts.hostname or "localhost", parts.port or 25, timeout=20) as server:
        if parts.username:
            server.starttls()
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
