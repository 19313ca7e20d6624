"""A draft as a zip file of text files, and back: the two equal ways to write a course meet here."""

from dataclasses import replace

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from db import db
from people.access import permission_required
from training.authoring import operations as deeds
from training.authoring.models import Deed
from training.authoring.pictures import as_in_files, pictures_of
from training.authoring.views.blueprint import EDIT, blueprint, by, opened
from training.courses.pictures import with_kept_pictures
from training.rules.authoring.places import COURSE
from training.rules.course_files.course_text import CourseText
from training.rules.course_files.packing import (
    LARGEST_IN_ALL,
    PackageRefusedError,
    packed_course,
    pictures_in,
    read_package,
)
from training.rules.course_files.problems import Problem


@blueprint.get("/<int:draft_id>/download")
@permission_required(EDIT)
def download(draft_id: int) -> Response:
    """The draft as the folder of text files that `flask training load` reads."""
    draft, text = opened(draft_id)
    disposition = f"attachment; filename={draft.slug}.zip"
    data = packed_course(as_in_files(text), pictures_of(text))
    return Response(data, mimetype="application/zip", headers={"Content-Disposition": disposition})


@blueprint.route("/upload", methods=["GET", "POST"])
@permission_required(EDIT)
def upload() -> Answer | str | tuple[str, int]:
    """A zip file of a course folder as a new draft."""
    if request.method == "GET":
        return _page([], "")
    read = _read()
    if not isinstance(read, CourseText):
        return read
    draft = deeds.begin_draft(read, by(), Deed.UPLOADED)
    db.session.commit()
    flash("Your draft holds what the files say. Nobody sees it before you publish it.")
    return redirect(url_for("authoring.outline", draft_id=draft.id))


@blueprint.route("/<int:draft_id>/upload", methods=["GET", "POST"])
@permission_required(EDIT)
def upload_into(draft_id: int) -> Answer | str | tuple[str, int]:
    """A zip file in place of what a draft says; undo brings that back."""
    draft, _ = opened(draft_id, lock=request.method == "POST")
    if request.method == "GET":
        return _page([], "", draft.title)
    read = _read(draft.title)
    if not isinstance(read, CourseText):
        return read
    deeds.change(draft, COURSE, lambda now: replace(read, slug=now.slug), by(), deed=Deed.UPLOADED)
    db.session.commit()
    flash("The draft now says what the files say. “Undo” brings back what it said before.")
    return redirect(url_for("authoring.outline", draft_id=draft_id))


def _read(title: str = "") -> CourseText | tuple[str, int]:
    """The course that was handed in, or the page that says what is wrong with it."""
    file = request.files.get("file")
    data = file.read(LARGEST_IN_ALL + 1) if file else b""
    if not data:
        return _page([], "Choose a zip file.", title), 422
    if len(data) > LARGEST_IN_ALL:
        return _page([], f"The file is larger than {LARGEST_IN_ALL // 1024 // 1024} MiB.", title), 422
    try:
        read = read_package(data)
        if isinstance(read, CourseText):
            return with_kept_pictures(read, pictures_in(data))
    except PackageRefusedError as error:
        return _page([], str(error), title), 422
    return _page(read, "", title), 422


def _page(problems: list[Problem], wrong: str, title: str = "") -> str:
    return render_template("training/authoring/upload.html", problems=problems, wrong=wrong, title=title)
