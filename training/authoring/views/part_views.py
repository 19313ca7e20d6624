"""The pages on which one part of a draft is written: the course itself, a module, a lesson, a question.

A page saves itself while one types, if it can (script); a button does the same without. What somebody else changed in
the meantime is never written over unseen: the page shows both, and what was typed stays on it.
"""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db
from people.access import permission_required
from training.authoring import operations as deeds
from training.authoring import queries as reads
from training.authoring.models import CourseDraft, Deed
from training.authoring.operations import ChangedMeanwhileError, text_at
from training.authoring.pictures import pictures_of
from training.authoring.views.blueprint import EDIT, blueprint, by, opened, place_at
from training.authoring.views.shown_parts import shown_part
from training.courses.loading import NOT_ASKED_YET
from training.rules.authoring.checking import faults_of
from training.rules.authoring.controls import with_row_up, without_row
from training.rules.authoring.differences import differences
from training.rules.authoring.editing import add_question, put
from training.rules.authoring.kind_forms import KIND_FORMS
from training.rules.authoring.part_forms import (
    COURSE_FIELDS,
    LESSON_FIELDS,
    MODULE_FIELDS,
    OPENING_FIELDS,
    QUESTION_HEAD,
    QUESTION_TAIL,
    QUIZ_FIELDS,
    changes_in,
    filled,
)
from training.rules.authoring.places import Part, Place, module_of, question_of
from training.rules.course_files.course_text import CourseText
from training.rules.kinds.catalogue import KINDS
from web import zone_of

Answer = str | Response | tuple[str | Response, int]


@blueprint.route("/<int:draft_id>/course", methods=["GET", "POST"])
@permission_required(EDIT)
def course(draft_id: int) -> Answer:
    """The course's own fields."""
    return _part_page(draft_id)


@blueprint.route("/<int:draft_id>/modules/<module>", methods=["GET", "POST"])
@permission_required(EDIT)
def module(draft_id: int, module: str) -> Answer:
    """A module's own fields."""
    return _part_page(draft_id, module)


@blueprint.route("/<int:draft_id>/modules/<module>/lessons/<lesson>", methods=["GET", "POST"])
@permission_required(EDIT)
def lesson(draft_id: int, module: str, lesson: str) -> Answer:
    """A lesson."""
    return _part_page(draft_id, module, lesson=lesson)


@blueprint.route("/<int:draft_id>/modules/<module>/questions/<question>", methods=["GET", "POST"])
@permission_required(EDIT)
def question(draft_id: int, module: str, question: str) -> Answer:
    """A question: what is asked, what counts, what is explained."""
    return _part_page(draft_id, module, question=question)


@blueprint.route("/<int:draft_id>/modules/<module>/questions", methods=["GET", "POST"])
@permission_required(EDIT)
def new_question(draft_id: int, module: str) -> Answer:
    """Choose the kind of a new question."""
    draft, text = opened(draft_id, lock=request.method == "POST")
    found = module_of(text, module) or abort(404)
    kind = request.form.get("kind", "")
    if kind in KINDS:
        in_use = reads.names_in_use(draft, Place(Part.QUESTION, module))
        changed, place = add_question(text, module, kind, in_use)
        assert place is not None  # the module is there
        deeds.change(draft, place, lambda now: changed, by(), deed=Deed.ADDED)
        db.session.commit()
        return redirect(url_for("authoring.question", draft_id=draft_id, module=module, question=place.name))
    page = render_template(
        "training/authoring/new_question.html",
        draft=draft,
        text=text,
        module=found,
        forms=KIND_FORMS,
        kinds=KINDS,
        later=NOT_ASKED_YET,
        wrong=request.method == "POST",
    )
    return (page, 422) if request.method == "POST" else page


@dataclass(frozen=True)
class _Conflict:
    """What somebody else made of the part in the meantime, against what was opened."""

    error: ChangedMeanwhileError
    theirs: list[Any]


