"""The owner's pages about teams: the tree with its people and managers, and one team."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import and_
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import access_team, in_scope, permission_required, teams_in_scope
from people.employees import list_queries as employee_list_queries
from people.employees.forms import ManagerForm
from people.employees.list_queries import Filters, State
from people.employees.queries import who_is
from people.models import Employee, Team
from people.permissions import Permission
from people.refusal import RefusedError
from people.teams import manager_operations as team_manager_operations
from people.teams import queries as team_queries
from people.teams.queries import TeamRow
from web import Page, page_number

blueprint = Blueprint("teams", __name__)

TEAMS_ON_A_PAGE = 100


@blueprint.get("/teams")
@permission_required(Permission.PEOPLE_DIRECTORY_VIEW)
def teams() -> str:
    """The tree of teams with people and managers; a search shows where each hit stands, teams without people too."""
    everything = team_queries.tree(teams_in_scope(current_user, Permission.PEOPLE_DIRECTORY_VIEW), utcnow())
    words = request.args.get("q", "").strip()
    rows = [row for row in everything if row.people]
    fitting = [row for row in everything if _fits(row, words)] if words else rows
    return render_template(
        "people/teams.html",
        page=_page_of(fitting),
        words=words,
        total=len(rows),
        deserted=len(everything) - len(rows),
        people=sum(row.direct for row in rows),
        without=[row for row in rows if row.manager_id is None or not row.manager_is_active],
    )


def _fits(row: TeamRow, words: str) -> bool:
    named = f"{row.full_name} {row.manager_name or ''}".casefold()
    return all(word in named for word in words.casefold().split())


def _page_of(rows: list[TeamRow]) -> Page[TeamRow]:
    last = max(1, -(-len(rows) // TEAMS_ON_A_PAGE))
    number = min(page_number(), last)
    first = (number - 1) * TEAMS_ON_A_PAGE
    return Page(rows[first : first + TEAMS_ON_A_PAGE], number, len(rows), TEAMS_ON_A_PAGE)


@blueprint.get("/teams/<int:team_id>")
@permission_required(Permission.PEOPLE_DIRECTORY_VIEW)
def team(team_id: int) -> str:
    """One team: where it stands, who manages it, the teams directly below, and its people."""
    return _page(access_team(current_user, team_id, Permission.PEOPLE_DIRECTORY_VIEW), ManagerForm(formdata=None))


def _page(row: Team, form: ManagerForm) -> str:
    at = utcnow()
    scope = and_(Team.path.startswith(row.path), teams_in_scope(current_user, Permission.PEOPLE_DIRECTORY_VIEW))
    below = team_queries.tree(scope, at)
    own = next(each for each in below if each.id == row.id)
    directly_in = and_(Employee.team_id == row.id, in_scope(current_user, Permission.PEOPLE_DIRECTORY_VIEW))
    return render_template(
        "people/team.html",
        team=own,
        above=list(zip(team_queries.ids_of(row.path), row.full_name.split(" / "), strict=True))[:-1],
        below=[each for each in below if each.parent_id == row.id],
        managers=team_queries.managers_of(row.id, at),
        page=employee_list_queries.employees_page(Filters(state=State.ACTIVE), page_number(), directly_in, at),
        form=form,
    )


@blueprint.post("/teams/<int:team_id>/manager")
@permission_required(Permission.PEOPLE_ROLE_GRANT)
def name_manager(team_id: int) -> Response | tuple[str, int]:
    """Say who manages a team; the role follows."""
    row = access_team(current_user, team_id, Permission.PEOPLE_ROLE_GRANT)
    form = ManagerForm()
    if form.validate_on_submit():
        person = who_is(form.who.data or "")
        try:
            if person is None:
                raise RefusedError("Nobody has this id or e-mail address.")
            team_manager_operations.set_manager(row, person, actor_id=current_user.id, at=utcnow())
        except RefusedError as error:
            db.session.rollback()
            form.who.errors = [str(error)]
        else:
            db.session.commit()
            flash(f"{person.name} manages {row.name} from now on.")
            return redirect(url_for("teams.team", team_id=row.id))
    return _page(row, form), 422
