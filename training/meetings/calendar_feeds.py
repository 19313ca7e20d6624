"""The private calendar of somebody's meetings behind a secret address that can be renewed."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from db import bulk_upsert, db, table_of
from people.models import Employee
from people.roles.queries import is_active
from training.meetings.invitations import feed
from training.meetings.models import TAKEN, CalendarFeed, Meeting, MeetingSeat
from training.meetings.telling import Told, entry_of

PAST = timedelta(days=90)


def renew_feed(employee_id: int, at: datetime) -> str:
    """Make a new secret, which makes the one before void, and return it: it is kept as a hash alone."""
    secret = secrets.token_urlsafe(24)
    row = {"employee_id": employee_id, "secret_hash": _hash(secret), "made_at": at}
    bulk_upsert(table_of(CalendarFeed), [row], key="employee_id", columns=["secret_hash", "made_at"])
    return secret


def feed_made_at(employee_id: int) -> datetime | None:
    """When the present address was made; None where there is none."""
    return db.session.scalar(select(CalendarFeed.made_at).where(CalendarFeed.employee_id == employee_id))


def calendar_behind(secret: str, at: datetime) -> str | None:
    """The calendar behind a secret, as text; None when there is none or its owner has left. Two statements."""
    query = (
        select(Employee.id, Employee.name)
        .join(CalendarFeed, CalendarFeed.employee_id == Employee.id)
        .where(CalendarFeed.secret_hash == _hash(secret), is_active(at))
    )
    person = db.session.execute(query).one_or_none()
    if person is None:
        return None
    seat = and_(MeetingSeat.meeting_id == Meeting.id, MeetingSeat.learner_id == person.id)
    has_seat = select(MeetingSeat.meeting_id).where(seat, MeetingSeat.state.in_(TAKEN)).exists()
    taken = select(MeetingSeat.meeting_id).where(MeetingSeat.meeting_id == Meeting.id, MeetingSeat.state.in_(TAKEN))
    mine = or_(has_seat, and_(Meeting.trainer_id == person.id, or_(taken.exists(), Meeting.office_hours_id.is_(None))))
    rows = db.session.execute(
        select(Meeting, Employee.name, Employee.email)
        .join(Employee, Employee.id == Meeting.trainer_id)
        .where(mine, Meeting.starts_at > at - PAST)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    entries = [entry_of(meeting, Told(meeting.trainer_id, name, email, ""), at) for meeting, name, email in rows]
    return feed(f"Meetings of {person.name}", entries)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
