"""What people are told about meetings: in their own time, with an entry for their calendar."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell_each
from messages.stopping import public_url
from people.models import Employee
from training.meetings.invitations import Entry, Method, Person, invitation
from training.meetings.models import Meeting, MeetingState
from web import DAYS, moment, zone_of


@dataclass(frozen=True)
class Told:
    """Somebody who is told: how they are called, where mail reaches them, and their clock."""

    id: int
    name: str
    email: str | None
    time_zone: str


Words = Callable[[str], str]
"""From a time in words, on the reader's own clock, to what is told."""


def people(employee_ids: Collection[int]) -> dict[int, Told]:
    """These people by id. One statement."""
    query = select(Employee.id, Employee.name, Employee.email, Employee.time_zone).where(Employee.id.in_(employee_ids))
    return {row.id: Told(*row) for row in db.session.execute(query)}


def hold(employee_ids: Collection[int]) -> None:
    """Lock the rows of these people in one order, before several tellings lock some of them each in its own.

    Two who act in two meetings of one trainer at once then wait for each other in turn, and never both.
    """
    query = select(Employee.id).where(Employee.id.in_(employee_ids)).order_by(Employee.id)
    db.session.execute(query.with_for_update())


def when(starts_at: datetime, time_zone: str) -> str:
    """A moment on a clock: "Monday 2 March 2026, 10:05 (Europe/Lisbon)"."""
    local = starts_at.astimezone(zone_of(time_zone))
    return f"{DAYS[local.weekday()]} {moment(local)} ({time_zone})"


def entry_of(meeting: Meeting, trainer: Told, at: datetime) -> Entry:
    """The meeting for calendars."""
    host = public_url().partition("://")[2].partition("/")[0].partition(":")[0]
    return Entry(
        uid=f"meeting-{meeting.id}@{host}",
        sequence=meeting.sequence,
        topic=meeting.topic,
        place=meeting.place,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        organizer=Person(trainer.name, trainer.email),
        address=public_url() + path_of(meeting.id),
        stamp=at,
        cancelled=meeting.state == MeetingState.CANCELLED,
    )


def path_of(meeting_id: int) -> str:
    """The path of a meeting's page. Jobs tell people too, and have no request to make addresses from."""
    return f"/meetings/{meeting_id}"


def tell_about(
    meeting: Meeting,
    what: str,
    subject: str,
    texts: Mapping[int, Words],
    *,
    method: Method | None,
    at: datetime,
) -> None:
    """Tell each of these people about a meeting; `what` and the moment make it one. Adds and flushes."""
    known = people({*texts, meeting.trainer_id})
    trainer = known[meeting.trainer_id]
    entry = entry_of(meeting, trainer, at)
    tellings = {}
    for employee_id, words in texts.items():
        person = known[employee_id]
        own = employee_id == meeting.trainer_id
        sent = Method.PUBLISH if own and method is Method.REQUEST else method
        attendee = None if own else Person(person.name, person.email)
        tellings[employee_id] = Telling(
            kind=Kind.MEETING,
            subject=subject,
            text=words(when(meeting.starts_at, person.time_zone)),
            path=path_of(meeting.id),
            key=f"meeting {meeting.id} {what} {at.isoformat()}",
            parts=(invitation(entry, sent, attendee),) if sent else (),
        )
    tell_each(tellings, at=at)
