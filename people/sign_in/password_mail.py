"""Mail with a link to choose a password, as an owner sends it to somebody else; and the address of such a link."""

from datetime import datetime

from flask import current_app, render_template, url_for

from mail import send_later
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from people.sign_in import operations as sign_in_operations
from people.sign_in.operations import may_sign_in


def link_address(token: str) -> str:
    """The address behind which a password is chosen, on the host that the settings name."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + url_for("sign_in.choose", token=token)


def new_link(employee: Employee, *, actor_id: int | None, at: datetime) -> str:
    """Make a link for somebody who may sign in, note it in the trail, and return its address; earlier links end."""
    if not may_sign_in(employee, at):
        raise RefusedError("This account is not active, so a link would not work.")
    if employee.email is None:
        raise RefusedError("This person has no e-mail address, and one signs in with it. Enter one first.")
    minutes = current_app.config["INVITATION_HOURS"] * 60
    token = sign_in_operations.make_password_link(employee, at=at, minutes=minutes)
    audit.append(audit.Verb.PASSWORD_LINK_SENT, actor_id=actor_id, subject_id=employee.id, at=at)
    return link_address(token)


def mail_link(employee: Employee, *, actor_id: int, actor_name: str, at: datetime) -> None:
    """Send a link to choose a password; the mail leaves with the present transaction."""
    address = new_link(employee, actor_id=actor_id, at=at)
    hours = current_app.config["INVITATION_HOURS"]
    text = render_template(
        "people/mail/invitation.txt", name=employee.name, sender=actor_name, address=address, hours=hours
    )
    key = f"invitation {employee.id} {at.isoformat()}"
    send_later(to=employee.email or "", subject="Choose a password for Sharpshooter", text=text, key=key, at=at)
