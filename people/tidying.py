"""A daily job that removes what signing in leaves behind: sessions and links that are over, counts of tries."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_

from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import job
from people.sign_in.models import PasswordLink, SignInSession, Throttle

KEPT = timedelta(days=30)  # long enough to look into a complaint


def tidy(before: datetime) -> None:
    """Delete what was over before this moment."""
    over = or_(SignInSession.ends_at < before, SignInSession.ended_at < before)
    db.session.execute(delete(SignInSession).where(over))
    db.session.execute(delete(PasswordLink).where(or_(PasswordLink.ends_at < before, PasswordLink.used_at < before)))
    db.session.execute(delete(Throttle).where(Throttle.since < before))


def register() -> None:
    """Make it a daily job."""

    @job("people.tidy", title="Removal of sign-ins that are over", every=timedelta(days=1))
    def run(payload: dict[str, Any], progress: Progress) -> None:
        tidy(utcnow() - KEPT)
