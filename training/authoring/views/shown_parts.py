"""What a learner would see of a part while it is being written: cleaned HTML, nothing stored."""

from typing import Any

from flask import render_template, request

from people.access import permission_required, reads_first
from training.authoring.views.blueprint import EDIT, blueprint
from training.rules.authoring.part_forms import question_typed
from training.rules.authoring.places import Part
from training.rules.kinds.catalogue import KINDS, validate

ANY_SEED = 7
"""The order in which choices are shown before there is an attempt."""


@blueprint.post("/preview")
@permission_required(EDIT)
@reads_first
def preview() -> str:
    """The fields of a form as a learner would see them, as a piece of a page."""
    part, kind = request.form.get("shown-part", ""), request.form.get("shown-kind", "")
    if part not in list(Part) or (part == Part.QUESTION and kind not in KINDS):
        part = Part.LESSON
    return shown_part(Part(part), kind, request.form.to_dict())


def shown_part(part: Part, kind: str, form: dict[str, str]) -> str:
    """One part as a piece of a page."""
    return render_template("training/authoring/preview.html", Part=Part, **values_shown(part, kind, form))


def values_shown(part: Part, kind: str, form: dict[str, str]) -> dict[str, Any]:
    """What the template of a part needs."""
    return {"part": part, "form": form, **_asked(kind, form)}


def _asked(kind: str, form: dict[str, str]) -> dict[str, Any]:
    if not kind:
        return {"question": None, "shown": None, "right": ""}
    question = question_typed(kind, form)
    sound = not validate(question.specification)
    shown = KINDS[kind].shown(question.specification, ANY_SEED) if sound else None
    right = KINDS[kind].right_answer(question.specification) if sound else ""
    return {"question": question, "shown": shown, "right": right}
