"""The job that computes a proposal of who teaches whom."""

from datetime import timedelta
from typing import Any

from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import CannotSucceedError, job
from training.assigning.models import Plan, PlanState
from training.assigning.operations import compute
from training.assigning.queries import starter_course
from training.assigning.watching import look
from training.rules.matching.columns import MatchingError


@job("training.propose", title="Proposal of who teaches whom", reads_first=True)
def propose_job(payload: dict[str, Any], progress: Progress) -> None:
    """Compute the plan `payload["plan_id"]`; one that was put away meanwhile stays as it is."""
    plan = db.session.get(Plan, payload["plan_id"])
    if plan is None or plan.state != PlanState.COMPUTING:
        return
    try:
        compute(plan, at=utcnow(), progress=progress.report)
    except MatchingError as error:
        raise CannotSucceedError(str(error)) from error


@job(
    "training.watch", title="Look whether who teaches whom needs a new plan", reads_first=True, every=timedelta(hours=1)
)
def watch_job(payload: dict[str, Any], progress: Progress) -> None:
    """Look at what has happened since the last plan; what makes a new one due becomes a proposal, told to owners."""
    course = starter_course()
    if course is None:
        progress.report(1, 1, "No course is loaded that plans are made for")
        return
    try:
        look(course.id, at=utcnow(), progress=progress.report)
    except MatchingError as error:
        raise CannotSucceedError(str(error)) from error
