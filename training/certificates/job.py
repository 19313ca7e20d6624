"""The periodic job about certificates: issue, open renewals, renew."""

from datetime import timedelta
from typing import Any

from db import utcnow
from jobs.progress import Progress
from jobs.registry import job
from training.certificates import renewing

EVERY = timedelta(minutes=10)
"""So soon after a course is completed there is a certificate; the pages say so."""


@job("training.certificates", title="Certificates", every=EVERY)
def run(payload: dict[str, Any], progress: Progress) -> None:
    """Do what is due now. What was due while nothing ran is done as well."""
    progress.report(1, 1, renewing.work(utcnow()).words)
