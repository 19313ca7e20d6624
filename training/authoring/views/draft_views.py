"""The list of what one writes, a new course, and the outline of one draft with what can be done to it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.models import Employee
from people.refusal import RefusedError
from training.authoring import operations as deeds
from training.authoring import queries as reads
from training.authoring.access import access_draft
from training.authoring.models import Deed
from training.authoring.pictures import pictures_of
from training.authoring.views.blueprint import EDIT, blueprint, by, opened, part_in
from training.models import Course
from training.rules.authoring.checking import faults_of
from training.rules.authoring.differences import title_of
from training.rules.authoring.editing import add_lesson, add_module, move, remove
from training.rules.authoring.places import COURSE, Part, Place
from training.rules.course_files.course_text import Audience, CourseText
from training.rules.kinds.catalogue import KINDS

USUAL_PASS_MARK = 0.7


@blueprint.get("", endpoint="drafts")
@permission_required(EDIT)
def drafts() -> str:
    """What one writes; for owners also the courses that can be opened for changing."""
    return render_template(
        "training/authoring/drafts.html",
        drafts=reads.draft_lines(current_user),
        others=reads.courses_without_draft(current_user),
    )


@blueprint.post("", endpoint="begin")
@permission_required(EDIT)
def begin() -> Response | tuple[str, int]:
    """Begin a course from its title, or open a published one for changing."""
    if slug := request.form.get("course"):
        return _open_course(slug)
    title = " ".join(request.form.get("title", "").split())
    if not title:
        drafts = reads.draft_lines(current_user)
        others = reads.courses_without_draft(current_user)
        page = render_template("training/authoring/drafts.html", drafts=drafts, others=others, wrong=True)
        return page, 422
    text = CourseText("", title[:200], "", "en", Audience.EVERYONE, USUAL_PASS_MARK, "", ())
    draft = deeds.begin_draft(text, by())
    db.session.commit()
    flash("Your draft is begun. Nobody sees it before you publish it.")
    return redirect(url_for("authoring.outline", draft_id=draft.id))


def _open_course(slug: str) -> Response:
    if not current_user.may_about_all(EDIT):
        abort(404)
    course = db.session.scalars(select(Course).where(Course.slug == slug).with_for_update()).one_or_none() or abort(404)
    try:
        draft = deeds.draft_of_course(course, by())
    except RefusedError as error:
        flash(str(error), "refused")
        return redirect(url_for("authoring.drafts"))
    db.session.commit()
    return redirect(url_for("authoring.outline", draft_id=draft.id))


@blueprint.get("/<int:draft_id>")
@permission_required(EDIT)
def outline(draft_id: int) -> str:
    """The whole draft: its modules with lessons and questions, and what is missing before it can be published."""
    draft, text = opened(draft_id)
    last = reads.last_revision(draft)
    return render_template(
        "training/authoring/outline.html",
        draft=draft,
        text=text,
        faults=faults_of(text, pictures_of(text)),
        authors=reads.authors_of(draft),
        possible=reads.possible_authors(draft, utcnow()),
        last=last,
        title_of=title_of,
        Place=Place,
        Part=Part,
        kinds=KINDS,
    )


@blueprint.post("/<int:draft_id>")
@permission_required(EDIT)
def do(draft_id: int) -> Response:
    """Add, move or remove a part; undo, redo. Everything here can be undone."""
    draft, text = opened(draft_id, lock=True)
    deed = request.form.get("do", "")
    here = url_for("authoring.outline", draft_id=draft_id)
    if deed in ("undo", "redo"):
        done = deeds.undo(draft, by()) if deed == "undo" else deeds.redo(draft, by())
        db.session.commit()
        if not done:
            flash(f"There is nothing to {deed}.")
        return redirect(here)
    if deed == "module":
        return _add_module(draft_id)
    if deed == "lesson":
        return _add_lesson(draft_id)
    if deed not in ("remove", "up", "down"):
        flash("Nothing was done: use one of the buttons.", "refused")
        return redirect(here)
    place = part_in(request.form)
    if deed == "remove":
        title = title_of(text, place) or "It"
        deeds.change(draft, place, lambda now: remove(now, place), by(), deed=Deed.REMOVED)
        db.session.commit()
        flash(f"“{title}” is removed. “Undo” brings it back.")
        return redirect(here)
    step = -1 if deed == "up" else 1
    deeds.change(draft, place, lambda now: move(now, place, step), by(), deed=Deed.MOVED)
    db.session.commit()
    return redirect(f"{here}#{place.part}-{place.module}-{place.name}")


def _add_module(draft_id: int) -> Response:
    draft, text = opened(draft_id, lock=True)
    title = _title_in("module")
    if not title:
        return redirect(url_for("authoring.outline", draft_id=draft_id))
    changed, place = add_module(text, title, reads.names_in_use(draft, COURSE))
    deeds.change(draft, place, lambda now: changed, by(), deed=Deed.ADDED)
    db.session.commit()
    return redirect(url_for("authoring.module", draft_id=draft_id, module=place.module))


def _add_lesson(draft_id: int) -> Response:
    draft, text = opened(draft_id, lock=True)
    title, module = _title_in("lesson"), request.form.get("module", "")
    if not title:
        return redirect(url_for("authoring.outline", draft_id=draft_id))
    in_use = reads.names_in_use(draft, Place(Part.LESSON, module))
    changed, place = add_lesson(text, module, title, in_use)
    if place is None:
        abort(404)
    deeds.change(draft, place, lambda now: changed, by(), deed=Deed.ADDED)
    db.session.commit()
    return redirect(url_for("authoring.lesson", draft_id=draft_id, module=module, lesson=place.name))


def _title_in(what: str) -> str:
    title = " ".join(request.form.get("title", "").split())[:200]
    if not title:
        flash(f"Give the {what} a title; it can be changed later.", "refused")
    return title


@blueprint.post("/<int:draft_id>/authors")
@permission_required(EDIT)
def add_author(draft_id: int) -> Response:
    """Let a trainer or an owner write this draft too."""
    draft = access_draft(current_user, draft_id, lock=True)
    employee_id = request.form.get("employee_id", type=int)
    possible = dict(reads.possible_authors(draft, utcnow()))
    if employee_id in possible:
        deeds.add_author(draft, db.session.get_one(Employee, employee_id), by())
        db.session.commit()
        flash(f"{possible[employee_id]} writes this course with you now.")
    else:
        flash("Choose a trainer or an owner.", "refused")
    return redirect(url_for("authoring.outline", draft_id=draft_id, _anchor="authors"))
