"""The guard before every page, and the doors to people. Deny by default.

A view declares its permission with `@permission_required`; one that declares nothing is refused. Objects are reached
only through `access_*` doors and `in_scope` criteria: what is out of scope is 404, as if it did not exist.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, false, or_, select, true
from werkzeug.wrappers import Response

from db import db, may_write, only_read
from people.models import Employee, Team
from people.permissions import Permission, Scope
from people.viewer import Viewer

View = TypeVar("View", bound=Callable[..., Any])
LearnersOf = Callable[[int], ColumnElement[bool]]
_learners_of: list[LearnersOf] = []


def permission_required(permission: Permission) -> Callable[[View], View]:
    """Declare which permission a view needs. The scope is checked by the door that the view opens."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare that a view needs nobody signed in. A test holds the short list of these."""
    view.public = True  # type: ignore[attr-defined]
    return view


def reads_first(view: View) -> View:
    """Declare that a changing view reads before it writes and calls `may_write` itself (it does slow work between)."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def install_guard(app: Flask) -> None:
    """Let every request through the guard, and begin its transactions for reading or for writing."""

    @app.before_request
    def guard() -> Response | None:
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static":
            only_read()
            return None
        if request.method in {"GET", "HEAD"} or getattr(view, "reads_first", False):
            only_read()
        else:
            may_write()
        if getattr(view, "public", False):
            return None
        if not current_user.is_authenticated:
            back = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("sign_in.sign_in", next=back))
        permission = getattr(view, "permission", None)
        if permission is None or not current_user.may(permission):
            abort(403)
        return None


def register_learners_of(criterion: LearnersOf) -> None:
    """Tell the doors who the learners of a trainer are; called by training, which stands above people."""
    _learners_of[:] = [criterion]


def in_scope(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """A criterion on Employee: everybody about whom `viewer` holds `permission`. Put it into any query."""
    criteria: list[ColumnElement[bool]] = []
    for scope, team_path in viewer.scopes(permission):
        if scope is Scope.ALL:
            return true()
        if scope is Scope.OWN:
            criteria.append(Employee.id == viewer.id)
        elif scope is Scope.UNIT and team_path:
            criteria.append(Employee.team_id.in_(select(Team.id).where(Team.path.startswith(team_path))))
        elif scope is Scope.LEARNERS and _learners_of:
            criteria.append(_learners_of[0](viewer.id))
    return or_(*criteria) if criteria else false()


def access_employee(viewer: Viewer, employee_id: int, permission: Permission) -> Employee:
    """The employee, if `viewer` holds `permission` about them; else 404."""
    row = db.session.scalars(
        select(Employee).where(Employee.id == employee_id, in_scope(viewer, permission))
    ).one_or_none()
    if row is None:
        abort(404)
    return row


def teams_in_scope(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """A criterion on Team: every team about whose people `viewer` holds `permission`."""
    criteria: list[ColumnElement[bool]] = []
    for scope, team_path in viewer.scopes(permission):
        if scope is Scope.ALL:
            return true()
        if scope is Scope.UNIT and team_path:
            criteria.append(Team.path.startswith(team_path))
    return or_(*criteria) if criteria else false()


def access_team(viewer: Viewer, team_id: int, permission: Permission) -> Team:
    """The team, if `viewer` holds `permission` about its people; else 404."""
    row = db.session.scalars(select(Team).where(Team.id == team_id, teams_in_scope(viewer, permission))).one_or_none()
    if row is None:
        abort(404)
    return row
