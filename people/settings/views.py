"""What the owner sets for the company, beside what is set on the server."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

import config
from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.settings.company_settings import change_settings, choices, company_settings
from people.settings.forms import settings_form

blueprint = Blueprint("settings", __name__)

SHOWN = (
    "PUBLIC_URL", "SESSION_HOURS", "SIGN_IN_TRIES", "RESET_MINUTES", "INVITATION_HOURS", "KEEP_TEXT",
    "SMALLEST_GROUP", "UPLOAD_MEGABYTES",
)  # fmt: skip
"""The server's settings that a page may show: none of them is a secret or an address with a password in it."""


@blueprint.route("/settings", methods=["GET", "POST"])
@permission_required(Permission.PEOPLE_SETTINGS_EDIT)
def settings() -> str | Response | tuple[str, int]:
    """What the owner sets here, and what is set on the server."""
    form = settings_form(company_settings())
    if form.validate_on_submit():
        values = {choice.name: form[choice.name].data for choice in choices()}
        changed = change_settings(values, actor_id=current_user.id, at=utcnow())
        db.session.commit()
        flash("The settings are changed." if changed else "Nothing was different, so nothing is changed.")
        return redirect(url_for("settings.settings"))
    known = {setting.name: setting for setting in config.SETTINGS}
    server = [(known[name], current_app.config[name]) for name in SHOWN]
    page = render_template("people/settings.html", form=form, choices=choices(), server=server)
    return (page, 422) if form.errors else page
