"""One's messages, how one wants to be told, and the link that stops mail."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from db import db, utcnow
from messages import operations, preferences
from messages.access import access_message
from messages.forms import WAYS, chosen_ways, preferences_form
from messages.kinds import KINDS, Kind
from messages.queries import messages_of, unread_number
from messages.stopping import read_token
from people.access import permission_required, public
from people.models import Employee
from people.permissions import Permission
from web import count, page_number

blueprint = Blueprint("messages", __name__)
READ = Permission.MESSAGES_MESSAGE_READ


@blueprint.get("/messages", endpoint="messages")
@permission_required(READ)
def all_messages() -> str:
    """One's messages, the unread first."""
    words, only_unread = request.args.get("q", "").strip()[:100], request.args.get("unread") == "yes"
    page = messages_of(current_user.id, page_number(), text=words, unread=only_unread)
    return render_template(
        "messages/messages.html", page=page, unread=unread_number(), words=words, only_unread=only_unread, kinds=KINDS
    )


@blueprint.post("/messages/<int:message_id>/open", endpoint="open")
@permission_required(READ)
def open_message(message_id: int) -> Response:
    """Note that a message was read, and go to what it is about."""
    message = access_message(current_user, message_id, lock=True)
    operations.mark_read(message, utcnow())
    db.session.commit()
    return redirect(_own_path(message.path))


@blueprint.post("/messages/<int:message_id>/read")
@permission_required(READ)
def read(message_id: int) -> Response:
    """Note that a message was read, and stay."""
    operations.mark_read(access_message(current_user, message_id, lock=True), utcnow())
    db.session.commit()
    return redirect(url_for("messages.messages"))


@blueprint.post("/messages/read-all")
@permission_required(READ)
def read_all() -> Response:
    """Note that all messages were read."""
    operations.mark_all_read(current_user.id, utcnow())
    db.session.commit()
    flash("All messages are marked as read.")
    return redirect(url_for("messages.messages"))


@blueprint.route("/messages/preferences", methods=["GET", "POST"])
@permission_required(READ)
def how() -> str | Response | tuple[str, int]:
    """For each kind of message: by mail at once, once a day, or in the product only."""
    form = preferences_form(preferences.ways_of(current_user.id))
    if form.validate_on_submit():
        changed = preferences.choose(current_user.id, chosen_ways(form))
        db.session.commit()
        flash(f"{count(len(changed), 'choice')} kept." if changed else "Nothing was different, so nothing is changed.")
        return redirect(url_for("messages.how"))
    page = render_template("messages/preferences.html", form=form, ways=WAYS, kinds=Kind)
    return (page, 422) if form.errors else page


@blueprint.route("/messages/stop/<stop_token>", methods=["GET", "POST"])
@public
def stop(stop_token: str) -> str:
    """Stop mail of one kind without signing in. Opening the link changes nothing: mail programs open links too."""
    what = read_token(stop_token) or abort(404)
    person = db.session.get(Employee, what.employee_id) or abort(404)
    form = FlaskForm()
    stopped = form.validate_on_submit()
    if stopped:
        preferences.stop(what)
        db.session.commit()
    title = KINDS[what.kind].title if what.kind else ""
    return render_template("messages/stop.html", form=form, title=title, email=person.email, stopped=stopped)


def _own_path(path: str) -> str:
    """A path of ours: what is stored by mistake leads nowhere else."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else url_for("messages.messages")
