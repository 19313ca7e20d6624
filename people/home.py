"""The address "/": sends each person to the face that answers their first question."""

from flask import Blueprint, current_app, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from people.access import permission_required
from people.models import Role
from people.permissions import Permission

blueprint = Blueprint("home", __name__)

FIRST_PAGES = (
    (Role.OWNER, "shortlist.shortlist"),
    (Role.REVIEWER, "shortlist.shortlist"),
    (Role.TRAINER, "learners.learners"),
    (Role.MANAGER, "team_report.team_report"),
)


@blueprint.get("/")
@permission_required(Permission.PEOPLE_ACCOUNT_USE)
def home() -> Response:
    """The first page of the first role held; an employee without a role comes to the portal."""
    for role, endpoint in FIRST_PAGES:
        if role in current_user.roles and endpoint in current_app.view_functions:
            return redirect(url_for(endpoint))
    return redirect(url_for("portal.portal" if "portal.portal" in current_app.view_functions else "sign_in.account"))
