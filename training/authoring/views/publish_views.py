"""Publishing: what is to be mended, who would move to the new version, and the button."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db import db
from people.access import permission_required
from people.refusal import RefusedError
from training.authoring import queries as reads
from training.authoring.operations import text_at
from training.authoring.pictures import pictures_of
from training.authoring.publishing import publish as publish_draft
from training.authoring.views.blueprint import EDIT, blueprint, by, opened
from training.authoring.views.part_views import address_of
from training.courses.moving import movers_of
from training.courses.version_models import MoveRule
from training.rules.authoring.checking import faults_of
from training.rules.authoring.differences import differences, title_of


@blueprint.get("/<int:draft_id>/publish")
@permission_required(EDIT)
def publish(draft_id: int) -> str:
    """What publishing would do."""
    return _page(draft_id)


@blueprint.post("/<int:draft_id>/publish")
@permission_required(EDIT)
def publish_now(draft_id: int) -> Response | tuple[str, int]:
    """Publish, if nothing is to be mended."""
    draft, _ = opened(draft_id, lock=True)
    rule = request.form.get("rule", MoveRule.NOT_BEGUN)
    rule = rule if rule in list(MoveRule) else MoveRule.NOT_BEGUN
    note = " ".join(request.form.get("note", "").split())
    try:
        course = publish_draft(draft, MoveRule(rule), note, by())
    except RefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return _page(draft_id), 422
    db.session.commit()
    flash(f"“{course.title}” is published.")
    return redirect(url_for("authoring.outline", draft_id=draft_id))


def _page(draft_id: int) -> str:
    draft, text = opened(draft_id)
    faults = faults_of(text, pictures_of(text))
    before = text_at(draft, draft.published_number) if draft.published_number else None
    return render_template(
        "training/authoring/publish.html",
        draft=draft,
        text=text,
        faults=faults,
        found=differences(before, text) if before else [],
        movers=movers_of(draft.course_id),
        changed_elsewhere=before is not None and reads.newest_digest(draft) != before.digest(),
        title_of=title_of,
        address_of=address_of,
    )
