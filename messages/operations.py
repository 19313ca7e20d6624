"""Telling people something: in the product at once, by mail as each of them wants it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import Row, and_, select

from db import bulk_insert, db, table_of
from mail import OutgoingMail
from messages.kinds import KINDS, Kind, Way
from messages.models import Message, MessagePreference
from people.models import Employee
from people.roles.queries import is_active


@dataclass(frozen=True)
class Telling:
    """What is told. `path` leads to the page about it; `key` makes it one: told once to each person, however often."""

    kind: Kind
    subject: str
    text: str
    path: str
    key: str


def tell(employee_ids: Collection[int], telling: Telling, *, at: datetime) -> int:
    """Tell these people within the present transaction; returns how many had not been told before.

    People who have left are not told. Three statements, however many people.
    """
    fresh = _not_told(employee_ids, telling, at)
    if not fresh:
        return 0
    at_once = [one for one in fresh if one.email and (one.way or KINDS[telling.kind].way) == Way.AT_ONCE]
    mailed = {one.id for one in at_once}
    values = {"kind": telling.kind, "subject": telling.subject, "text": telling.text, "path": telling.path}
    stamps = {"key": telling.key, "created_at": at, "read_at": None}
    rows = [{"employee_id": one.id, **values, **stamps, "mailed_at": at if one.id in mailed else None} for one in fresh]
    bulk_insert(table_of(Message), rows)
    bulk_insert(table_of(OutgoingMail), [_mail(one, telling, at=at) for one in at_once])
    return len(fresh)


def _not_told(employee_ids: Collection[int], telling: Telling, at: datetime) -> list[Row]:
    """Id, address and chosen way of those who are here and have no message of this key."""
    chosen = and_(MessagePreference.employee_id == Employee.id, MessagePreference.kind == telling.kind)
    told = select(Message.employee_id).where(Message.key == telling.key)
    query = (
        select(Employee.id, Employee.email, MessagePreference.way)
        .outerjoin(MessagePreference, chosen)
        .where(Employee.id.in_(employee_ids), is_active(at), Employee.id.not_in(told))
        .order_by(Employee.id)
        .with_for_update(of=Employee)
    )
    return list(db.session.execute(query).all())


def _mail(one: Row, telling: Telling, *, at: datetime) -> dict[str, object]:
    text = f"{telling.text}\n\n{current_app.config['PUBLIC_URL'].rstrip('/')}{telling.path}\n"
    key = f"message {one.id} {telling.key}"
    stamps = {"created_at": at, "next_try_at": at, "tries": 0, "error": ""}
    return {"key": key, "to": one.email, "subject": telling.subject, "text": text, **stamps}
