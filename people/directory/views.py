"""The owner's pages about people: the list, a new person, and changing what is known about one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import access_employee, access_team, in_scope, permission_required, teams_in_scope
from people.employees import list_queries as employee_list_queries
from people.employees import operations as employee_operations
from people.employees.entry import facts_from, form_data
from people.employees.forms import EmployeeForm, NewEmployeeForm
from people.employees.list_queries import Filters, State
from people.models import Employee, Role, Team
from people.permissions import Permission
from people.refusal import RefusedError
from people.roles.words import NAMES
from people.teams import queries as team_queries
from web import id_argument, page_number

blueprint = Blueprint("directory", __name__)

MOST_TEAMS_IN_LIST = 200


@blueprint.get("/people")
@permission_required(Permission.PEOPLE_DIRECTORY_VIEW)
def employees() -> str:
    """Everybody, searched and narrowed, a page at a time."""
    at, about = utcnow(), in_scope(current_user, Permission.PEOPLE_DIRECTORY_VIEW)
    team_id = id_argument("team")
    team = access_team(current_user, team_id, Permission.PEOPLE_DIRECTORY_VIEW) if team_id else None
    filters = Filters(
        words=request.args.get("q", "").strip(),
        team_path=team.path if team else "",
        site=request.args.get("site", ""),
        state=_one_of(State, request.args.get("state")),
        role=_one_of(Role, request.args.get("role")),
    )
    teams = team_queries.choices(teams_in_scope(current_user, Permission.PEOPLE_DIRECTORY_VIEW))
    return render_template(
        "people/employees.html",
        page=employee_list_queries.employees_page(filters, page_number(), about, at),
        headcount=employee_list_queries.headcount(about, at),
        filters=filters,
        narrowed=filters != Filters(),
        team=team,
        teams=teams if len(teams) <= MOST_TEAMS_IN_LIST else [],
        sites=employee_list_queries.sites(about),
        states=list(State),
        role_names=NAMES,
    )


def _one_of(kind: Any, text: str | None) -> Any:
    """The member of an enumeration that `text` names; None for anything else."""
    return kind(text) if text in set(kind) else None


@blueprint.route("/people/new", methods=["GET", "POST"])
@permission_required(Permission.PEOPLE_DIRECTORY_EDIT)
def new() -> str | Response | tuple[str, int]:
    """Enter one person by hand."""
    form = NewEmployeeForm()
    if request.method == "POST":
        facts = facts_from(form)
        if facts is not None:
            try:
                employee = employee_operations.create_employee(
                    facts, external_id=form.external_id.data or "", actor_id=current_user.id, at=utcnow()
                )
            except RefusedError as error:
                _show(form, error)
            else:
                db.session.commit()
                flash(f"{employee.name} is entered.")
                return redirect(url_for("directory.employee", employee_id=employee.id))
        return _form_page("people/new.html", form), 422
    return _form_page("people/new.html", form)


@blueprint.route("/people/<int:employee_id>/edit", methods=["GET", "POST"])
@permission_required(Permission.PEOPLE_DIRECTORY_EDIT)
def edit(employee_id: int) -> str | Response | tuple[str, int]:
    """Change what is known about a person; a new team moves them."""
    employee = access_employee(current_user, employee_id, Permission.PEOPLE_DIRECTORY_EDIT)
    if request.method == "GET":
        team = db.session.scalar(select(Team.full_name).where(Team.id == employee.team_id))
        manager = db.session.get(Employee, employee.manager_id) if employee.manager_id else None
        form = EmployeeForm(data=form_data(employee, team, manager))
        return _form_page("people/edit.html", form, employee, manager.name if manager else "")
    form = EmployeeForm()
    facts = facts_from(form)
    if facts is not None:
        try:
            changed = employee_operations.edit_employee(employee, facts, actor_id=current_user.id, at=utcnow())
        except RefusedError as error:
            _show(form, error)
        else:
            db.session.commit()
            flash("It is changed." if changed else "Nothing was different, so nothing is changed.")
            return redirect(url_for("directory.employee", employee_id=employee.id))
    return _form_page("people/edit.html", form, employee), 422


def _show(form: EmployeeForm, error: RefusedError) -> None:
    """Undo what the refused operation began, and put its message beside the field it is about."""
    db.session.rollback()
    field = error.field if error.field in form else "name"
    form[field].errors = [str(error)]


def _form_page(template: str, form: EmployeeForm, employee: Employee | None = None, manager_name: str = "") -> str:
    names = team_queries.full_names()[: team_queries.MOST_OFFERED]
    return render_template(template, form=form, employee=employee, team_names=names, manager_name=manager_name)
