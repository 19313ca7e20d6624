"""The guard against rubber stamps: thirty approvals within a minute cannot have been read, and raise a flag.

The decisions stand: people made them. The owner sees the flag, and may ask, until the owner says that it is seen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from champions.models import HastyDecisions, NominationDecision
from champions.nominations.telling import people_who_decide
from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from people.models import Employee, Role
from people.refusal import RefusedError

MOST_APPROVALS = 30
WITHIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Flagged:
    """One flag that nobody has looked at yet, with the name of who decided."""

    id: int
    name: str
    number: int
    first_at: datetime
    last_at: datetime


def note_haste(actor_id: int, *, at: datetime) -> HastyDecisions | None:
    """After an approval: raise a flag if it was one of MOST_APPROVALS within a minute, or count it to the open flag."""
    query = select(func.count(), func.min(NominationDecision.at)).where(
        NominationDecision.decided_by_id == actor_id,
        NominationDecision.approves.is_(True),
        NominationDecision.at > at - WITHIN,
        NominationDecision.at <= at,
    )
    number, first_at = db.session.execute(query).one()
    if number < MOST_APPROVALS:
        return None
    recent = select(HastyDecisions).where(
        HastyDecisions.decided_by_id == actor_id, HastyDecisions.last_at > at - WITHIN
    )
    row = db.session.scalars(recent.with_for_update()).first()
    if row is not None:
        row.number, row.last_at = row.number + 1, at
        return row
    row = HastyDecisions(decided_by_id=actor_id, number=number, first_at=first_at, last_at=at)
    db.session.add(row)
    db.session.flush()
    detail = {"decisions": number}
    audit.append(audit.Verb.DECIDED_IN_HASTE, actor_id=None, subject_id=actor_id, at=at, detail=detail)
    tell(people_who_decide(at, Role.OWNER) - {actor_id}, _telling(row), at=at)
    return row


def _telling(row: HastyDecisions) -> Telling:
    return Telling(
        kind=Kind.NOMINATION,
        subject=f"{row.number} nominations were approved within a minute",
        text="None of them can have been read. Ask who decided, and have the reasons looked at again.",
        path="/decisions",
        key=f"haste {row.id}",
    )


def open_flags() -> list[Flagged]:
    """Flags that no owner has seen yet, the oldest first."""
    query = (
        select(HastyDecisions, Employee.name)
        .join(Employee, Employee.id == HastyDecisions.decided_by_id)
        .where(HastyDecisions.seen_at.is_(None))
        .order_by(HastyDecisions.id)
    )
    rows = db.session.execute(query)
    return [Flagged(row.id, name, row.number, row.first_at, row.last_at) for row, name in rows]


def mark_seen(row: HastyDecisions, *, actor_id: int, at: datetime) -> None:
    """An owner has looked at a flag. Raises RefusedError for one about oneself, or one seen already."""
    if row.decided_by_id == actor_id:
        raise RefusedError("This flag is about you: another owner looks at it.")
    if row.seen_at is not None:
        raise RefusedError("Somebody has looked at this already.")
    row.seen_by_id, row.seen_at = actor_id, at
    db.session.flush()


def in_words(seconds: int | None) -> str:
    """Time to decide in words: "after 40 seconds", "after 12 minutes"; empty where it is not known."""
    if seconds is None:
        return ""
    if seconds < 120:
        return f"after {seconds} second{'' if seconds == 1 else 's'}"
    return f"after {seconds // 60} minutes" if seconds < 7200 else f"after {seconds // 3600} hours"
