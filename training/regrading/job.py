"""The job that grades attempts again."""

from typing import Any

from db import utcnow
from jobs.progress import Progress
from jobs.registry import CannotSucceedError, job
from training.regrading.operations import JOB, NotRegradedError, carry_out
from web import count


@job(JOB, title="Grading a question again")
def regrade(payload: dict[str, Any], progress: Progress) -> None:
    """Do what was decided; done twice, it does nothing the second time."""
    try:
        found = carry_out(payload["regrading"], utcnow())
    except NotRegradedError as error:
        raise CannotSucceedError(str(error)) from error
    changed = count(len(found.changes), "attempt")
    progress.report(1, 1, f"{changed} changed: {found.passes} now passed, {found.fails} no longer.")
