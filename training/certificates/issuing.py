"""Certificates issued: to everybody who has completed a course that gives them. Nothing here commits."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select

from db import bulk_insert, db, in_batches, table_of
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Employee
from training.certificates.models import Certificate, Certification
from training.enrolment_models import Attempt, Enrolment, EnrolmentState
from training.models import Course
from training.rules.certification.terms import Terms, expiry
from training.rules.enrolling.due_dates import own_day

AT_ONCE = 5_000


def issue_earned(at: datetime) -> int:
    """Issue the first certificate of everybody who has completed a course that gives one."""
    known = exists().where(Certificate.enrolment_id == Enrolment.id)
    query = (
        select(Enrolment, Employee.name, Employee.time_zone, Course.title, Certification)
        .join(Certification, Certification.course_id == Enrolment.course_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.state == EnrolmentState.COMPLETED, Certification.ended_at.is_(None), ~known)
        .order_by(Enrolment.id)
        .with_for_update(of=Enrolment)
    )
    rows = db.session.execute(query).all()
    records = _records([row[0].id for row in rows])
    made: list[dict[str, Any]] = []
    for enrolment, name, zone, title, certification in rows:
        assert enrolment.completed_at is not None  # the state says so
        valid_from = own_day(enrolment.completed_at, zone)
        record = {"completed_at": enrolment.completed_at.isoformat(), "best": records.get(enrolment.id, {})}
        made.append(
            {
                "code": new_code(), "learner_id": enrolment.learner_id, "course_id": enrolment.course_id,
                "enrolment_id": enrolment.id, "term": 1, "holder": name, "course_title": title, "issued_at": at,
                "valid_from": valid_from, "expires_on": expiry(terms_of(certification), valid_from),
                "record": record, "follows_id": None,
            }
        )  # fmt: skip
    bulk_insert(table_of(Certificate), made)
    today = at.date()
    tell_issued([one for one in made if one["expires_on"] is None or one["expires_on"] >= today], at)
    return len(made)


def tell_issued(made: Sequence[dict[str, Any]], at: datetime) -> None:
    """Tell the holders of certificates that were just made, in one message for each course and term."""
    groups: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for one in made:
        groups[one["course_id"], one["course_title"], one["term"]].append(one["learner_id"])
    for (course_id, title, term), learners in sorted(groups.items()):
        telling = Telling(
            kind=Kind.CERTIFICATE,
            subject=f"Your certificate for “{title}” is {'ready' if term == 1 else 'renewed'}",
            text="You can print it, show others its page, or take it along as a badge.",
            path="/my-certificates",
            key=f"certificate {course_id} term {term}",
        )
        for some in in_batches(learners, AT_ONCE):
            tell(some, telling, at=at)


def terms_of(certification: Certification) -> Terms:
    """How long a course's certificates hold, as a plain record."""
    return Terms(certification.months, certification.window_days)


def new_code() -> str:
    """A code that cannot be guessed: 120 random bits, in letters and digits that are easily told apart."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "".join(secrets.choice(alphabet) for _ in range(24))


def _records(enrolment_ids: Sequence[int]) -> dict[int, dict[str, float]]:
    """The best fraction by module of each enrolment: what the certificate keeps of how it was earned."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    best = func.max(Attempt.fraction)
    query = select(Attempt.enrolment_id, Attempt.module_id, best).where(Attempt.passed.is_(True))
    for some in in_batches(enrolment_ids, AT_ONCE):
        grouped = query.where(Attempt.enrolment_id.in_(some)).group_by(Attempt.enrolment_id, Attempt.module_id)
        for enrolment_id, module_id, fraction in db.session.execute(grouped):
            found[enrolment_id][str(module_id)] = round(float(fraction or 0.0), 4)
    return found
