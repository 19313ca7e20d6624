"""The owner's page about one person, and what can be done there: roles, a link to sign in, deactivation."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import access_employee, permission_required
from people.auditing import queries as audit_queries
from people.auditing import words as audit_words
from people.directory.views import blueprint
from people.employees import operations as employee_operations
from people.employees import queries as employee_queries
from people.employees.entry import named_team
from people.employees.forms import GrantForm
from people.employees.person_facts import FactError
from people.models import Employee, Role, RoleGrant
from people.permissions import Permission
from people.refusal import RefusedError
from people.roles import operations as role_operations
from people.roles import words as role_words
from people.sign_in import password_mail
from people.teams import queries as team_queries
from web import zone_of

LAST_LINES = 5


@blueprint.get("/people/<int:employee_id>")
@permission_required(Permission.PEOPLE_DIRECTORY_VIEW)
def employee(employee_id: int) -> str:
    """One person: what is known, their roles, how they sign in, what was decided last."""
    return _page(access_employee(current_user, employee_id, Permission.PEOPLE_DIRECTORY_VIEW), GrantForm(formdata=None))


def _page(person: Employee, form: GrantForm) -> str:
    at, zone = utcnow(), zone_of(current_user.time_zone)
    may_see_trail = current_user.may(Permission.PEOPLE_AUDIT_VIEW)
    lines = audit_queries.last_lines(person.id, LAST_LINES) if may_see_trail else []
    teams = audit_queries.team_names(lines)
    return render_template(
        "people/employee.html",
        person=person,
        profile=employee_queries.profile(person.id, at),
        held=employee_queries.held_roles(person.id, at),
        role_names=role_words.NAMES,
        role_may=role_words.MAY,
        lines=[(line, audit_words.in_words(line.detail, teams, zone)) for line in lines],
        team_names=team_queries.full_names()[: team_queries.MOST_OFFERED],
        form=form,
    )


@blueprint.post("/people/<int:employee_id>/roles")
@permission_required(Permission.PEOPLE_ROLE_GRANT)
def grant(employee_id: int) -> Response | tuple[str, int]:
    """Grant a role."""
    person = access_employee(current_user, employee_id, Permission.PEOPLE_ROLE_GRANT)
    form = GrantForm()
    if form.validate_on_submit() and _granted(person, form):
        db.session.commit()
        flash(f"{person.name} is {role_words.NAMES[Role(form.role.data)].lower()} from now on.")
        return _back(person)
    db.session.rollback()
    return _page(person, form), 422


def _granted(person: Employee, form: GrantForm) -> bool:
    role = Role(form.role.data)
    try:
        team = named_team(form.team.data) if form.team.data and role is Role.MANAGER else None
        ends_at = _end_of(form.ends_on.data) if form.ends_on.data else None
        role_operations.grant_role(
            person,
            role,
            team_id=team.id if team else None,
            ends_at=ends_at,
            actor_id=current_user.id,
            at=utcnow(),
        )
    except FactError as error:
        form.team.errors = [str(error)]
    except RefusedError as error:
        form[error.field if error.field in form else "role"].errors = [str(error)]
    return not form.errors


def _end_of(day: date) -> datetime:
    """The end of a day in the time zone of whoever grants."""
    return datetime.combine(day + timedelta(days=1), time(), zone_of(current_user.time_zone)).astimezone(UTC)


@blueprint.post("/people/<int:employee_id>/roles/<int:grant_id>/end")
@permission_required(Permission.PEOPLE_ROLE_GRANT)
def end_role(employee_id: int, grant_id: int) -> Response:
    """End a role at once."""
    person = access_employee(current_user, employee_id, Permission.PEOPLE_ROLE_GRANT)
    held = db.session.scalars(
        select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.employee_id == person.id)
    ).one_or_none()
    if held is None:
        abort(404)
    return _deed(
        person, "The role has ended.", lambda at: role_operations.end_role(held, actor_id=current_user.id, at=at)
    )


@blueprint.post("/people/<int:employee_id>/deactivate")
@permission_required(Permission.PEOPLE_DIRECTORY_EDIT)
def deactivate(employee_id: int) -> Response:
    """End all sign-in sessions of a person and let them sign in no more."""
    person = access_employee(current_user, employee_id, Permission.PEOPLE_DIRECTORY_EDIT)
    said = f"{person.name} is signed out everywhere and can sign in no more."
    return _deed(
        person, said, lambda at: employee_operations.deactivate_employee(person, actor_id=current_user.id, at=at)
    )


@blueprint.post("/people/<int:employee_id>/reactivate")
@permission_required(Permission.PEOPLE_DIRECTORY_EDIT)
def reactivate(employee_id: int) -> Response:
    """Let a person sign in again."""
    person = access_employee(current_user, employee_id, Permission.PEOPLE_DIRECTORY_EDIT)
    said = f"{person.name} can sign in again."
    return _deed(
        person, said, lambda at: employee_operations.reactivate_employee(person, actor_id=current_user.id, at=at)
    )


@blueprint.post("/people/<int:employee_id>/link")
@permission_required(Permission.PEOPLE_DIRECTORY_EDIT)
def send_link(employee_id: int) -> Response:
    """Mail a link to choose a password."""
    person = access_employee(current_user, employee_id, Permission.PEOPLE_DIRECTORY_EDIT)
    said = f"A link is on its way to {person.email}. It works once; earlier links no longer do."

    def send(at: datetime) -> None:
        password_mail.mail_link(person, actor_id=current_user.id, actor_name=current_user.name, at=at)

    return _deed(person, said, send)


def _deed(person: Employee, said: str, do: Callable[[datetime], None]) -> Response:
    """Do it, commit and say so; or say why it may not be done."""
    try:
        do(utcnow())
    except RefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash(said)
    return _back(person)


def _back(person: Employee) -> Response:
    return redirect(url_for("directory.employee", employee_id=person.id))
