"""The notice on what is collected about everybody, why, who sees it, and what one can do: for every employee."""

from flask import Blueprint, current_app, render_template

from people.access import permission_required
from people.permissions import Permission

blueprint = Blueprint("notice", __name__)


@blueprint.get("/notice")
@permission_required(Permission.PEOPLE_ACCOUNT_USE)
def notice() -> str:
    """The notice, with the company's own words at its end."""
    settings = current_app.config
    return render_template(
        "people/notice.html", keeps_text=settings["KEEP_TEXT"], smallest_group=settings["SMALLEST_GROUP"]
    )
