"""The daily digest: what a person wants told together, in one mail, in the morning where they live.

Never two a day, never empty: what was read in the product by then is left out, and without anything left no mail goes.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from db import bulk_insert, bulk_upsert, db, in_batches, may_write, table_of
from mail import OutgoingMail, outgoing
from messages.kinds import KINDS, Way
from messages.models import Message, MessageDigest, MessagePreference
from messages.stopping import public_url, stop_address
from people.models import Employee
from people.roles.queries import is_active
from web import DAYS, count, zone_of

MORNING = range(7, 12)
"""The hours, where the person lives, in which a digest may leave; later it waits for the next morning."""
NEWEST = timedelta(days=7)
"""What has waited longer is not mailed any more: it stands in the product."""
AT_ONCE = 500


def send_digests(at: datetime) -> int:
    """Put the digests that are due into the outbox; returns how many. Five statements, and more for each 500 people."""
    zones = [zone for zone in db.session.scalars(_zones(at)) if due_day(at, zone, None)]
    if not zones:
        return 0
    may_write()
    people = [one for one in db.session.execute(_people(zones, at)) if due_day(at, one.time_zone, one.last_on)]
    return sum(_send(some, at) for some in in_batches(people, AT_ONCE))


def due_day(at: datetime, zone: str, last_on: date | None) -> date | None:
    """The day, in this zone, whose digest may leave at `at`; None when it is not morning or the day had its own."""
    local = at.astimezone(zone_of(zone))
    is_due = local.hour in MORNING and (last_on is None or last_on < local.date())
    return local.date() if is_due else None


def _waiting(at: datetime) -> ColumnElement[bool]:
    """A criterion on Message with its Employee and what they chose: waits for a digest."""
    by_default = [kind for kind, about in KINDS.items() if about.way is Way.DIGEST]
    wanted = or_(
        MessagePreference.way == Way.DIGEST, and_(MessagePreference.way.is_(None), Message.kind.in_(by_default))
    )
    fresh = and_(Message.mailed_at.is_(None), Message.read_at.is_(None), Message.created_at > at - NEWEST)
    return and_(fresh, wanted, Employee.email.is_not(None), is_active(at))


def _chosen() -> ColumnElement[bool]:
    return and_(MessagePreference.employee_id == Message.employee_id, MessagePreference.kind == Message.kind)


def _zones(at: datetime) -> Any:
    return (
        select(Employee.time_zone)
        .join(Message, Message.employee_id == Employee.id)
        .outerjoin(MessagePreference, _chosen())
        .where(_waiting(at))
        .distinct()
    )


def _people(zones: Sequence[str], at: datetime) -> Any:
    """Those for whom something waits, locked: of two workers at once the second finds nothing left to mail."""
    some = (
        select(Message.employee_id)
        .join(Employee, Employee.id == Message.employee_id)
        .outerjoin(MessagePreference, _chosen())
        .where(_waiting(at), Employee.time_zone.in_(zones))
    )
    return (
        select(Employee.id, Employee.name, Employee.email, Employee.time_zone, MessageDigest.last_on)
        .outerjoin(MessageDigest, MessageDigest.employee_id == Employee.id)
        .where(Employee.id.in_(some))
        .order_by(Employee.id)
        .with_for_update(of=Employee)
    )


def _day_of(one: Row, at: datetime) -> date:
    return at.astimezone(zone_of(one.time_zone)).date()


def _send(people: Sequence[Row], at: datetime) -> int:
    """Read anew what waits for these people, mail it, and note it."""
    query = (
        select(Message.id, Message.employee_id, Message.subject, Message.text, Message.path)
        .join(Employee, Employee.id == Message.employee_id)
        .outerjoin(MessagePreference, _chosen())
        .where(_waiting(at), Message.employee_id.in_([one.id for one in people]))
        .order_by(Message.created_at, Message.id)
    )
    waiting: dict[int, list[Row]] = defaultdict(list)
    for row in db.session.execute(query):
        waiting[row.employee_id].append(row)
    told = [one for one in people if waiting[one.id]]
    bulk_insert(table_of(OutgoingMail), [_mail(one, waiting[one.id], at) for one in told])
    days = [{"employee_id": one.id, "last_on": _day_of(one, at)} for one in told]
    bulk_upsert(table_of(MessageDigest), days, key="employee_id", columns=["last_on"])
    for ids in in_batches((row.id for rows in waiting.values() for row in rows), AT_ONCE):
        db.session.execute(update(Message).where(Message.id.in_(ids)).values(mailed_at=at))
    return len(told)


def _mail(one: Row, rows: Sequence[Row], at: datetime) -> dict[str, Any]:
    address, day = public_url(), _day_of(one, at)
    stop = stop_address(one.id, None)
    parts = [f"{row.subject}\n{row.text}\n{address}{row.path}" for row in rows]
    head = f"{count(len(rows), 'thing')} for you this {DAYS[day.weekday()]}"
    foot = (
        "-- \nThis mail comes once a day at most, and only when there is something. "
        f"How you are told: {address}/messages/preferences\nTo stop the digest: {stop}\n"
    )
    return outgoing(
        to=one.email,
        subject=f"Sharpshooter: {head}",
        text="\n\n".join([f"{head}:", *parts, foot]),
        key=f"digest {one.id} {day.isoformat()}",
        at=at,
        stop_address=stop,
    )
