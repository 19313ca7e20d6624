"""Nominations: asked first, decided by two others, never by oneself."""

import pytest
from sqlalchemy import select

from champions.models import Champion, Nomination, NominationState, ScoringRun
from champions.nominations import operations as nominations
from db import db
from people.auditing import audit
from people.models import Employee, Role, RoleGrant
from people.refusal import RefusedError
from tests.support.cast import NOW, Cast

REASON = "Her answers are taken up, again and again."


def proposed(cast: Cast, run: ScoringRun) -> Nomination:
    amara = db.session.get_one(Employee, cast.amara.id)
    return nominations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)


def accepted(cast: Cast, run: ScoringRun) -> Nomination:
    nomination = proposed(cast, run)
    nominations.answer(nomination, accepts=True, actor_id=cast.amara.id, at=NOW)
    return nomination


def test_two_approvals_by_different_people_make_a_champion(cast, run):
    nomination = accepted(cast, run)
    first = nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)
    assert first is None
    assert nomination.state == NominationState.ACCEPTED
    champion = nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.sunniva.id, at=NOW)
    assert champion.employee_id == cast.amara.id
    assert nomination.state == NominationState.APPROVED


def test_a_new_champion_holds_the_role_of_a_trainer_once(cast, run):
    nomination = accepted(cast, run)
    for decider in (cast.rafa, cast.sunniva):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=decider.id, at=NOW)
    held = select(RoleGrant).where(RoleGrant.employee_id == cast.amara.id, RoleGrant.role == Role.TRAINER)
    assert len(db.session.scalars(held).all()) == 1


def test_nobody_decides_twice(cast, run):
    nomination = accepted(cast, run)
    nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)
    with pytest.raises(RefusedError, match="already"):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)
    assert db.session.scalar(select(Champion.id)) is None


def test_nobody_decides_about_themselves(cast, run):
    nomination = accepted(cast, run)
    with pytest.raises(RefusedError, match="yourself"):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.amara.id, at=NOW)


def test_nobody_nominates_themselves(cast, run):
    amara = db.session.get_one(Employee, cast.amara.id)
    with pytest.raises(RefusedError, match="yourself"):
        nominations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.amara.id, at=NOW)


def test_nothing_is_decided_before_the_person_said_yes(cast, run):
    nomination = proposed(cast, run)
    with pytest.raises(RefusedError, match="proposed"):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)


def test_only_the_person_nominated_answers(cast, run):
    nomination = proposed(cast, run)
    with pytest.raises(RefusedError, match="Only the person"):
        nominations.answer(nomination, accepts=True, actor_id=cast.petra.id, at=NOW)
    assert nomination.state == NominationState.PROPOSED


def test_a_no_is_final(cast, run):
    nomination = proposed(cast, run)
    nominations.answer(nomination, accepts=False, actor_id=cast.amara.id, at=NOW)
    assert nomination.state == NominationState.DECLINED
    with pytest.raises(RefusedError):
        nominations.answer(nomination, accepts=True, actor_id=cast.amara.id, at=NOW)


def test_one_rejection_ends_the_nomination(cast, run):
    nomination = accepted(cast, run)
    nominations.decide(nomination, approves=False, reason=REASON, actor_id=cast.rafa.id, at=NOW)
    assert nomination.state == NominationState.REJECTED
    with pytest.raises(RefusedError):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.sunniva.id, at=NOW)


def test_a_decision_needs_a_reason(cast, run):
    nomination = accepted(cast, run)
    with pytest.raises(RefusedError, match="reason"):
        nominations.decide(nomination, approves=True, reason="  ok  ", actor_id=cast.rafa.id, at=NOW)


def test_somebody_in_no_band_cannot_be_nominated(cast, run):
    ben = db.session.get_one(Employee, cast.ben.id)
    with pytest.raises(RefusedError, match="no band"):
        nominations.propose(ben, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)


def test_nobody_is_nominated_twice_at_once(cast, run):
    proposed(cast, run)
    with pytest.raises(RefusedError, match="already"):
        proposed(cast, run)


def test_a_withdrawn_nomination_is_over(cast, run):
    nomination = accepted(cast, run)
    nominations.withdraw(nomination, actor_id=cast.petra.id, at=NOW)
    with pytest.raises(RefusedError, match="withdrawn"):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)


def test_every_step_stands_in_the_audit_trail(cast, run):
    nomination = accepted(cast, run)
    for decider in (cast.rafa, cast.sunniva):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=decider.id, at=NOW)
    query = select(audit.AuditEntry.verb).where(audit.AuditEntry.subject_id == cast.amara.id)
    verbs = list(db.session.scalars(query.order_by(audit.AuditEntry.id)))
    assert verbs == ["nominated", "nomination accepted", "nomination approved", "nomination approved"]
    assert audit.verify() is None
