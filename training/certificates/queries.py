"""What the pages about certificates show, and the doors to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort
from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select

from db import db
from people.access import in_scope
from people.models import Employee, Team
from people.permissions import Permission
from people.roles.queries import works_on
from people.settings.company_settings import company_settings
from people.viewer import Viewer
from training.certificates.models import Certificate, Certification, Renewal, RenewalModule
from training.certificates.renewing import is_latest
from training.enrolling.plus_days import PlusDays
from training.enrolment_models import Attempt, Enrolment
from training.models import Course, Module, Question
from training.rules.certification.terms import CertificateState, state_on
from web import PAGE_SIZE, Page

PUBLIC_PAGES = "public_certificates"


@dataclass(frozen=True)
class Held:
    """A certificate with what decides its state."""

    certificate: Certificate
    window: int
    renewed: bool
    renewal: Renewal | None = None

    def state(self, today: date) -> CertificateState:
        """How it stands on a day."""
        row = self.certificate
        return state_on(
            today,
            expires_on=row.expires_on,
            window=self.window,
            renewed=self.renewed,
            revoked=row.revoked_at is not None,
        )


@dataclass(frozen=True)
class RenewalStep:
    """A quiz to be passed again, and whether it was. `slug` and `module_slug` lead to it."""

    certificate_id: int
    course: str
    slug: str
    module: str
    position: int
    passed: bool


@dataclass(frozen=True)
class CourseLine:
    """A course in the owner's list: its certification, if it has one, and how many certificates hold."""

    course: Course
    certification: Certification | None
    holding: int


@dataclass(frozen=True)
class Expiring:
    """Somebody whose certificate is in its window or has expired, for the manager's report."""

    name: str
    team: str
    course: str
    expires_on: date
    expired: bool


@dataclass(frozen=True)
class Standing:
    """How many people of a team hold a course's certificate, and how many must renew it or no longer do."""

    course: str
    valid: int
    in_window: int
    expired: int


def _select_held():  # type: ignore[no-untyped-def]  # a Select of four columns
    return (
        select(Certificate, func.coalesce(Certification.window_days, 0), ~is_latest(), Renewal)
        .outerjoin(Certification, Certification.course_id == Certificate.course_id)
        .outerjoin(Renewal, Renewal.certificate_id == Certificate.id)
    )


def my_certificates(learner_id: int) -> list[Held]:
    """All of somebody's certificates, the newest first. One statement."""
    query = _select_held().where(Certificate.learner_id == learner_id)
    rows = db.session.execute(query.order_by(Certificate.issued_at.desc(), Certificate.id.desc()))
    return [Held(row[0], int(row[1]), bool(row[2]), row[3]) for row in rows]


def access_certificate(viewer: Viewer, certificate_id: int, permission: Permission, *, lock: bool = False) -> Held:
    """A certificate of somebody about whom `viewer` holds `permission`; else 404."""
    query = (
        _select_held()
        .join(Employee, Employee.id == Certificate.learner_id)
        .where(Certificate.id == certificate_id, in_scope(viewer, permission))
    )
    row = db.session.execute(query.with_for_update(of=Certificate) if lock else query).one_or_none()
    return Held(row[0], int(row[1]), bool(row[2]), row[3]) if row else abort(404)


def by_code(code: str) -> Held | None:
    """The certificate with this code, as anybody with the code may see it; None if its holder withdrew the page."""
    query = _select_held().where(Certificate.code == code, Certificate.withdrawn_at.is_(None))
    row = db.session.execute(query).one_or_none()
    return Held(row[0], int(row[1]), bool(row[2]), row[3]) if row else None


def pages_are_public(settings: dict[str, str] | None = None) -> bool:
    """Whether the owner lets anybody with a code see a certificate."""
    return (settings if settings is not None else company_settings()).get(PUBLIC_PAGES, "yes") != "no"


