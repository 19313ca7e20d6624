"""The hourly job that reminds of contests near and past their deadline."""

from datetime import timedelta
from typing import Any

from champions.contests.telling import remind
from db import utcnow
from jobs.progress import Progress
from jobs.registry import job


@job("champions.contests", title="Reminders of contested scores", every=timedelta(hours=1))
def remind_of_contests(payload: dict[str, Any], progress: Progress) -> None:
    """Tell what is due now."""
    progress.report(1, 1, f"{remind(utcnow())} people were reminded.")
