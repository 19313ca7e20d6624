"""Certificates as Open Badges 3.0: signed as a JSON Web Token, and checked again.

Source: 1EdTech, Open Badges Specification 3.0, "JSON Web Token Proof Format": RS256, a `kid` that leads to the public
key, and the claims that repeat what the credential says.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import jwt
from flask import current_app
from jwt import PyJWK
from sqlalchemy import select

from db import db
from people.settings.company_settings import company_settings
from training.certificates import badge_keys
from training.certificates.models import Certificate
from training.models import Course
from training.rules.certification.badge_texts import BadgeFacts, claims, faults_in


class BadgeError(ValueError):
    """A badge that is not to be trusted; the message says why."""


def site() -> str:
    """The address under which everything about badges is found, without a slash at its end."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/")


def instance() -> Path:
    """The folder with the keys."""
    return Path(current_app.config["INSTANCE_DIR"])


def signed_badge(certificate: Certificate) -> str:
    """The certificate as a signed credential: a compact JWS."""
    course = db.session.execute(select(Course.summary, Course.language).where(Course.id == certificate.course_id)).one()
    facts = BadgeFacts(
        site=site(),
        issuer=company_settings().get("company_name", ""),
        code=certificate.code,
        holder=certificate.holder,
        course_id=certificate.course_id,
        course=certificate.course_title,
        summary=course.summary,
        language=course.language,
        valid_from=certificate.valid_from,
        expires_on=certificate.expires_on,
    )
    key = badge_keys.signing_key(instance())
    headers = {"kid": f"{site()}/badges/keys/{key.name}", "typ": "JWT"}
    return jwt.encode(claims(facts), key.private, algorithm="RS256", headers=headers)


def check_badge(token: str, at: datetime) -> dict[str, Any]:
    """The payload of a badge of ours; raises BadgeError with the reason if it is not to be trusted.

    Nothing is fetched: the keys are our own. Whether it was revoked since, the database says.
    """
    try:
        kid = str(jwt.get_unverified_header(token).get("kid", ""))
    except jwt.InvalidTokenError:
        raise BadgeError(
            "This is not a signed badge: a token of three parts with points between was expected."
        ) from None
    keys = {f"{site()}/badges/keys/{one['kid']}": one for one in badge_keys.public_keys(instance())}
    if kid not in keys:
        raise BadgeError(f"It names the key {kid!r}, which is none of ours.")
    options: Any = {"verify_exp": False, "verify_nbf": False, "verify_aud": False, "verify_iat": False}
    try:
        payload: dict[str, Any] = jwt.decode(token, PyJWK(keys[kid]).key, algorithms=["RS256"], options=options)
    except jwt.InvalidTokenError:
        raise BadgeError("The signature is wrong: the badge was changed after it was signed.") from None
    faults = faults_in(payload, at)
    if faults:
        raise BadgeError(" ".join(faults))
    return payload