def _part_page(draft_id: int, module: str = "", lesson: str = "", question: str = "") -> Answer:
    draft, text = opened(draft_id, lock=request.method == "POST")
    place = place_at(text, module, lesson, question)
    if request.method == "GET":
        return _render(draft, text, place, filled(text, place), draft.last_number)
    form = request.form.to_dict()
    base = request.form.get("base", type=int) or draft.last_number
    if way := form.pop("remove", ""):
        form = without_row(form, way)
    if way := form.pop("up", ""):
        form = with_row_up(form, way)
    try:
        number = deeds.change(
            draft, place, lambda now: put(now, place, **changes_in(now, place, form)), by(), base=base
        )
    except ChangedMeanwhileError as error:
        return _told_of(error, draft, place, form, base)
    db.session.commit()
    if _wants_json():
        return jsonify(number=number, saved=f"{by().at.astimezone(zone_of(current_user.time_zone)):%H:%M:%S}")
    return _onward(draft, place, form)


def _onward(draft: CourseDraft, place: Place, form: dict[str, str]) -> Response:
    """After saving: back to the fields for more rows, or to the outline unless something is to be mended."""
    here = address_of(draft.id, place)
    if request.form.get("remove") or request.form.get("up"):
        return redirect(f"{here}#rows-{(request.form.get('remove') or form.get('up', '')).rpartition('-')[0]}")
    if more := request.form.get("more"):
        return redirect(f"{here}?more={more}#rows-{more}")
    if request.form.get("do") == "stay":
        return redirect(f"{here}#preview")
    now = text_at(draft)
    if any(fault.place == place and fault.field for fault in faults_of(now, pictures_of(now))):
        flash("Saved. Something here is still to be mended before it can be published.")
        return redirect(f"{here}?check=1")
    flash("Saved.")
    return redirect(url_for("authoring.outline", draft_id=draft.id, _anchor=f"module-{place.module}-"))


def _told_of(
    error: ChangedMeanwhileError, draft: CourseDraft, place: Place, form: dict[str, str], base: int
) -> Answer:  # fmt: skip
    """Somebody else was faster: nothing is stored, what was typed stays, and what they changed is shown."""
    if _wants_json():
        return jsonify(error=f"{error} Press Save to see both."), 409
    db.session.rollback()
    draft, text = opened(draft.id)
    theirs = [one for one in differences(text_at(draft, base), text) if one.place == place]
    return _render(draft, text, place, form, error.number, _Conflict(error, theirs)), 409


def _render(
    draft: CourseDraft,
    text: CourseText,
    place: Place,
    form: dict[str, str],
    base: int,
    conflict: _Conflict | None = None,
) -> str:
    asked = question_of(text, place)
    checked = faults_of(text, pictures_of(text)) if request.args.get("check") else []
    faults = [fault for fault in checked if fault.place == place and fault.field]
    return render_template(
        "training/authoring/part.html",
        draft=draft,
        text=text,
        place=place,
        Part=Part,
        module=module_of(text, place.module),
        kind=KINDS[asked.kind] if asked else None,
        good_for=KIND_FORMS[asked.kind].good_for if asked else "",
        sections=_sections(place, asked.kind if asked else ""),
        folded=_FOLDED.get(place.part, []),
        form=form,
        base=base,
        conflict=conflict,
        faults=faults,
        wrong={"-".join(str(step) for step in fault.field): fault.words for fault in faults},
        more=request.args.get("more", ""),
        preview=shown_part(place.part, asked.kind if asked else "", form),
    )


_FOLDED = {
    Part.MODULE: [
        ("Rules of its quiz", "quiz-", QUIZ_FIELDS),
        ("When it opens, and for whom", "opens-", OPENING_FIELDS),
    ],
    Part.QUESTION: [("Topic, weight, pool", "", QUESTION_TAIL[1:])],
}
"""What few need is folded: title, prefix of its names, fields."""


def _sections(place: Place, kind: str) -> list[Any]:
    if place.part is Part.QUESTION:
        return [QUESTION_HEAD, KIND_FORMS[kind].fields, QUESTION_TAIL[:1]]
    return [{Part.COURSE: COURSE_FIELDS, Part.MODULE: MODULE_FIELDS, Part.LESSON: LESSON_FIELDS}[place.part]]


def address_of(draft_id: int, place: Place) -> str:
    """The page of a part."""
    if place.part is Part.COURSE:
        return url_for("authoring.course", draft_id=draft_id)
    if place.part is Part.MODULE:
        return url_for("authoring.module", draft_id=draft_id, module=place.module)
    names: dict[str, str] = {place.part.value: place.name}
    return url_for(f"authoring.{place.part}", draft_id=draft_id, module=place.module, **names)  # type: ignore[arg-type]


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
