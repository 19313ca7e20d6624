"""One's own certificates: the PDF, the badge, what a renewal asks for, and whether others may see the page."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.settings.company_settings import company_settings
from training.certificates import operations, queries
from training.certificates.badges import signed_badge, site
from training.certificates.job import EVERY
from training.certificates.models import Certificate
from training.certificates.pdf import CertificateText, certificate_pdf
from training.rules.certification.terms import CertificateState
from training.rules.enrolling.due_dates import own_day

blueprint = Blueprint("certificates", __name__)
TAKE = Permission.TRAINING_COURSE_TAKE
LIVE = (CertificateState.VALID, CertificateState.IN_WINDOW)


@blueprint.get("/my-certificates", endpoint="mine")
@permission_required(TAKE)
def mine() -> str:
    """All of one's own, the newest first."""
    held = queries.my_certificates(current_user.id)
    today = own_day(utcnow(), current_user.time_zone)
    return render_template(
        "training/certificates/mine.html",
        held=held,
        steps=queries.renewal_steps([one.certificate.id for one in held if one.renewal and not one.renewed]),
        today=today,
        live=[one for one in held if one.state(today) in LIVE],
        public=queries.pages_are_public(),
        minutes=int(EVERY.total_seconds() // 60),
        State=CertificateState,
    )


@blueprint.get("/my-certificates/<int:certificate_id>.pdf")
@permission_required(TAKE)
def pdf(certificate_id: int) -> Response:
    """One's own certificate as a PDF."""
    held = queries.access_certificate(current_user, certificate_id, TAKE)
    return pdf_of(held.certificate)


@blueprint.get("/my-certificates/<int:certificate_id>/badge.jwt")
@permission_required(TAKE)
def badge(certificate_id: int) -> Response:
    """One's own certificate as a signed Open Badges 3.0 credential, for a wallet or a portfolio."""
    held = queries.access_certificate(current_user, certificate_id, TAKE)
    headers = {"Content-Disposition": f"attachment; filename=badge-{held.certificate.code}.jwt"}
    return Response(signed_badge(held.certificate), mimetype="application/jwt", headers=headers)


@blueprint.post("/my-certificates/<int:certificate_id>/withdraw")
@permission_required(TAKE)
def withdraw(certificate_id: int) -> AnyResponse:
    """Take the public page of one's own certificate off the web."""
    held = queries.access_certificate(current_user, certificate_id, TAKE, lock=True)
    operations.withdraw_page(held.certificate, utcnow())
    db.session.commit()
    flash("The page is gone: whoever has the code is told that there is nothing. Your certificate holds.")
    return redirect(url_for("certificates.mine"))


@blueprint.post("/my-certificates/<int:certificate_id>/show")
@permission_required(TAKE)
def show(certificate_id: int) -> AnyResponse:
    """Put it back."""
    held = queries.access_certificate(current_user, certificate_id, TAKE, lock=True)
    operations.show_page(held.certificate)
    db.session.commit()
    flash("The page is back: whoever has the code can check your certificate.")
    return redirect(url_for("certificates.mine"))


def pdf_of(certificate: Certificate) -> Response:
    """The PDF of a certificate that was opened by its door."""
    settings = company_settings()
    public = queries.pages_are_public(settings) and certificate.withdrawn_at is None
    content = certificate_pdf(
        CertificateText(
            company=settings.get("company_name", ""),
            holder=certificate.holder,
            course=certificate.course_title,
            valid_from=certificate.valid_from,
            expires_on=certificate.expires_on,
            code=certificate.code,
            address=f"{site()}/verify/{certificate.code}" if public else "",
            made_up=settings.get("made_up") == "1",
        )
    )
    headers = {"Content-Disposition": f"inline; filename=certificate-{certificate.code}.pdf"}
    return Response(content, mimetype="application/pdf", headers=headers)
