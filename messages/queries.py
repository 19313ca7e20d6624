"""What the page of messages shows, and how many are unread."""

from flask import g
from flask_login import current_user
from sqlalchemy import func, or_, select

from db import db
from messages.models import Message
from web import Page

MESSAGES_A_PAGE = 25


def unread_number() -> int:
    """How many messages of the person who is signed in are unread. One statement a request, when a page asks."""
    if not current_user.is_authenticated:
        return 0
    if "unread_messages" not in g:
        query = select(func.count()).where(Message.employee_id == current_user.id, Message.read_at.is_(None))
        g.unread_messages = db.session.scalar(query) or 0
    return int(g.unread_messages)


def messages_of(employee_id: int, number: int, *, text: str = "", unread: bool = False) -> Page[Message]:
    """A page of a person's messages, the unread first, then the newest; only those with `text`. One statement."""
    query = select(Message, func.count().over()).where(Message.employee_id == employee_id)
    if text:
        query = query.where(
            or_(*(column.icontains(text, autoescape=True) for column in (Message.subject, Message.text)))
        )
    if unread:
        query = query.where(Message.read_at.is_(None))
    query = query.order_by(Message.read_at.is_not(None), Message.created_at.desc(), Message.id.desc())
    size = MESSAGES_A_PAGE
    rows = db.session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page([row[0] for row in rows], number, rows[0][1] if rows else 0, size)
