"""The daily work on certificates: issue what is earned, open renewals, close those that are done. Nothing here commits.

Nothing is ever reset. A renewal asks for quizzes to be passed again since its window opened; the attempts of the term
before stay where they are, and the certificate of that term stays as it was issued.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select, update

from db import bulk_insert, db, in_batches, table_of
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Employee
from people.roles.queries import is_active
from training.attempts.limits import MOST_EXTRA_ATTEMPTS, rules_of_module
from training.certificates.issuing import AT_ONCE, issue_earned, new_code, tell_issued, terms_of
from training.certificates.models import Certificate, Certification, Renewal, RenewalModule
from training.courses.version_models import CourseVersion
from training.enrolling.models import LeaveOfAbsence
from training.enrolment_models import Attempt, Enrolment, EnrolmentState
from training.learning.enrolment_operations import enrol
from training.models import Course, Module, Question
from training.rules.certification.terms import may_open, next_expiry, renewal_due, window_opens
from training.rules.enrolling.due_dates import own_day
from training.rules.enrolling.words import day_in_words

LONGEST_WINDOW = timedelta(days=730)


@dataclass(frozen=True)
class Worked:
    """What a run did: certificates issued, renewals opened, certificates renewed."""

    issued: int
    opened: int
    renewed: int

    @property
    def words(self) -> str:
        """Such as “3 issued, 1 renewal opened, none renewed”."""
        return f"{self.issued:,} issued, {self.opened:,} to be renewed, {self.renewed:,} renewed"


def work(at: datetime) -> Worked:
    """Do all of it once. Running it twice changes nothing more."""
    issued = issue_earned(at)
    renewed = renew_done(at)
    return Worked(issued, open_renewals(at), renewed)


def open_renewals(at: datetime) -> int:
    """Open the renewal of every certificate that is in its window or past it, of people who are here and not away.

    Who was away or inactive when it was due is found on the first day they are back: nothing asks for a certain day.
    """
    rows = _to_open(at)
    paths = _paths({row[1].course_id: row[1] for row in rows})
    opened = [(certificate, paths[certificate.course_id], one) for certificate, one in rows if paths[one.course_id]]
    today = at.date()
    renewals, modules = [], []
    for certificate, path, one in opened:
        counts_from = datetime.combine(window_opens(certificate.expires_on, one.window_days), time(), UTC)
        due = renewal_due(certificate.expires_on, one.window_days, today)
        stamps = {"opened_at": at, "counts_from": counts_from, "due_on": due}
        renewals.append({"certificate_id": certificate.id, **stamps})
        modules += [{"certificate_id": certificate.id, "module_id": module_id} for module_id in path]
    bulk_insert(table_of(Renewal), renewals)
    bulk_insert(table_of(RenewalModule), modules)
    dues = [row["due_on"] for row in renewals]
    _make_ready(opened)
    _enrol_in_renewal([(kept, one, due) for (kept, _, one), due in zip(opened, dues, strict=True)], at)
    _tell_opened([certificate for certificate, _, _ in opened], today, at)
    return len(renewals)


def renew_done(at: datetime) -> int:
    """Issue the next certificate of everybody who has passed what their renewal asks for."""
    query = (
        select(Certificate, Employee.name, Employee.time_zone, Course.title, Certification, _last_pass())
        .join(Renewal, Renewal.certificate_id == Certificate.id)
        .join(Employee, Employee.id == Certificate.learner_id)
        .join(Course, Course.id == Certificate.course_id)
        .join(Certification, Certification.course_id == Certificate.course_id)
        .where(is_latest(), Certificate.revoked_at.is_(None), ~_to_pass())
        .order_by(Certificate.id)
        .with_for_update(of=Certificate)
    )
    made = []
    for before, name, zone, title, certification, passed_at in db.session.execute(query):
        renewed_on = own_day(passed_at, zone)
        ends = next_expiry(terms_of(certification), expires_on=before.expires_on, renewed_on=renewed_on)
        made.append(
            {
                "code": new_code(), "learner_id": before.learner_id, "course_id": before.course_id,
                "enrolment_id": before.enrolment_id, "term": before.term + 1, "holder": name, "course_title": title,
                "issued_at": at, "valid_from": renewed_on, "expires_on": ends,
                "record": {"renewed_at": passed_at.isoformat()}, "follows_id": before.id,
            }
        )  # fmt: skip
    bulk_insert(table_of(Certificate), made)
    tell_issued(made, at)
    return len(made)


def is_latest() -> ColumnElement[bool]:
    """A criterion on Certificate: no other follows it, apart from ones that were revoked."""
    after = Certificate.__table__.alias("after")
    follower = exists().where(after.c.follows_id == Certificate.id, after.c.revoked_at.is_(None))
    return ~follower.correlate(Certificate)


def _to_open(at: datetime) -> list[Any]:
    today = at.date()
    known = exists().where(Renewal.certificate_id == Certificate.id)
    away = exists().where(
        LeaveOfAbsence.employee_id == Certificate.learner_id,
        LeaveOfAbsence.first_day <= today,
        LeaveOfAbsence.last_day >= today,
    )
    query = (
        select(Certificate, Certification)
        .join(Certification, Certification.course_id == Certificate.course_id)
        .join(Employee, Employee.id == Certificate.learner_id)
        .where(
            Certificate.expires_on <= today + LONGEST_WINDOW, Certificate.revoked_at.is_(None),
            Certification.ended_at.is_(None), is_latest(), is_active(at), ~known, ~away,
        )
        .order_by(Certificate.id)
        .with_for_update(of=Certificate)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    return [row for row in rows if may_open(row[0].expires_on, row[1].window_days, today)]


def _paths(certifications: dict[int, Certification]) -> dict[int, list[int]]:
    """By course: the modules with a quiz that a renewal asks for. One statement."""
    courses = {one.renewal_course_id or one.course_id for one in certifications.values()}
    asked = exists().where(Question.module_id == Module.id, Question.retired_at.is_(None))
    query = (
        select(Module.course_id, Module.id)
        .where(Module.course_id.in_(courses), asked, Module.retired_at.is_(None))
        .order_by(Module.position)
    )
    quizzes: dict[int, list[int]] = defaultdict(list)
    for course_id, module_id in db.session.execute(query) if courses else ():
        quizzes[course_id].append(module_id)
    paths = {}
    for course_id, one in certifications.items():
        whole = quizzes[one.renewal_course_id or course_id]
        chosen = [module_id for module_id in whole if module_id in one.renewal_modules]
        paths[course_id] = chosen or whole
    return paths


def _passes() -> Any:
    """Passed quizzes that count for a module of a renewal, since it counts."""
    return and_(
        Enrolment.learner_id == Certificate.learner_id,
        Attempt.module_id == RenewalModule.module_id,
        Attempt.passed.is_(True),
        Attempt.finished_at >= Renewal.counts_from,
    )


def _to_pass() -> ColumnElement[bool]:
    """A criterion on Certificate and Renewal: some module has not been passed again yet."""
    passed = (
        select(Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(_passes())
        .correlate(Certificate, Renewal, RenewalModule)
        .exists()
    )
    open_module = select(RenewalModule.module_id).where(RenewalModule.certificate_id == Certificate.id, ~passed)
    return open_module.correlate(Certificate, Renewal).exists()


def _last_pass() -> Any:
    return (
        select(func.max(Attempt.finished_at))
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(RenewalModule, RenewalModule.module_id == Attempt.module_id)
        .where(_passes(), RenewalModule.certificate_id == Certificate.id)
        .correlate(Certificate, Renewal)
        .scalar_subquery()
    )


def _make_ready(opened: Sequence[tuple[Certificate, Sequence[int], Certification]]) -> None:
    """Let people who renew in a course they have completed begin its quizzes again, in its newest version.

    Where a quiz may be tried so often only, they have as many attempts again on top.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for certificate, _, one in opened:
        groups[one.renewal_course_id or one.course_id].append(certificate.learner_id)
    again = _attempts_again({module_id for _, path, _ in opened for module_id in path})
    for course_id, learners in sorted(groups.items()):
        newest = select(func.max(CourseVersion.id)).where(CourseVersion.course_id == course_id).scalar_subquery()
        more = Enrolment.extra_attempts + again.get(course_id, 0)
        most = case((more > MOST_EXTRA_ATTEMPTS, MOST_EXTRA_ATTEMPTS), else_=more)
        statement = update(Enrolment).where(
            Enrolment.course_id == course_id, Enrolment.state == EnrolmentState.COMPLETED
        )
        for some in in_batches(learners, AT_ONCE):
            ready = statement.where(Enrolment.learner_id.in_(some)).values(version_id=newest, extra_attempts=most)
            db.session.execute(ready, execution_options={"synchronize_session": "fetch"})


