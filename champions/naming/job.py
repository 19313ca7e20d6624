"""The hourly job of peer naming: reminds who has not answered, and counts a round whose last day is over."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from champions.naming import round_operations
from champions.naming.models import NamingAnswer, NamingRound
from champions.naming.queries import current_round
from champions.rules.naming import Reminder, RoundState, reminder_due, state_of
from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import job
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Employee
from people.roles.queries import is_active
from web import day

PATH = "/naming"  # a job knows no request, and so no way to ask for the address of a page
SUBJECTS = {
    Reminder.OPENING: "Whom do you go to for help?",
    Reminder.HALF: "Whom do you go to for help? Half of the time is over",
    Reminder.LAST: "Whom do you go to for help? Two days are left",
}


@job("champions.naming", title="Reminders and counts of peer naming", every=timedelta(hours=1))
def look_after_round(payload: dict[str, Any], progress: Progress) -> None:
    """Do what is due now about the round that is under way."""
    progress.report(1, 1, care_for_round(utcnow()))


def care_for_round(at: datetime) -> str:
    """Remind or count, whatever is due; returns what was done, in words. Adds and flushes."""
    row = current_round()
    if row is None:
        return "No round is under way."
    row = db.session.scalars(select(NamingRound).where(NamingRound.id == row.id).with_for_update()).one()
    state = state_of(round_operations.window_of(row), row.closed_at, row.counted_at, at)
    if state is RoundState.OVER:
        kept = round_operations.count(row, actor_id=None, at=at)
        return f"The round is counted: {kept} counts are kept, and who named whom is deleted."
    if state is RoundState.OPEN:
        return f"{remind(row, at=at)} people were reminded."
    return "Nothing is due."


def remind(row: NamingRound, *, at: datetime) -> int:
    """Tell those who have not answered an open round what is due now, once; returns how many were told."""
    due = reminder_due(round_operations.window_of(row), at)
    if due is None or (due is not Reminder.OPENING and not row.reminds):
        return 0
    answered = select(NamingAnswer.giver_id).where(NamingAnswer.round_id == row.id)
    silent = db.session.scalars(select(Employee.id).where(is_active(at), Employee.id.not_in(answered))).all()
    telling = Telling(
        kind=Kind.NAMING,
        subject=SUBJECTS[due],
        text="Whom would you go to for help? Up to five names a topic, or none: nothing here has to be answered. It is "
        "confidential: only numbers from three different people on are ever shown, and who named whom is deleted. "
        f"Open until the end of {day(row.closes_on)}.",
        path=PATH,
        key=f"naming {row.id} {due}",
    )
    return tell(silent, telling, at=at)
