"""A daily job that removes what nobody needs any more: finished jobs and sent mail older than thirty days."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from db import db, utcnow
from jobs.models import Job, JobState
from jobs.progress import Progress
from jobs.registry import job
from mail import OutgoingMail

KEPT = timedelta(days=30)


def tidy(before: datetime) -> None:
    """Delete jobs that were done, and mail that was sent, before this moment."""
    db.session.execute(delete(Job).where(Job.state == JobState.DONE, Job.ended_at < before))
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.sent_at < before))


def register() -> None:
    """Make it a daily job."""

    @job("jobs.tidy", title="Removal of old jobs and sent mail", every=timedelta(days=1))
    def run(payload: dict[str, Any], progress: Progress) -> None:
        tidy(utcnow() - KEPT)
