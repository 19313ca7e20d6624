"""Signing in and out: throttling, sessions on the server, links to choose a password. Nothing here commits."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from db import db, insert_if_new, table_of
from people.auditing import audit
from people.models import Employee
from people.sign_in.models import PasswordLink, SignInSession, Throttle
from people.viewer import token_hash

WINDOW = timedelta(minutes=15)


def account(email: str) -> Employee | None:
    """The employee with this e-mail address, in any case; None when unknown."""
    return db.session.scalars(select(Employee).where(Employee.email == email.strip().lower())).one_or_none()


def may_sign_in(employee: Employee | None, at: datetime) -> bool:
    """Whether the account exists, is active and has not left."""
    if employee is None or employee.deactivated_at is not None:
        return False
    return employee.ends_on is None or employee.ends_on >= at.date()


def throttled(keys: dict[str, int], at: datetime) -> bool:
    """Whether any of `keys` (name -> allowed tries in 15 minutes) is used up. Reads only."""
    hashed = {token_hash(key): most for key, most in keys.items()}
    rows = db.session.scalars(select(Throttle).where(Throttle.key.in_(hashed), Throttle.since > at - WINDOW))
    return any(row.tries >= hashed[row.key] for row in rows)


def count_try(keys: list[str], at: datetime) -> None:
    """Count one failed try under each key; a window that is over begins anew."""
    for key in sorted(token_hash(key) for key in keys):
        insert_if_new(table_of(Throttle), {"key": key, "since": at, "tries": 0})
        row = db.session.scalars(select(Throttle).where(Throttle.key == key).with_for_update()).one()
        if row.since <= at - WINDOW:
            row.since, row.tries = at, 1
        else:
            row.tries += 1
    db.session.flush()


def begin_session(employee: Employee, *, at: datetime, hours: int, browser: str) -> str:
    """Begin a sign-in session and return its token; it ends after `hours`."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            token_hash=token_hash(token),
            employee_id=employee.id,
            created_at=at,
            ends_at=at + timedelta(hours=hours),
            browser=browser[:200],
        )
    )
    db.session.flush()
    return token


def end_session(token: str, at: datetime) -> None:
    """End one sign-in session at once."""
    live = SignInSession.ended_at.is_(None)
    db.session.execute(
        update(SignInSession).where(SignInSession.token_hash == token_hash(token), live).values(ended_at=at)
    )


def end_all_sessions(employee_id: int, at: datetime, *, but: str | None = None) -> None:
    """End all sign-in sessions of an employee at once, except the one with token `but`."""
    query = update(SignInSession).where(SignInSession.employee_id == employee_id, SignInSession.ended_at.is_(None))
    if but is not None:
        query = query.where(SignInSession.token_hash != token_hash(but))
    db.session.execute(query.values(ended_at=at))


def make_password_link(employee: Employee, *, at: datetime, minutes: int) -> str:
    """Make a single-use link to choose a password and return its token; earlier links stop working."""
    end_password_links(employee.id, at)
    token = secrets.token_urlsafe(32)
    db.session.add(
        PasswordLink(token_hash=token_hash(token), employee_id=employee.id, ends_at=at + timedelta(minutes=minutes))
    )
    db.session.flush()
    return token


def end_password_links(employee_id: int, at: datetime) -> None:
    """Let every link to choose a password that this employee was sent stop working."""
    live = PasswordLink.used_at.is_(None)
    db.session.execute(update(PasswordLink).where(PasswordLink.employee_id == employee_id, live).values(used_at=at))


def link_owner(token: str, at: datetime) -> Employee | None:
    """Whose live link this token is, or None. Locks the link, so that it can be used once only."""
    link = db.session.scalars(
        select(PasswordLink)
        .where(PasswordLink.token_hash == token_hash(token), PasswordLink.used_at.is_(None), PasswordLink.ends_at > at)
        .with_for_update()
    ).one_or_none()
    if link is None:
        return None
    employee = db.session.get(Employee, link.employee_id)
    return employee if may_sign_in(employee, at) else None


def use_link(token: str, at: datetime) -> None:
    """Mark a link as used."""
    db.session.execute(update(PasswordLink).where(PasswordLink.token_hash == token_hash(token)).values(used_at=at))


def renew_hash(employee_id: int, was: str, now: str) -> None:
    """Replace a hash by one of the same password, unless the password was changed meanwhile."""
    own = Employee.id == employee_id
    db.session.execute(update(Employee).where(own, Employee.password_hash == was).values(password_hash=now))


def set_password(
    employee: Employee, password_hash: str, *, actor_id: int | None, at: datetime, keep: str | None
) -> None:
    """Store a new password hash, end every sign-in session but `keep`, and write it into the audit trail."""
    employee.password_hash = password_hash
    end_all_sessions(employee.id, at, but=keep)
    audit.append(audit.Verb.PASSWORD_CHANGED, actor_id=actor_id, subject_id=employee.id, at=at)
