"""The person who is signed in: identity, roles and scopes, read in one statement a request."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, or_, select

from db import db
from people.models import Employee, Role, RoleGrant, Team
from people.permissions import EMPLOYEE, GRANTS, Permission, Scope
from people.sign_in.models import SignInSession


@dataclass(frozen=True)
class Grant:
    """A live role: for a manager `team_path` is the team whose people it covers."""

    role: Role
    team_path: str | None


@dataclass(frozen=True)
class Viewer:
    """A signed-in employee, Flask-Login's user: `get_id` is the token of the sign-in session."""

    id: int
    name: str
    email: str | None
    external_id: str
    job: str
    site: str
    languages: str
    time_zone: str
    team_name: str
    token: str
    grants: tuple[Grant, ...] = field(default=())

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The random token that names the sign-in session."""
        return self.token

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are live now."""
        return frozenset(grant.role for grant in self.grants)

    def scopes(self, permission: Permission) -> frozenset[tuple[Scope, str | None]]:
        """Every (scope, team path) with which `permission` is held; empty means refused."""
        held: set[tuple[Scope, str | None]] = set()
        if permission in EMPLOYEE:
            held.add((EMPLOYEE[permission], None))
        for grant in self.grants:
            scope = GRANTS[grant.role].get(permission)
            if scope is not None:
                held.add((scope, grant.team_path))
        return frozenset(held)

    def may(self, permission: Permission | str) -> bool:
        """Whether `permission` is held at all, about anybody. Templates ask this to show a link."""
        return bool(self.scopes(Permission(permission)))

    def may_about_all(self, permission: Permission) -> bool:
        """Whether `permission` is held about everybody."""
        return any(scope is Scope.ALL for scope, _ in self.scopes(permission))


def token_hash(token: str) -> str:
    """SHA-256 in hex: what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def load_viewer(token: str, at: datetime) -> Viewer | None:
    """The viewer behind a session token, or None if it ended, ran out, or the employee was deactivated or has left."""
    return _one_viewer(_viewer_rows(at).where(SignInSession.token_hash == token_hash(token)), token, at)


def _viewer_rows(at: datetime):  # type: ignore[no-untyped-def]  # a Select of many columns
    live = and_(
        RoleGrant.employee_id == Employee.id,
        RoleGrant.starts_at <= at,
        or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at),
    )
    own, covered = Team.__table__.alias("own"), Team.__table__.alias("covered")
    return (
        select(Employee, own.c.name.label("team_name"), RoleGrant.role, covered.c.path.label("team_path"))
        .select_from(SignInSession)
        .join(Employee, Employee.id == SignInSession.employee_id)
        .outerjoin(own, own.c.id == Employee.team_id)
        .outerjoin(RoleGrant, live)
        .outerjoin(covered, covered.c.id == RoleGrant.team_id)
        .where(
            SignInSession.ended_at.is_(None),
            SignInSession.ends_at > at,
            Employee.deactivated_at.is_(None),
            or_(Employee.ends_on.is_(None), Employee.ends_on >= at.date()),
        )
    )


def _one_viewer(query, token: str, at: datetime) -> Viewer | None:  # type: ignore[no-untyped-def]
    rows = db.session.execute(query).all()
    if not rows:
        return None
    person = rows[0][0]
    grants = tuple(Grant(Role(row.role), row.team_path) for row in rows if row.role is not None)
    return Viewer(
        id=person.id,
        name=person.name,
        email=person.email,
        external_id=person.external_id,
        job=person.job,
        site=person.site,
        languages=person.languages,
        time_zone=person.time_zone,
        team_name=rows[0].team_name or "",
        token=token,
        grants=grants,
    )