def _attempts_again(module_ids: set[int]) -> dict[int, int]:
    """By course: the largest number of attempts that one of these quizzes allows; a quiz without a limit adds none."""
    again: dict[int, int] = defaultdict(int)
    for module in db.session.scalars(select(Module).where(Module.id.in_(module_ids))) if module_ids else ():
        again[module.course_id] = max(again[module.course_id], rules_of_module(module).attempts or 0)
    return again


def _enrol_in_renewal(opened: Iterable[tuple[Certificate, Certification, date]], at: datetime) -> None:
    """Where another course is the way to renew, enrol people there; who is in it stays as they are."""
    groups: dict[tuple[int, date], list[int]] = defaultdict(list)
    for certificate, one, due_on in opened:
        if one.renewal_course_id is not None and one.renewal_course_id != one.course_id:
            groups[one.renewal_course_id, due_on].append(certificate.learner_id)
    for (course_id, due_on), learners in sorted(groups.items()):
        enrol(learners, course_id=course_id, due_on=due_on, at=at)


def _tell_opened(opened: Sequence[Certificate], today: date, at: datetime) -> None:
    groups: dict[tuple[int, str, date, int], list[int]] = defaultdict(list)
    for one in opened:
        assert one.expires_on is not None  # only those can be renewed
        groups[one.course_id, one.course_title, one.expires_on, one.term].append(one.learner_id)
    for (course_id, title, expires_on, term), learners in sorted(groups.items()):
        gone = expires_on < today
        telling = Telling(
            kind=Kind.CERTIFICATE,
            subject=f"Your certificate for “{title}” {'expired' if gone else 'expires'} on {day_in_words(expires_on)}",
            text="It can be renewed now. The page says which quizzes to pass again; what you did before is kept.",
            path="/my-certificates",
            key=f"certificate {course_id} term {term} ends",
        )
        for some in in_batches(learners, AT_ONCE):
            tell(some, telling, at=at)
