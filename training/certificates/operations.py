"""What people decide about certificates: which courses give them, issue again, revoke, take off the web.

Nothing here commits. Decisions about somebody else are rows of the audit trail; the reason of a revocation stands with
the certificate, where the holder reads it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from training.certificates.issuing import new_code
from training.certificates.models import Certificate, Certification, Renewal, RenewalModule
from training.certificates.renewing import LONGEST_WINDOW
from training.models import Module, Question
from training.rules.certification.terms import Terms

ISSUED_AGAIN = "Issued again: the newer one holds."


@dataclass(frozen=True)
class CertificationText:
    """How a course certifies: its terms, and the way to renew (modules of this course or another; none: all)."""

    terms: Terms
    renewal_course_id: int | None = None
    renewal_modules: tuple[int, ...] = field(default=())


def set_certification(course_id: int, text: CertificationText, *, actor_id: int | None, at: datetime) -> Certification:
    """Let a course give certificates, or change how. Terms that run are not touched: a certificate is never changed."""
    if text.terms.window > LONGEST_WINDOW.days:
        raise RefusedError("The window is at most two years long.", "window")
    if text.terms.months is not None and text.terms.window > 28 * text.terms.months:
        raise RefusedError("The window is longer than the certificate holds.", "window")
    if text.terms.months is not None:
        _check_path(course_id, text)
    row = db.session.get(Certification, course_id, with_for_update=True)
    if row is None:
        row = Certification(course_id=course_id, window_days=text.terms.window, renewal_modules=[], changed_at=at)
        db.session.add(row)
    row.months, row.window_days = text.terms.months, text.terms.window
    row.renewal_course_id, row.renewal_modules = text.renewal_course_id, list(text.renewal_modules)
    row.changed_by_id, row.changed_at, row.ended_at = actor_id, at, None
    db.session.flush()
    _note(course_id, "set", actor_id, at)
    return row


def end_certification(row: Certification, *, actor_id: int, at: datetime) -> None:
    """Give no more certificates; those that were issued stay as they are."""
    if row.ended_at is not None:
        raise RefusedError("This course gives no certificates already.")
    row.ended_at, row.changed_at, row.changed_by_id = at, at, actor_id
    db.session.flush()
    _note(row.course_id, "ended", actor_id, at)


def reissue(old: Certificate, learner: Employee, *, actor_id: int, at: datetime) -> Certificate:
    """Issue a certificate again, with the name as it is now and a new code. The old code says that this one holds."""
    if old.revoked_at is not None:
        raise RefusedError("A revoked certificate is not issued again.")
    old.revoked_at, old.revoked_by_id, old.revoked_reason = at, actor_id, ISSUED_AGAIN
    db.session.flush()
    new = Certificate(
        code=new_code(),
        learner_id=old.learner_id,
        course_id=old.course_id,
        enrolment_id=old.enrolment_id,
        term=old.term,
        holder=learner.name,
        course_title=old.course_title,
        issued_at=at,
        valid_from=old.valid_from,
        expires_on=old.expires_on,
        record=old.record,
        follows_id=old.follows_id,
        withdrawn_at=old.withdrawn_at,
    )
    db.session.add(new)
    db.session.flush()
    _carry_over(old, new)
    detail = {"certificate": new.id, "course": old.course_id}
    audit.append(
        audit.Verb.CERTIFICATE_ISSUED_AGAIN, actor_id=actor_id, subject_id=old.learner_id, at=at, detail=detail
    )
    _tell(new, f"Your certificate for “{new.course_title}” was issued again", "The one before no longer holds.", at)
    return new


def revoke(certificate: Certificate, *, reason: str, actor_id: int, at: datetime) -> None:
    """Revoke a certificate, for a reason that the holder reads."""
    if certificate.revoked_at is not None:
        raise RefusedError("This certificate is revoked already.")
    certificate.revoked_at, certificate.revoked_by_id, certificate.revoked_reason = at, actor_id, reason
    db.session.flush()
    detail = {"certificate": certificate.id, "course": certificate.course_id}
    audit.append(
        audit.Verb.CERTIFICATE_REVOKED, actor_id=actor_id, subject_id=certificate.learner_id, at=at, detail=detail
    )
    subject = f"Your certificate for “{certificate.course_title}” was revoked"
    _tell(certificate, subject, f"The reason: {reason}", at)


def withdraw_page(certificate: Certificate, at: datetime) -> None:
    """Take the public page of one's own certificate off the web; the certificate itself holds."""
    certificate.withdrawn_at = certificate.withdrawn_at or at
    db.session.flush()


def show_page(certificate: Certificate) -> None:
    """Put it back."""
    certificate.withdrawn_at = None
    db.session.flush()


def _check_path(course_id: int, text: CertificationText) -> None:
    """A way to renew needs a quiz: without one nothing could be passed again."""
    path_course = text.renewal_course_id or course_id
    query = (
        select(Module.id)
        .join(Question, Question.module_id == Module.id)
        .where(Module.course_id == path_course, Question.retired_at.is_(None))
        .distinct()
    )
    quizzes = set(db.session.scalars(query))
    if not quizzes:
        raise RefusedError("That course has no quiz, so nothing could be passed again.", "renewal")
    if not set(text.renewal_modules) <= quizzes:
        raise RefusedError("Choose modules with a quiz: reading alone cannot be checked again.", "renewal")


def _carry_over(old: Certificate, new: Certificate) -> None:
    """An open renewal goes with the certificate that holds now."""
    renewal = db.session.get(Renewal, old.id)
    if renewal is None:
        return
    stamps = {"opened_at": renewal.opened_at, "counts_from": renewal.counts_from, "due_on": renewal.due_on}
    db.session.add(Renewal(certificate_id=new.id, **stamps))
    db.session.flush()
    query = select(RenewalModule.module_id).where(RenewalModule.certificate_id == old.id)
    db.session.add_all(RenewalModule(certificate_id=new.id, module_id=one) for one in db.session.scalars(query).all())
    db.session.flush()


def _tell(certificate: Certificate, subject: str, text: str, at: datetime) -> None:
    key = f"certificate {certificate.code} {'revoked' if certificate.revoked_at else 'issued again'}"
    telling = Telling(kind=Kind.CERTIFICATE, subject=subject, text=text, path="/my-certificates", key=key)
    tell([certificate.learner_id], telling, at=at)


def _note(course_id: int, what: str, actor_id: int | None, at: datetime) -> None:
    detail = {"course": course_id, "what": what}
    audit.append(audit.Verb.CERTIFICATION_CHANGED, actor_id=actor_id, subject_id=None, at=at, detail=detail)
