"""Who changed what in a draft, and what exactly."""

from flask import abort, render_template

from db import db
from people.access import permission_required
from people.models import Employee
from training.authoring import queries as reads
from training.authoring.models import DraftRevision
from training.authoring.operations import text_at
from training.authoring.views.blueprint import EDIT, blueprint, opened
from training.rules.authoring.differences import differences, title_of
from training.rules.authoring.places import Part, Place


@blueprint.get("/<int:draft_id>/history")
@permission_required(EDIT)
def history(draft_id: int) -> str:
    """Every step of a draft, the latest first."""
    draft, text = opened(draft_id)
    return render_template(
        "training/authoring/history.html",
        draft=draft,
        text=text,
        steps=reads.steps_of(draft),
        title_of=title_of,
        Part=Part,
        Place=Place,
    )


@blueprint.get("/<int:draft_id>/history/<int:number>")
@permission_required(EDIT)
def step(draft_id: int, number: int) -> str:
    """What one step changed, word by word."""
    draft, text = opened(draft_id)
    revision = db.session.get(DraftRevision, (draft.id, number)) or abort(404)
    before = number - 1 if revision.deed in ("undone", "redone") else revision.undo_to
    found = differences(text_at(draft, before), text_at(draft, number)) if before else []
    return render_template(
        "training/authoring/step.html",
        draft=draft,
        text=text,
        revision=revision,
        who=db.session.get_one(Employee, revision.author_id).name,
        found=found,
        Part=Part,
    )
