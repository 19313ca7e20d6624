"""Certificates in tests: a course that certifies for a year, and people who have completed it."""

from datetime import date, datetime

from sqlalchemy import select

from db import db
from tests.support.cast import NOW, Cast, Person
from tests.support.learning import School, take
from training.certificates import issuing, operations, renewing
from training.certificates.models import Certificate
from training.certificates.operations import CertificationText
from training.rules.certification.terms import Terms

YEAR = CertificationText(Terms(12, 60))


def certify(school: School, cast: Cast, text: CertificationText = YEAR, at: datetime = NOW) -> None:
    """Let the course give certificates."""
    operations.set_certification(school.course_id, text, actor_id=cast.petra.id, at=at)


def complete(school: School, person: Person, at: datetime = NOW) -> Certificate:
    """Pass every quiz, and get the certificate."""
    for module_id in school.modules.values():
        take(school.enrolment(person), module_id, at=at)
    renewing.work(at)
    return certificates_of(person)[-1]


def certificates_of(person: Person) -> list[Certificate]:
    """All certificates of somebody in the order of their terms."""
    query = select(Certificate).where(Certificate.learner_id == person.id).order_by(Certificate.term, Certificate.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def on(day: date) -> datetime:
    """The morning of a day."""
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def a_certificate(school: School, person: Person, cast: Cast) -> Certificate:
    """A certificate of somebody who need not have done anything for it."""
    certify(school, cast)
    row = Certificate(
        code=issuing.new_code(),
        learner_id=person.id,
        course_id=school.course_id,
        enrolment_id=school.enrolments[person.id],
        term=1,
        holder=person.name,
        course_title="Small talk",
        issued_at=NOW,
        valid_from=NOW.date(),
        expires_on=date(2126, 3, 2),
        record={},
    )
    db.session.add(row)
    db.session.flush()
    return row


def code_of(person: Person) -> str:
    """The code of somebody's newest certificate."""
    return certificates_of(person)[-1].code
