"""The door to messages: each person's own."""

from flask import abort
from sqlalchemy import select

from db import db
from messages.models import Message
from people.access import in_scope
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer


def access_message(viewer: Viewer, message_id: int, *, lock: bool = False) -> Message:
    """A message to oneself; else 404."""
    query = (
        select(Message)
        .join(Employee, Employee.id == Message.employee_id)
        .where(Message.id == message_id, in_scope(viewer, Permission.MESSAGES_MESSAGE_READ))
    )
    row = db.session.scalars(query.with_for_update(of=Message) if lock else query).one_or_none()
    if row is None:
        abort(404)
    return row
