"""Certificates: issued, renewed beside the old one, issued again, revoked, and counted for managers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, true

from db import db
from messages.models import Message
from people.auditing.audit import Verb
from people.auditing.models import AuditEntry
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.certified import YEAR, certificates_of, certify, complete, on
from tests.support.learning import make_school, take
from tests.support.small_course import small_course
from training.certificates import operations, queries
from training.certificates.models import Certificate, Certification
from training.certificates.operations import CertificationText
from training.certificates.renewing import work
from training.enrolment_models import Attempt, Enrolment
from training.models import Module
from training.rules.certification.terms import CertificateState, Terms

ENDS = date(2027, 3, 2)
OPENS = ENDS - timedelta(days=60)


def fresh(certificate: Certificate) -> dict:
    columns = Certificate.__table__.columns.keys()
    return {name: getattr(certificate, name) for name in columns}


def state(person, day: date) -> list[CertificateState]:
    return [one.state(day) for one in queries.my_certificates(person.id)]


def test_completing_a_course_that_certifies_gives_one_certificate(cast, school):
    certify(school, cast)
    certificate = complete(school, cast.ben)
    assert (certificate.holder, certificate.term, certificate.valid_from) == (cast.ben.name, 1, NOW.date())
    assert certificate.expires_on == ENDS
    assert set(certificate.record["best"]) == {str(one) for one in school.modules.values()}
    assert work(NOW).issued == 0
    assert len(certificate.code) == 24


def test_who_had_completed_it_before_gets_one_too_and_a_course_without_gives_none(cast, school):
    with pytest.raises(IndexError):
        complete(school, cast.ben)
    certify(school, cast)
    assert work(NOW).issued == 1


def test_a_renewal_never_changes_what_was_before(cast, school):
    certify(school, cast)
    first = complete(school, cast.ben)
    before, tries = fresh(first), db.session.scalar(select(func.count(Attempt.id)))
    work(on(OPENS))
    assert state(cast.ben, OPENS) == [CertificateState.IN_WINDOW]
    for module_id in school.modules.values():
        take(school.enrolment(cast.ben), module_id, at=on(OPENS + timedelta(days=3)))
    assert work(on(OPENS + timedelta(days=4))).renewed == 1
    old, new = certificates_of(cast.ben)
    assert fresh(old) == before
    assert (new.term, new.follows_id, new.valid_from) == (2, old.id, OPENS + timedelta(days=3))
    assert new.expires_on == date(2028, 3, 2)
    assert db.session.scalar(select(func.count(Attempt.id))) == tries + 2
    assert state(cast.ben, OPENS + timedelta(days=5)) == [CertificateState.VALID, CertificateState.RENEWED]
    assert work(on(OPENS + timedelta(days=6))).renewed == 0


def test_what_was_passed_before_the_window_opened_does_not_renew(cast, school):
    certify(school, cast)
    complete(school, cast.ben)
    for module_id in school.modules.values():
        take(school.enrolment(cast.ben), module_id, at=on(OPENS - timedelta(days=2)))
    work(on(OPENS))
    assert work(on(OPENS + timedelta(days=1))).renewed == 0
    take(school.enrolment(cast.ben), school.modules["listen"], at=on(OPENS + timedelta(days=1)))
    assert work(on(OPENS + timedelta(days=2))).renewed == 0


def test_the_shorter_way_asks_for_some_modules_alone(cast, school):
    certify(school, cast, CertificationText(Terms(12, 60), renewal_modules=(school.modules["answer"],)))
    complete(school, cast.ben)
    work(on(OPENS))
    (steps,) = queries.renewal_steps([certificates_of(cast.ben)[0].id]).values()
    assert [(step.module, step.passed) for step in steps] == [("Answer the person", False)]
    take(school.enrolment(cast.ben), school.modules["answer"], at=on(ENDS + timedelta(days=30)))
    assert work(on(ENDS + timedelta(days=31))).renewed == 1
    assert certificates_of(cast.ben)[-1].expires_on == date(2028, 4, 1)


def test_another_course_may_be_the_way_and_people_are_enrolled_there(cast, school):
    other = make_school(cast, replace(small_course(), slug="short-talk", title="Short talk"))
    db.session.execute(Enrolment.__table__.delete().where(Enrolment.course_id == other.course_id))
    certify(school, cast, CertificationText(Terms(12, 60), renewal_course_id=other.course_id))
    complete(school, cast.ben)
    work(on(OPENS))
    query = select(Enrolment).where(Enrolment.course_id == other.course_id)
    enrolled = db.session.scalars(query).one()
    assert (enrolled.learner_id, enrolled.due_on) == (cast.ben.id, ENDS)
    for module_id in other.modules.values():
        take(enrolled, module_id, at=on(OPENS + timedelta(days=9)))
    assert work(on(OPENS + timedelta(days=10))).renewed == 1


def test_who_has_used_all_attempts_can_renew_all_the_same(cast, school):
    certify(school, cast)
    complete(school, cast.ben)
    module = db.session.get_one(Module, school.modules["answer"])
    module.quiz = {"attempts": 1}
    db.session.flush()
    work(on(OPENS))
    assert school.enrolment(cast.ben).extra_attempts == 1
    assert school.enrolment(cast.carla).extra_attempts == 0


def test_a_certificate_issued_again_has_the_name_of_now_and_the_same_days(cast, school):
    certify(school, cast)
    old = complete(school, cast.ben)
    work(on(OPENS))
    ben = db.session.get_one(Employee, cast.ben.id)
    ben.name = "Ben Newname"
    new = operations.reissue(old, ben, actor_id=cast.petra.id, at=NOW)
    assert (new.holder, new.term, new.expires_on) == ("Ben Newname", 1, ENDS)
    assert new.code != old.code
    assert old.holder == cast.ben.name
    assert len(queries.renewal_steps([new.id])[new.id]) == 2
    with pytest.raises(RefusedError):
        operations.reissue(old, ben, actor_id=cast.petra.id, at=NOW)
    assert work(NOW).issued == 0


def test_a_revocation_has_a_reason_that_the_holder_reads_and_no_renewal_follows(cast, school):
    certify(school, cast)
    certificate = complete(school, cast.ben)
    operations.revoke(certificate, reason="Taken by somebody else.", actor_id=cast.petra.id, at=NOW)
    assert state(cast.ben, NOW.date()) == [CertificateState.REVOKED]
    assert (
        "Taken by somebody else."
        in db.session.scalars(
            select(Message.text).where(Message.employee_id == cast.ben.id).order_by(Message.id.desc())
        ).first()
    )
    verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_id == cast.ben.id)).all()
    assert Verb.CERTIFICATE_REVOKED in verbs
    assert work(on(OPENS)).opened == 0
    with pytest.raises(RefusedError):
        operations.revoke(certificate, reason="Again.", actor_id=cast.petra.id, at=NOW)


def test_a_way_to_renew_needs_a_quiz_and_a_window_shorter_than_the_months(cast, school):
    wrong = (
        CertificationText(Terms(1, 60)),
        CertificationText(Terms(12, 900)),
        CertificationText(Terms(12, 60), renewal_modules=(987,)),
        CertificationText(Terms(12, 60), renewal_course_id=987),
    )
    for text in wrong:
        with pytest.raises(RefusedError):
            certify(school, cast, text)
    certify(school, cast, CertificationText(Terms(None)))
    assert complete(school, cast.ben).expires_on is None


def test_a_course_that_gives_no_more_leaves_what_was_issued(cast, school):
    certify(school, cast)
    certificate = complete(school, cast.ben)
    row = db.session.get_one(Certification, school.course_id)
    operations.end_certification(row, actor_id=cast.petra.id, at=NOW)
    assert work(on(OPENS)).opened == 0
    assert certificate.revoked_at is None
    with pytest.raises(RefusedError):
        operations.end_certification(row, actor_id=cast.petra.id, at=NOW)


def test_managers_are_told_numbers_and_who_must_renew(cast, school):
    certify(school, cast, YEAR)
    complete(school, cast.ben)
    complete(school, cast.carla)
    (row,) = queries.standings(true(), OPENS)
    assert (row.valid, row.in_window, row.expired) == (0, 2, 0)
    porto = Employee.team_id == cast.care_porto
    assert [one.name for one in queries.expiring(porto, OPENS)] == [cast.ben.name]
    assert queries.expiring(porto, OPENS - timedelta(days=1)) == []
    (late,) = queries.standings(porto, ENDS + timedelta(days=1))
    assert (late.in_window, late.expired) == (0, 1)


def test_the_number_of_statements_does_not_grow_with_certificates(cast, school, statements):
    certify(school, cast)
    for person in (cast.ben, cast.carla, cast.tomas):
        complete(school, person)
    with statements() as sent:
        work(on(OPENS))
    assert len(sent) <= 14, str(sent)
