"""Pages for questions of other programs: hand a file in, see what was understood, import it; export a course."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer
from wtforms.fields import SelectChoice

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from training.exchange import operations as deeds
from training.exchange import queries as reads
from training.exchange.forms import ImportForm, UploadForm
from training.exchange.models import QuestionUpload
from training.models import Course, Module
from training.rules.course_files.course_text import About
from training.rules.exchange.reading import read
from training.rules.exchange.results import TITLES, WRITTEN, Exchange, Exported, Format
from training.rules.exchange.writing import write
from training.rules.kinds.catalogue import KINDS, kind_of

blueprint = Blueprint("exchange", __name__)
MANAGE = Permission.TRAINING_COURSE_MANAGE
MOST_SHOWN = 300


@blueprint.route("/questions", methods=["GET", "POST"])
@permission_required(MANAGE)
def overview() -> str | Answer | tuple[str, int]:
    """Hand in a file of questions, or choose a course whose questions to take elsewhere."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            data = form.file.data.read(deeds.LARGEST_UPLOAD + 1)
            row = deeds.keep_upload(form.file.data.filename, data, actor_id=current_user.id, at=utcnow())
        except RefusedError as error:
            form.file.errors = [str(error)]
        else:
            db.session.commit()
            return redirect(url_for("exchange.preview", upload_id=row.id))
    page = render_template("training/exchange.html", form=form, places=reads.module_places(), most=deeds.LARGEST_UPLOAD)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/questions/uploads/<int:upload_id>", methods=["GET", "POST"])
@permission_required(MANAGE)
def preview(upload_id: int) -> str | Answer | tuple[str, int]:
    """What a file holds, and what of it was not understood; on POST it is imported, all of it or nothing."""
    upload = _access_upload(upload_id)
    places = reads.module_places()
    form = ImportForm(about=About.HOW.value)
    named = [SelectChoice(str(one.id), f"{one.course}: {one.title}") for one in places]
    form.module.choices = [SelectChoice("", "Choose a module"), *named]
    if form.validate_on_submit():
        exchange = read(upload.data, upload.name, About(form.about.data))
        module = db.session.get_one(Module, int(form.module.data))
        done = deeds.import_questions(module, exchange.questions, exchange.files, at=utcnow())
        deeds.discard_upload(upload)
        course = db.session.get_one(Course, module.course_id)
        db.session.commit()
        known = f" {done.known} were there already." if done.known else ""
        flash(f"{done.new} questions are new in “{module.title}”.{known} Attempts under way keep theirs.")
        return redirect(url_for("courses.course_detail", slug=course.slug))
    exchange = read(upload.data, upload.name)
    page = render_template("training/exchange_preview.html", upload=upload, form=form, **_words_of(exchange))
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/questions/uploads/<int:upload_id>/discard")
@permission_required(MANAGE)
def discard(upload_id: int) -> Answer:
    """Put a file away without importing it."""
    deeds.discard_upload(_access_upload(upload_id))
    db.session.commit()
    flash("The file is put away. Nothing was changed.")
    return redirect(url_for("exchange.overview"))


@blueprint.get("/questions/export/<slug>")
@permission_required(MANAGE)
def export(slug: str) -> str:
    """What each format can hold of a course, or of one module of it."""
    course, asked = _access_questions(slug)
    written = {form: write(asked.questions, form, asked.files) for form in WRITTEN}
    return render_template(
        "training/exchange_export.html",
        course=course,
        modules=[one for one in reads.module_places() if one.course_slug == slug],
        module=request.args.get("module"),
        count=len(asked.questions),
        written=written,
        titles=TITLES,
        Format=Format,
    )


@blueprint.get("/questions/export/<slug>/<form>")
@permission_required(MANAGE)
def download(slug: str, form: str) -> Response:
    """The questions of a course, or of one module of it, as a file."""
    if form not in [one.value for one in WRITTEN]:
        abort(404)
    course, asked = _access_questions(slug)
    written: Exported = write(asked.questions, Format(form), asked.files)
    module = request.args.get("module")
    name = f"{course.slug}-{module}" if module else course.slug
    disposition = f"attachment; filename={name}.{written.ending}"
    return Response(written.data, mimetype=written.media_type, headers={"Content-Disposition": disposition})


@blueprint.get("/pictures/<picture>")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def show_picture(picture: str) -> Response:
    """A picture that questions show."""
    row = reads.picture(picture.partition(".")[0]) or abort(404)
    return Response(row.data, mimetype=row.media_type)


def _words_of(exchange: Exchange) -> dict[str, Any]:
    """What the preview shows: questions that can be asked, those that cannot, and problems by their question."""
    later = [one for one in exchange.questions if deeds.can_be_asked(one, exchange.files)]
    taken = [one for one in exchange.questions if not deeds.can_be_asked(one, exchange.files)]
    return {
        "exchange": exchange,
        "taken": taken,
        "later": [(one, deeds.can_be_asked(one, exchange.files)) for one in later],
        "rights": {one.slug: kind_of(one.specification).right_answer(one.specification) for one in taken[:MOST_SHOWN]},
        "shown": MOST_SHOWN,
        "kinds": KINDS,
        "titles": TITLES,
        "has_packages": exchange.format is Format.QTI,
    }


def _access_upload(upload_id: int) -> QuestionUpload:
    """A file that the viewer handed in; else 404."""
    query = select(QuestionUpload).where(QuestionUpload.id == upload_id, QuestionUpload.employee_id == current_user.id)
    return db.session.scalars(query).one_or_none() or abort(404)


def _access_questions(slug: str) -> tuple[Course, reads.Asked]:
    """A course with what it asks, or what the module in the address asks; else 404."""
    course = db.session.scalars(select(Course).where(Course.slug == slug)).one_or_none() or abort(404)
    asked = reads.asked_in(course.id, request.args.get("module"))
    if not asked.questions and request.args.get("module"):
        abort(404)
    return course, asked
