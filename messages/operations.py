"""Telling people something: in the product at once, by mail as each of them wants it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select, update

from db import bulk_insert, db, table_of
from mail import MailPart, OutgoingMail, outgoing
from messages.kinds import KINDS, Kind, Way
from messages.models import Message, MessagePreference
from messages.stopping import public_url, stop_address
from people.models import Employee
from people.roles.queries import is_active

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Telling:
    """What is told. `path` leads to the page about it; `key` makes it one: told once to each person, however often.

    `parts` go with the mail, for those who get it at once.
    """

    kind: Kind
    subject: str
    text: str
    path: str
    key: str
    parts: tuple[MailPart, ...] = ()


def tell(employee_ids: Collection[int], telling: Telling, *, at: datetime) -> int:
    """Tell these people within the present transaction; returns how many had not been told before.

    People who have left are not told. Three statements, however many people.
    """
    return tell_each(dict.fromkeys(employee_ids, telling), at=at)


def tell_each(tellings: Mapping[int, Telling], *, at: datetime) -> int:
    """The same with words of their own for each person (such as a time where they live); all of one kind and key."""
    if not tellings:
        return 0
    one_of = next(iter(tellings.values()))
    if any((telling.kind, telling.key) != (one_of.kind, one_of.key) for telling in tellings.values()):
        raise ValueError("what is told at once must be of one kind and have one key")
    fresh = _not_told(tellings, one_of, at)
    if not fresh:
        return 0
    at_once = [one for one in fresh if one.email and (one.way or KINDS[one_of.kind].way) == Way.AT_ONCE]
    mailed = {one.id for one in at_once}
    rows = [_message(one.id, tellings[one.id], at, at if one.id in mailed else None) for one in fresh]
    bulk_insert(table_of(Message), rows)
    bulk_insert(table_of(OutgoingMail), [_mail(one, tellings[one.id], at=at) for one in at_once])
    return len(fresh)


def mark_read(message: Message, at: datetime) -> None:
    """Note that a person has read a message; the first time counts."""
    message.read_at = message.read_at or at
    db.session.flush()


def mark_all_read(employee_id: int, at: datetime) -> None:
    """Note that a person has read all that is unread."""
    unread = (Message.employee_id == employee_id, Message.read_at.is_(None))
    db.session.execute(update(Message).where(*unread).values(read_at=at))


def _not_told(tellings: Collection[int], telling: Telling, at: datetime) -> list[Row]:
    """Id, address and chosen way of those who are here and have no message of this key."""
    chosen = and_(MessagePreference.employee_id == Employee.id, MessagePreference.kind == telling.kind)
    told = select(Message.employee_id).where(Message.key == telling.key)
    query = (
        select(Employee.id, Employee.email, MessagePreference.way)
        .outerjoin(MessagePreference, chosen)
        .where(Employee.id.in_(tellings), is_active(at), Employee.id.not_in(told))
        .order_by(Employee.id)
        .with_for_update(of=Employee)
    )
    return list(db.session.execute(query).all())


def _message(employee_id: int, telling: Telling, at: datetime, mailed_at: datetime | None) -> dict[str, Any]:
    values = {"kind": telling.kind, "subject": telling.subject[:LONGEST_SUBJECT], "text": telling.text}
    stamps = {"created_at": at, "read_at": None, "mailed_at": mailed_at}
    return {"employee_id": employee_id, **values, "path": telling.path, "key": telling.key, **stamps}


def _mail(one: Row, telling: Telling, *, at: datetime) -> dict[str, Any]:
    stop = stop_address(one.id, telling.kind)
    foot = f"-- \nYou get this because of “{KINDS[telling.kind].title}”. To stop mail of this kind: {stop}\n"
    return outgoing(
        to=one.email,
        subject=telling.subject[:LONGEST_SUBJECT],
        text=f"{telling.text}\n\n{public_url()}{telling.path}\n\n{foot}",
        key=f"message {one.id} {telling.key}",
        at=at,
        parts=telling.parts,
        stop_address=stop,
    )
