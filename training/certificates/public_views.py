"""What anybody may see: whether a code holds, and what a badge refers to. Nobody is signed in here.

Pages about people are not to be indexed, and may be asked for only so often. They say what the holder lets be seen:
name, course, days, state. A code that is unknown and one whose page was withdrawn answer alike.
"""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from sqlalchemy import select

from db import db, utcnow
from people.access import public
from people.settings.company_settings import company_settings
from training.certificates import badge_keys, queries
from training.certificates.allowance import questions
from training.certificates.badges import instance, site
from training.certificates.models import Certification
from training.models import Course
from training.rules.certification import badge_texts
from training.rules.certification.terms import CertificateState
from web import day

blueprint = Blueprint("verify", __name__)
LONGEST_CODE = 40
SAID = {
    CertificateState.VALID: "This certificate holds",
    CertificateState.IN_WINDOW: "This certificate holds",
    CertificateState.RENEWED: "This certificate was followed by a newer one",
    CertificateState.EXPIRED: "This certificate has expired",
    CertificateState.REVOKED: "This certificate no longer holds",
}


@blueprint.get("/verify")
@public
def verify() -> Response | tuple[str, int] | str:
    """Ask whether a code holds."""
    code = request.args.get("code", "").strip().lower()
    if code:
        return _answer(code)
    return _unindexed(render_template("training/certificates/verify.html", held=None, code="", off=not _public()))


@blueprint.get("/verify/<code>")
@public
def certificate(code: str) -> Response | tuple[str, int] | str:
    """The certificate with this code: name, course, days, state."""
    return _answer(code)


@blueprint.get("/badges/issuer")
@public
def issuer() -> Response:
    """Who issues badges here: an Open Badges 3.0 Profile."""
    _published()
    profile = badge_texts.issuer_profile(site(), company_settings().get("company_name", ""))
    return _json(profile | {"@context": badge_texts.CONTEXT})


@blueprint.get("/badges/keys")
@public
def keys() -> Response:
    """The public keys that check badges: a JWK Set (RFC 7517)."""
    return _json({"keys": badge_keys.public_keys(instance())})


@blueprint.get("/badges/keys/<name>")
@public
def key(name: str) -> Response:
    """One public key: where the `kid` of a badge leads to."""
    found = [one for one in badge_keys.public_keys(instance()) if one["kid"] == name]
    return _json(found[0]) if found else abort(404)


@blueprint.get("/badges/achievements/<int:course_id>")
@public
def achievement(course_id: int) -> Response:
    """What is achieved: a course that gives certificates."""
    _published()
    certified = select(Course).join(Certification, Certification.course_id == Course.id).where(Course.id == course_id)
    course = db.session.scalars(certified).one_or_none() or abort(404)
    made = badge_texts.achievement(site(), course.id, course.title, course.summary, course.language)
    return _json(made | {"@context": badge_texts.CONTEXT})


@blueprint.get("/badges/revocations")
@public
def revocations() -> Response:
    """Which badges no longer hold: a 1EdTech revocation list, without reasons."""
    _published()
    return _json(badge_texts.revocation_list(site(), queries.revoked_codes()))


def _answer(code: str) -> Response | tuple[str, int]:
    at = utcnow()
    if not questions.allows(request.remote_addr or "", at):
        abort(429)
    held = queries.by_code(code) if _public() and len(code) <= LONGEST_CODE else None
    state = held.state(at.date()) if held else None
    page = render_template(
        "training/certificates/verify.html",
        held=held,
        code=code,
        off=not _public(),
        said=_said(held, state) if held and state else "",
        good=state in {CertificateState.VALID, CertificateState.IN_WINDOW},
        issuer=company_settings().get("company_name", ""),
    )
    return _unindexed(page, 200 if held else 404)


def _said(held: queries.Held, state: CertificateState) -> str:
    last = held.certificate.expires_on
    if state is CertificateState.EXPIRED:
        return f"{SAID[state]}, on {day(last)}."
    if state in {CertificateState.VALID, CertificateState.IN_WINDOW}:
        return f"{SAID[state]}, until {day(last)}." if last else f"{SAID[state]}, for good."
    return f"{SAID[state]}."


def _public() -> bool:
    return queries.pages_are_public()


def _published() -> None:
    """Badges are checked through these addresses, so they go when the owner takes certificates off the web."""
    if not _public():
        abort(404)


def _json(made: dict[str, Any]) -> Response:
    answer = jsonify(made)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # checked from anywhere; there is nothing private in it
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _unindexed(page: str, status: int = 200) -> Response:
    return Response(page, status, headers={"X-Robots-Tag": "noindex, nofollow"})
