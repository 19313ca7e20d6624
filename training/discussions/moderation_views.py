"""For trainers and owners: what was reported, what waits for an answer, hiding with a reason and showing again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from training.discussions import operations, queries
from training.discussions.access import MODERATE, access_moderated, part_of
from training.discussions.forms import ReasonForm
from web import page_number

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/discussions", endpoint="moderation")
@permission_required(MODERATE)
def discussions() -> str:
    """What needs somebody who teaches: reports first, then questions without an answer."""
    return render_template(
        "training/discussions/moderation.html",
        reported=queries.reported(current_user),
        page=queries.unanswered(current_user, page_number()),
        now=utcnow(),
    )


@blueprint.post("/discussions/<int:thread_id>/hide")
@permission_required(MODERATE)
def hide(thread_id: int) -> Response:
    """Hide a contribution, with a reason for everybody to read."""
    opened, form = access_moderated(current_user, thread_id), ReasonForm()
    row = part_of(opened, request.form.get("contribution", type=int))
    if form.validate():
        operations.hide(row, form.reason.data or "", by_id=current_user.id, at=utcnow())
        db.session.commit()
        flash("Hidden. Everybody reads the reason instead; you can show it again.")
    else:
        flash("Say why, in 3 to 300 characters: everybody reads it.", "refused")
    return redirect(url_for("discussions.thread", thread_id=thread_id, _anchor=f"c{row.id}"))


@blueprint.post("/discussions/<int:thread_id>/show")
@permission_required(MODERATE)
def show(thread_id: int) -> Response:
    """Show it again, or let what was reported stay."""
    opened = access_moderated(current_user, thread_id)
    row = part_of(opened, request.form.get("contribution", type=int))
    operations.show(row, by_id=current_user.id, at=utcnow())
    db.session.commit()
    flash("It is shown, and what was reported about it is settled.")
    return redirect(url_for("discussions.thread", thread_id=thread_id, _anchor=f"c{row.id}"))
