"""Attempts whose time is up and whose learner does not come back are finished with what was saved."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import job
from training.attempts.operations import finish
from training.enrolment_models import Attempt, Enrolment
from training.rules.time_limit import GRACE
from web import count

MOST_AT_ONCE = 200


def finish_overdue(at: datetime) -> int:
    """Finish attempts whose time, grace included, was up before `at`; returns how many. Nothing here commits.

    They end when their time was up. One by one, as a learner would: each is graded and may complete a course.
    """
    query = (
        select(Attempt, Enrolment)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.finished_at.is_(None), Attempt.ends_at < at - GRACE)
        .order_by(Attempt.ends_at)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=[Attempt, Enrolment], skip_locked=True)
    )
    rows = db.session.execute(query).all()
    for attempt, enrolment in rows:
        finish(attempt, enrolment, attempt.ends_at or at)
    return len(rows)


@job("training.overdue_attempts", title="Attempts whose time is up", every=timedelta(minutes=5))
def finish_overdue_attempts(payload: dict[str, Any], progress: Progress) -> None:
    """Finish what nobody comes back to."""
    progress.report(1, 1, f"{count(finish_overdue(utcnow()), 'attempt')} finished.")