def renewal_steps(certificate_ids: Sequence[int]) -> dict[int, list[RenewalStep]]:
    """What the open renewals of these certificates ask for. One statement."""
    passed = (
        select(Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Enrolment.learner_id == Certificate.learner_id,
            Attempt.module_id == RenewalModule.module_id,
            Attempt.passed.is_(True),
            Attempt.finished_at >= Renewal.counts_from,
        )
        .correlate(Certificate, Renewal, RenewalModule)
        .exists()
    )
    query = (
        select(Renewal.certificate_id, Course.title, Course.slug, Module.title, Module.position, passed)
        .select_from(Renewal)
        .join(Certificate, Certificate.id == Renewal.certificate_id)
        .join(RenewalModule, RenewalModule.certificate_id == Renewal.certificate_id)
        .join(Module, Module.id == RenewalModule.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(Renewal.certificate_id.in_(certificate_ids))
        .order_by(Module.position)
    )
    found: dict[int, list[RenewalStep]] = {}
    for row in db.session.execute(query):
        found.setdefault(row[0], []).append(RenewalStep(*row[:5], passed=bool(row[5])))
    return found


def certificate_page(today: date, number: int, *, words: str = "", state: str = "", course_id: int = 0) -> Page[Held]:
    """One page of all certificates that fit, the newest first. Two statements."""
    window = func.coalesce(Certification.window_days, 0)
    revoked, latest = Certificate.revoked_at.is_not(None), is_latest()
    opens = PlusDays(Certificate.expires_on, -window)
    criteria: dict[str, ColumnElement[bool]] = {
        CertificateState.REVOKED: revoked,
        CertificateState.RENEWED: and_(~revoked, ~latest),
        CertificateState.EXPIRED: and_(~revoked, latest, Certificate.expires_on < today),
        CertificateState.IN_WINDOW: and_(~revoked, latest, Certificate.expires_on >= today, opens <= today),
        CertificateState.VALID: and_(~revoked, latest, or_(Certificate.expires_on.is_(None), opens > today)),
    }
    where: list[ColumnElement[bool]] = [criteria[state]] if state in criteria else []
    if words:
        where.append(or_(Certificate.holder.icontains(words, autoescape=True), Certificate.code == words.lower()))
    if course_id:
        where.append(Certificate.course_id == course_id)
    query = _select_held().where(*where)
    total = db.session.scalar(select(func.count()).select_from(query.with_only_columns(Certificate.id).subquery()))
    rows = db.session.execute(
        query.order_by(Certificate.issued_at.desc(), Certificate.id.desc())
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    return Page([Held(row[0], int(row[1]), bool(row[2]), row[3]) for row in rows], number, total or 0)


def course_lines() -> list[CourseLine]:
    """Every course with its certification. One statement."""
    holding = (
        select(func.count(func.distinct(Certificate.learner_id)))
        .where(Certificate.course_id == Course.id, Certificate.revoked_at.is_(None))
        .correlate(Course)
        .scalar_subquery()
    )
    query = (
        select(Course, Certification, holding)
        .outerjoin(Certification, Certification.course_id == Course.id)
        .order_by(Certification.course_id.is_(None), Course.title)
    )
    return [CourseLine(row[0], row[1], row[2] or 0) for row in db.session.execute(query)]


def modules_with_quiz(course_id: int) -> Sequence[Module]:
    """The modules of a course that ask something, in order. One statement."""
    asked = exists().where(Question.module_id == Module.id, Question.retired_at.is_(None))
    query = (
        select(Module)
        .where(Module.course_id == course_id, asked, Module.retired_at.is_(None))
        .order_by(Module.position)
    )
    return db.session.scalars(query).all()


def standings(criterion: ColumnElement[bool], today: date) -> list[Standing]:
    """By course: how many of the employees that fit hold a certificate, must renew it, or have let it expire.

    One statement, for the manager's report. Whoever shows it sees to it that no small group is shown.
    """
    each = (
        select(Course.title.label("title"), _kind(today).label("kind"), Certificate.learner_id.label("learner_id"))
        .select_from(Certificate)
        .join(Certification, Certification.course_id == Certificate.course_id)
        .join(Course, Course.id == Certificate.course_id)
        .join(Employee, Employee.id == Certificate.learner_id)
        .where(Certificate.revoked_at.is_(None), is_latest(), works_on(today), criterion)
        .subquery()
    )
    query = select(each.c.title, each.c.kind, func.count(func.distinct(each.c.learner_id)))
    query = query.group_by(each.c.title, each.c.kind).order_by(each.c.title)
    found: dict[str, dict[str, int]] = {}
    for title, name, number in db.session.execute(query):
        found.setdefault(title, {})[name] = number
    return [
        Standing(title, row.get("valid", 0), row.get("in window", 0), row.get("expired", 0))
        for title, row in found.items()
    ]


def expiring(criterion: ColumnElement[bool], today: date, most: int = 20) -> list[Expiring]:
    """Whose certificates are in their window or expired among the employees that fit, the most urgent first."""
    opens = PlusDays(Certificate.expires_on, -Certification.window_days)
    query = (
        select(Employee.name, func.coalesce(Team.name, ""), Certificate.course_title, Certificate.expires_on)
        .join(Certification, Certification.course_id == Certificate.course_id)
        .join(Employee, Employee.id == Certificate.learner_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(Certificate.revoked_at.is_(None), is_latest(), works_on(today), criterion, opens <= today)
        .order_by(Certificate.expires_on, Employee.name, Certificate.id)
        .limit(most)
    )
    rows = db.session.execute(query)
    return [Expiring(row[0], row[1], row[2], row[3], row[3] < today) for row in rows if row[3] is not None]


def _kind(today: date) -> ColumnElement[str]:
    opens = PlusDays(Certificate.expires_on, -Certification.window_days)
    return case(
        (Certificate.expires_on < today, literal("expired")), (opens <= today, literal("in window")), else_="valid"
    )


def revoked_codes() -> list[str]:
    """The codes of all revoked certificates. One statement."""
    return list(db.session.scalars(select(Certificate.code).where(Certificate.revoked_at.is_not(None))))
