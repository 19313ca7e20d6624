"""The periodic jobs about enrolments: a look for changed facts every ten minutes, everything once a day."""

from datetime import timedelta
from typing import Any

from db import utcnow
from jobs.progress import Progress
from jobs.registry import job
from training.enrolling import watch
from training.enrolling.reminding import remind

LOOK_EVERY = timedelta(minutes=10)
"""The pages about rules say this: whoever changes it changes what they promise."""


@job("training.rules.look", title="Rules for enrolment: a look", every=LOOK_EVERY)
def look(payload: dict[str, Any], progress: Progress) -> None:
    """Put the rules into effect if something they depend on has changed."""
    moved = watch.look(utcnow())
    progress.report(1, 1, moved.words if moved else "nothing has changed")


@job("training.rules.nightly", title="Rules for enrolment: all of them", every=timedelta(days=1))
def nightly(payload: dict[str, Any], progress: Progress) -> None:
    """Put all rules into effect: what time alone changes is found now."""
    progress.report(1, 1, watch.evaluate_all(utcnow()).words)


@job("training.due_dates.remind", title="Reminders of due dates", every=timedelta(hours=1))
def remind_of_due_dates(payload: dict[str, Any], progress: Progress) -> None:
    """Remind learners in the first hours of their own day, and tell trainers and managers who is overdue."""
    told = remind(utcnow())
    progress.report(1, 1, f"{told.learners} learners reminded, {told.others} trainers and managers told")
