"""Nominations: asked first, decided by two others, never by oneself."""

import pytest
from sqlalchemy import func, select

from champions.contests import operations as contests
from champions.contests.models import ContestKind, ContestResult
from champions.models import Champion, Nomination, NominationState, ScoringRun
from champions.nominations import operations as nominations
from db import db
from messages.models import Message
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
    assert nomination.state == NominationState.ACTIVE


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
    with pytest.raises(RefusedError, match="invited"):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)


def test_only_the_person_nominated_answers(cast, run):
    nomination = proposed(cast, run)
    with pytest.raises(RefusedError, match="Only the person"):
        nominations.answer(nomination, accepts=True, actor_id=cast.petra.id, at=NOW)
    assert nomination.state == NominationState.INVITED


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
    first = ["nominated", "nomination invited", "nomination accepted"]
    assert verbs == [*first, "nomination approved", "nomination approved"]
    assert audit.verify() is None


def test_a_yes_may_become_a_no_until_two_have_decided(cast, run):
    nomination = accepted(cast, run)
    nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.rafa.id, at=NOW)
    nominations.answer(nomination, accepts=False, actor_id=cast.amara.id, at=NOW)
    assert nomination.state == NominationState.DECLINED
    with pytest.raises(RefusedError):
        nominations.decide(nomination, approves=True, reason=REASON, actor_id=cast.sunniva.id, at=NOW)


def test_who_contests_the_score_is_not_invited_before_the_answer(cast, run):
    contest = contests.open_contest(
        cast.amara.id, run_id=run.id, kind=ContestKind.FACT, text=REASON, actor_id=cast.amara.id, at=NOW
    )
    nomination = proposed(cast, run)
    assert nomination.state == NominationState.PROPOSED
    with pytest.raises(RefusedError, match="under review"):
        nominations.invite(nomination, actor_id=cast.petra.id, at=NOW)
    contests.answer(contest, result=ContestResult.STANDS, text=REASON, actor_id=cast.rafa.id, at=NOW)
    nominations.invite(nomination, actor_id=cast.petra.id, at=NOW)
    assert nomination.state == NominationState.INVITED


def test_people_are_told_when_something_waits_for_them_and_nobody_hears_of_a_no(cast, run):
    nomination = proposed(cast, run)
    told = {"nominee": told_of(cast.amara)}
    nominations.answer(nomination, accepts=False, actor_id=cast.amara.id, at=NOW)
    assert told["nominee"] == told_of(cast.amara) == 1
    assert db.session.scalar(select(func.count()).select_from(Message)) == 1
    again = accepted(cast, run)
    assert [told_of(one) for one in (cast.petra, cast.rafa, cast.sunniva, cast.dev)] == [1, 1, 1, 0]
    for decider in (cast.rafa, cast.sunniva):
        nominations.decide(again, approves=True, reason=REASON, actor_id=decider.id, at=NOW)
    assert told_of(cast.amara) == 3


def told_of(person):
    query = select(func.count()).where(Message.employee_id == person.id, Message.kind == "nomination")
    return db.session.scalar(query)
