"""What happens to messages by itself: the digest in each person's morning, and the removal of old ones."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_

from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import job
from messages.digest import send_digests
from messages.models import Message
from web import count

READ_KEPT, KEPT = timedelta(days=90), timedelta(days=365)


def tidy(at: datetime) -> None:
    """Delete messages that were read three months ago, and all that are a year old."""
    old = or_(Message.read_at < at - READ_KEPT, Message.created_at < at - KEPT)
    db.session.execute(delete(Message).where(old))


def register() -> None:
    """Make them periodic jobs."""

    @job("messages.digest", title="Daily digests", reads_first=True, every=timedelta(minutes=30))
    def digests(payload: dict[str, Any], progress: Progress) -> None:
        sent = send_digests(utcnow())
        progress.report(sent, sent, f"{count(sent, 'digest')} put in line" if sent else "No digest was due")

    @job("messages.tidy", title="Removal of old messages", every=timedelta(days=1))
    def removal(payload: dict[str, Any], progress: Progress) -> None:
        tidy(utcnow())
