"""Discussions as people read and write them: under a lesson, one question with its answers, one's own words."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training.discussions import operations, queries
from training.discussions.access import (
    CHANGED_WITHIN,
    Place,
    Thread,
    access_own,
    access_place,
    access_thread,
    is_changeable,
    part_of,
)
from training.discussions.forms import ReasonForm, SayForm
from training.discussions.operations import TooLateError
from web import LARGEST_ID, page_number

blueprint = Blueprint("discussions", __name__)
TAKE = Permission.TRAINING_COURSE_TAKE
MOST_NAMED = 20


@blueprint.get("/discussions/lessons/<int:lesson_id>")
@permission_required(TAKE)
def lesson(lesson_id: int) -> str:
    """The questions under a lesson, the newest first."""
    return _lesson_page(access_place(current_user, lesson_id), SayForm())


@blueprint.post("/discussions/lessons/<int:lesson_id>")
@permission_required(TAKE)
def ask(lesson_id: int) -> Response | str | tuple[str, int]:
    """Ask; or look for somebody to name, which loses nothing that was typed."""
    place, form = access_place(current_user, lesson_id), SayForm()
    if request.form.get("go") == "find":
        return _lesson_page(place, form)
    if not form.validate():
        return _lesson_page(place, form), 422
    row = operations.say(place, form.text.data or "", **_who(place))
    db.session.commit()
    return redirect(url_for("discussions.thread", thread_id=row.id))


@blueprint.get("/discussions/<int:thread_id>")
@permission_required(TAKE)
def thread(thread_id: int) -> str:
    """One question with its answers, trainers' first."""
    return _thread_page(access_thread(current_user, thread_id), SayForm())


@blueprint.post("/discussions/<int:thread_id>")
@permission_required(TAKE)
def answer(thread_id: int) -> Response | str | tuple[str, int]:
    """Answer a question."""
    opened, form = access_thread(current_user, thread_id), SayForm()
    if request.form.get("go") == "find":
        return _thread_page(opened, form)
    if not form.validate():
        return _thread_page(opened, form), 422
    row = operations.say(opened.place, form.text.data or "", question=opened.question, **_who(opened.place))
    db.session.commit()
    return redirect(url_for("discussions.thread", thread_id=thread_id, _anchor=f"c{row.id}"))


@blueprint.get("/discussions/contributions/<int:contribution_id>/edit")
@permission_required(TAKE)
def own(contribution_id: int) -> str:
    """One's own words, to be changed or taken away."""
    row, place = access_own(current_user, contribution_id)
    form = SayForm(text=row.text)
    return render_template(
        "training/discussions/edit.html", row=row, place=place, form=form, open=is_changeable(row, utcnow())
    )


@blueprint.post("/discussions/contributions/<int:contribution_id>/edit")
@permission_required(TAKE)
def edit(contribution_id: int) -> Response | tuple[str, int]:
    """Word it anew; what it said before stays to be read."""
    row, place = access_own(current_user, contribution_id)
    form = SayForm()
    if not form.validate():
        page = render_template("training/discussions/edit.html", row=row, place=place, form=form, open=True)
        return page, 422
    try:
        operations.edit(row, form.text.data or "", utcnow())
    except TooLateError as error:
        flash(str(error), "refused")
    db.session.commit()
    return _back(row.question_id or row.id, row.id)


@blueprint.post("/discussions/contributions/<int:contribution_id>/delete")
@permission_required(TAKE)
def delete(contribution_id: int) -> Response:
    """Take one's own words away."""
    row, _ = access_own(current_user, contribution_id)
    try:
        operations.delete(row, utcnow())
        flash("Your words are gone; a line says that there was something.")
    except TooLateError as error:
        flash(str(error), "refused")
    db.session.commit()
    return _back(row.question_id or row.id, row.id)


@blueprint.post("/discussions/<int:thread_id>/report")
@permission_required(TAKE)
def report(thread_id: int) -> Response:
    """Ask the trainers and owners to look at something."""
    opened, form = access_thread(current_user, thread_id), ReasonForm()
    row = part_of(opened, request.form.get("contribution", type=int))
    if form.validate():
        operations.report(row, form.reason.data or "", reporter_id=current_user.id, at=utcnow())
        db.session.commit()
        flash("Thank you. Trainers and owners of this course look at it; the author does not learn that it was you.")
    else:
        flash("Say why, in 3 to 300 characters.", "refused")
    return _back(thread_id, row.id)


def _who(place: Place) -> dict[str, Any]:
    named = set(queries.members_among(place.course.id, _named()))
    return {"author_id": current_user.id, "name": current_user.name, "at": utcnow(), "mentions": named}


def _named() -> list[int]:
    ids = request.form.getlist("mention", type=int)
    return [one for one in ids if 0 < one <= LARGEST_ID][:MOST_NAMED]


def _naming(place: Place, thread_id: int | None) -> dict[str, Any]:
    """What the form needs to let one name members of the course: those chosen, and those to choose from."""
    words = " ".join(request.form.get("find", "").split())[:60]
    chosen = queries.members_among(place.course.id, _named())
    offered = queries.people_to_name(place.course.id, current_user.id, thread_id, words)
    return {"chosen": chosen, "offered": [one for one in offered if one[0] not in chosen], "words": words}


def _lesson_page(place: Place, form: SayForm) -> str:
    return render_template(
        "training/discussions/lesson.html",
        place=place,
        form=form,
        page=queries.questions_page(place.lesson.id, page_number()),
        readers=queries.readers(place.course.id),
        naming=_naming(place, None),
        now=utcnow(),
        changed_within=CHANGED_WITHIN,
    )


def _thread_page(opened: Thread, form: SayForm) -> str:
    question, page = queries.thread_page(opened.question, page_number())
    return render_template(
        "training/discussions/thread.html",
        place=opened.place,
        form=form,
        question=question,
        page=page,
        readers=queries.readers(opened.place.course.id),
        naming=_naming(opened.place, opened.question.id),
        now=utcnow(),
        changed_within=CHANGED_WITHIN,
    )


def _back(thread_id: int, contribution_id: int) -> Response:
    return redirect(url_for("discussions.thread", thread_id=thread_id, _anchor=f"c{contribution_id}"))
