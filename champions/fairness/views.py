"""The fairness view: selection by group before people approve; the owner's file for it, and its deletion."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.fairness import operations as fairness_operations
from champions.fairness import queries as fairness_queries
from champions.fairness.forms import AttributesForm
from champions.rules.attribute_file import AttributeFileError, read_attributes
from champions.rules.groups import FEWEST_PEOPLE, Verdict
from champions.shortlist.queries import latest_run
from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from web import count

blueprint = Blueprint("fairness", __name__)

MOST_BYTES = 8 * 1024 * 1024


@blueprint.get("/fairness")
@permission_required(Permission.CHAMPIONS_FAIRNESS_VIEW)
def fairness() -> str:
    """Selection rates by group in the latest run."""
    return _page(AttributesForm())


@blueprint.post("/fairness/attributes")
@permission_required(Permission.CHAMPIONS_FAIRNESS_MANAGE)
def supply() -> str | Response | tuple[str, int]:
    """Take the owner's file in the place of what was there."""
    form = AttributesForm()
    if not form.validate_on_submit():
        return _page(form), 422
    data = form.file.data.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        abort(413)
    try:
        rows = read_attributes(data)
    except AttributeFileError as error:
        form.file.errors = [*str(error).splitlines()]
        return _page(form), 422
    told = fairness_operations.supply(rows, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    left_out = f" {count(told.unknown_ids, 'id')} of the file fit nobody and were left out." if told.unknown_ids else ""
    flash(f"Attributes of {count(told.people, 'person', 'people')} are kept for this view alone.{left_out}")
    return redirect(url_for("fairness.fairness"))


@blueprint.post("/fairness/attributes/delete")
@permission_required(Permission.CHAMPIONS_FAIRNESS_MANAGE)
def delete() -> Response:
    """Delete all attributes at once."""
    people = fairness_operations.delete_all(actor_id=current_user.id, at=utcnow())
    db.session.commit()
    flash(f"The attributes of {count(people, 'person', 'people')} are deleted.")
    return redirect(url_for("fairness.fairness"))


def _page(form: AttributesForm) -> str:
    run = latest_run()
    view = fairness_queries.fairness_view(run) if run else None
    return render_template(
        "champions/fairness.html",
        run=run,
        view=view,
        form=form,
        kept=fairness_queries.number_of_people() if current_user.may(Permission.CHAMPIONS_FAIRNESS_MANAGE) else 0,
        lower=view.number_of(Verdict.LOWER, Verdict.PERHAPS_LOWER) if view else 0,
        too_few=view.number_of(Verdict.TOO_FEW) if view else 0,
        fine=view.number_of(Verdict.NO_SIGN) if view else 0,
        fewest=FEWEST_PEOPLE,
    )
