"""The draft as a learner would go through it. Nothing is stored, nothing is graded."""

from flask import render_template

from people.access import permission_required
from training.authoring.views.blueprint import EDIT, blueprint, opened
from training.authoring.views.shown_parts import values_shown
from training.rules.authoring.part_forms import filled
from training.rules.authoring.places import Part, Place


@blueprint.get("/<int:draft_id>/look")
@permission_required(EDIT)
def look(draft_id: int) -> str:
    """The whole course on one page, lesson after lesson, with its questions; it can also be printed."""
    draft, text = opened(draft_id)
    questions = {
        (module.slug, one.slug): values_shown(
            Part.QUESTION, one.kind, filled(text, Place(Part.QUESTION, module.slug, one.slug))
        )
        for module in text.modules
        for one in module.questions
    }
    return render_template("training/authoring/look.html", draft=draft, text=text, questions=questions, Part=Part)
