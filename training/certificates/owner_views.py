"""The owner's pages about certificates: all of them, one with issue again and revoke, and how a course certifies."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from db import db, utcnow
from people.access import permission_required
from people.models import Employee
from people.permissions import Permission
from people.refusal import RefusedError
from training.certificates import operations, queries
from training.certificates.forms import RevokeForm, certification_form
from training.certificates.models import Certification
from training.certificates.views import pdf_of
from training.models import Course
from training.rules.certification.terms import CertificateState
from training.rules.enrolling.due_dates import own_day
from web import id_argument, page_number

blueprint = Blueprint("all_certificates", __name__)
MANAGE = Permission.TRAINING_CERTIFICATE_MANAGE


@blueprint.get("/certificates", endpoint="all_certificates")
@permission_required(MANAGE)
def all_certificates() -> str:
    """Every certificate, by name, code, course or state; and which courses give them."""
    words, state = request.args.get("q", "").strip(), request.args.get("state", "")
    course_id = id_argument("course") or 0
    today = own_day(utcnow(), current_user.time_zone)
    page = queries.certificate_page(today, page_number(), words=words, state=state, course_id=course_id)
    return render_template(
        "training/certificates/all.html",
        page=page,
        courses=queries.course_lines(),
        words=words,
        state=state,
        course_id=course_id,
        today=today,
        State=CertificateState,
    )


@blueprint.get("/certificates/<int:certificate_id>")
@permission_required(MANAGE)
def one(certificate_id: int) -> str:
    """One certificate: its days, its state, and what can be done."""
    held = queries.access_certificate(current_user, certificate_id, MANAGE)
    return _page(held, RevokeForm(formdata=None))


@blueprint.get("/certificates/<int:certificate_id>.pdf")
@permission_required(MANAGE)
def pdf(certificate_id: int) -> Response:
    """The PDF, for whoever asks the owner for a copy."""
    return pdf_of(queries.access_certificate(current_user, certificate_id, MANAGE).certificate)


@blueprint.post("/certificates/<int:certificate_id>/reissue")
@permission_required(MANAGE)
def reissue(certificate_id: int) -> AnyResponse:
    """Issue it again with the name as it is now and a new code."""
    held = queries.access_certificate(current_user, certificate_id, MANAGE, lock=True)
    learner = db.session.get_one(Employee, held.certificate.learner_id)

    def do(at: datetime) -> int:
        return operations.reissue(held.certificate, learner, actor_id=current_user.id, at=at).id

    return _deed(certificate_id, do, "Issued again with a new code. The one before no longer holds.")


@blueprint.post("/certificates/<int:certificate_id>/revoke")
@permission_required(MANAGE)
def revoke(certificate_id: int) -> AnyResponse | tuple[str, int]:
    """Revoke it, for a reason that the holder reads."""
    held, form = queries.access_certificate(current_user, certificate_id, MANAGE, lock=True), RevokeForm()
    if not form.validate_on_submit():
        db.session.rollback()
        return _page(queries.access_certificate(current_user, certificate_id, MANAGE), form), 422

    def do(at: datetime) -> int:
        operations.revoke(held.certificate, reason=form.reason.data, actor_id=current_user.id, at=at)
        return certificate_id

    return _deed(certificate_id, do, "Revoked. The holder is told, and reads why.")


@blueprint.route("/certification/<int:course_id>", methods=["GET", "POST"])
@permission_required(MANAGE)
def certification(course_id: int) -> str | AnyResponse | tuple[str, int]:
    """How a course certifies: for how long, and how it is renewed."""
    course = db.session.get(Course, course_id) or abort(404)
    row = db.session.get(Certification, course_id)
    lines, modules = queries.course_lines(), queries.modules_with_quiz(course_id)
    form = certification_form(course, row, [line.course for line in lines], modules)
    if form.validate_on_submit():
        try:
            operations.set_certification(course_id, form.text(), actor_id=current_user.id, at=utcnow())
        except RefusedError as error:
            db.session.rollback()
            form[error.field or "months"].errors = [str(error)]
        else:
            db.session.commit()
            flash(f"“{course.title}” gives certificates. Whoever has completed it gets one within minutes.")
            return redirect(url_for("all_certificates.all_certificates"))
    page = render_template("training/certificates/certification.html", course=course, row=row, form=form)
    return (page, 422) if form.errors else page


@blueprint.post("/certification/<int:course_id>/end")
@permission_required(MANAGE)
def end(course_id: int) -> AnyResponse:
    """Give no more certificates for a course; those that were issued stay."""
    row = db.session.get(Certification, course_id, with_for_update=True) or abort(404)
    try:
        operations.end_certification(row, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash("The course gives no more certificates. Those that were issued stay as they are.")
    return redirect(url_for("all_certificates.all_certificates"))


def _deed(certificate_id: int, do: Callable[[datetime], int], said: str) -> AnyResponse:
    try:
        certificate_id = do(utcnow())
    except RefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash(said)
    return redirect(url_for("all_certificates.one", certificate_id=certificate_id))


def _page(held: queries.Held, form: RevokeForm) -> str:
    today = own_day(utcnow(), current_user.time_zone)
    return render_template(
        "training/certificates/one.html",
        held=held,
        state=held.state(today),
        form=form,
        learner=db.session.get_one(Employee, held.certificate.learner_id),
        history=[one for one in queries.my_certificates(held.certificate.learner_id)
                 if one.certificate.course_id == held.certificate.course_id],
        today=today,
        State=CertificateState,
    )  # fmt: skip
