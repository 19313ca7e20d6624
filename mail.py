"""Outgoing mail: an outbox in the database, written in the transaction of the data, sent by the worker.

Each message has a key; a second one with the same key is dropped, so a repeated job sends nothing twice. A message is
sent at least once: should the worker die between the server's "accepted" and our note of it, it goes out again with
the same Message-ID, by which mail programs know a copy.
"""

import hashlib
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import JSON, CheckConstraint, ColumnElement, String, Text, and_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment, db, insert_if_new, table_of

MOST_TRIES = 12
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=12)
WHOLE_LINES = default.clone(max_line_length=900)
"""An address in a header may not be folded, and RFC 5322 allows 998 letters in a line."""


@dataclass(frozen=True)
class MailPart:
    """The message once more in another form that mail programs understand, such as an invitation ("calendar")."""

    subtype: str  # of text/
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is kept in the outbox."""
        return asdict(self)


class OutgoingMail(Base):
    """One message: waiting until `sent_at` is set or the tries are used up. What it says is dropped once it is sent."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # of MailPart
    stop_address: Mapped[str] = mapped_column(String(500), default="")  # where one stops mail of this kind
    created_at: Mapped[datetime] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(300), default="")

    def __repr__(self) -> str:
        return f"<OutgoingMail {self.id} {self.subject}>"


def send_later(*, to: str, subject: str, text: str, key: str, at: datetime) -> None:
    """Put a message into the outbox within the present transaction, unless one with this key is there already."""
    insert_if_new(table_of(OutgoingMail), outgoing(to=to, subject=subject, text=text, key=key, at=at))


def outgoing(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    at: datetime,
    parts: Sequence[MailPart] = (),
    stop_address: str = "",
) -> dict[str, Any]:
    """A row of the outbox, for those who put in many at once."""
    what = {"key": key, "to": to, "subject": subject, "text": text, "stop_address": stop_address}
    what["parts"] = [part.as_json() for part in parts]  # type: ignore[assignment]
    return {**what, "created_at": at, "next_try_at": at, "tries": 0, "error": ""}


def is_due(at: datetime) -> ColumnElement[bool]:
    """A criterion on OutgoingMail: to be sent now."""
    unsent = and_(OutgoingMail.sent_at.is_(None), OutgoingMail.tries < MOST_TRIES)
    return and_(unsent, OutgoingMail.next_try_at <= at)


def claim_next(at: datetime) -> OutgoingMail | None:
    """The message that has been due for longest, or None. Until its next try is due nobody else takes it."""
    query = select(OutgoingMail).where(is_due(at)).order_by(OutgoingMail.next_try_at, OutgoingMail.id).limit(1)
    mail = db.session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
    if mail is not None:
        mail.next_try_at = at + min(FIRST_DELAY * 2**mail.tries, LONGEST_DELAY)
        mail.tries += 1
        db.session.flush()
    return mail


def note_sent(mail_id: int, at: datetime) -> None:
    """Note that the server has taken a message, and drop what it says."""
    values = {"sent_at": at, "text": "", "parts": [], "error": ""}
    db.session.execute(update(OutgoingMail).where(OutgoingMail.id == mail_id).values(values))


def note_trouble(mail_id: int, error: str) -> None:
    """Note why the server did not take a message; it is tried again later."""
    db.session.execute(update(OutgoingMail).where(OutgoingMail.id == mail_id).values(error=error[:300]))


def deliver(mail: OutgoingMail, *, url: str, sender: str, folder: Path, at: datetime) -> None:
    """Hand one message to the SMTP server of `url` ("smtp://name:password@host:port"), or write a file ("file:").

    Raises OSError or smtplib.SMTPException when the server does not take it; the message then stays in the outbox.
    """
    message = _message(mail, sender, at)
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


def _message(mail: OutgoingMail, sender: str, at: datetime) -> EmailMessage:
    message = EmailMessage(policy=WHOLE_LINES)
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:32]}@sharpshooter.invalid>"
    if mail.stop_address:
        message["List-Unsubscribe"] = f"<{mail.stop_address}>"  # RFC 2369: mail programs show it as a button
    message.set_content(mail.text)
    for part in mail.parts:
        message.add_alternative(part["text"], subtype=part["subtype"], params=part["parameters"])
    return message
