"""Nominations: proposed, accepted or declined by the employee, then approved by two different people.

    proposed --accept--> accepted --two approvals--> approved (a champion)
    proposed --decline--> declined          accepted --one rejection--> rejected
    proposed, accepted --withdraw--> withdrawn

Everything else is refused. Nobody decides about themselves, and nobody decides twice.
"""

from datetime import datetime

from sqlalchemy import select

from champions.models import Champion, Nomination, NominationDecision, NominationState, Score
from champions.nominations import haste
from db import db
from people.auditing import audit
from people.models import Employee, Role, RoleGrant
from people.refusal import RefusedError
from people.roles import operations as role_operations
from people.roles import queries as role_queries

APPROVALS = 2
SHORTEST_REASON = 10
OPEN = (NominationState.PROPOSED, NominationState.ACCEPTED)


def propose(employee: Employee, *, run_id: int, reason: str, actor_id: int, at: datetime) -> Nomination:
    """Propose that an employee in a band of run `run_id` train others. Raises RefusedError."""
    if employee.id == actor_id:
        raise RefusedError("You cannot nominate yourself. Ask another reviewer to look at your evidence.")
    if employee.deactivated_at or (employee.ends_on and employee.ends_on < at.date()):
        raise RefusedError(f"{employee.name} has left.")
    score = db.session.get(Score, (run_id, employee.id))
    if score is None or score.band == "not_shown":
        raise RefusedError(f"{employee.name} is in no band of this run: there is no evidence to nominate on.")
    busy = select(Nomination.id).where(Nomination.employee_id == employee.id, Nomination.state.in_(OPEN))
    if db.session.scalar(busy) is not None:
        raise RefusedError(f"{employee.name} is nominated already.")
    if live_champion(employee.id) is not None:
        raise RefusedError(f"{employee.name} is a champion already.")
    nomination = Nomination(
        employee_id=employee.id,
        run_id=run_id,
        reason=_reason(reason),
        proposed_by_id=actor_id,
        proposed_at=at,
    )
    db.session.add(nomination)
    db.session.flush()
    _audit(audit.Verb.NOMINATED, nomination, actor_id, at)
    return nomination


def answer(nomination: Nomination, *, accepts: bool, actor_id: int, at: datetime) -> None:
    """The employee's own answer. A no needs no reason and is final for this nomination. Raises RefusedError."""
    if nomination.employee_id != actor_id:
        raise RefusedError("Only the person nominated can answer.")
    _expect(nomination, NominationState.PROPOSED)
    nomination.answered_at = at
    if accepts:
        nomination.state = NominationState.ACCEPTED
        _audit(audit.Verb.NOMINATION_ACCEPTED, nomination, actor_id, at)
    else:
        nomination.state, nomination.ended_at = NominationState.DECLINED, at
        _audit(audit.Verb.NOMINATION_DECLINED, nomination, actor_id, at)


def withdraw(nomination: Nomination, *, actor_id: int, at: datetime) -> None:
    """Take a nomination back before it is decided. Raises RefusedError."""
    _expect(nomination, *OPEN)
    nomination.state, nomination.ended_at = NominationState.WITHDRAWN, at
    _audit(audit.Verb.NOMINATION_WITHDRAWN, nomination, actor_id, at)


def decide(
    nomination: Nomination, *, approves: bool, reason: str, actor_id: int, at: datetime, seconds: int | None = None
) -> Champion | None:
    """One person's decision. The second approval makes the employee a champion and a trainer. Raises RefusedError.

    `seconds`: how long the person had the page open before deciding, where that is known.
    """
    if nomination.employee_id == actor_id:
        raise RefusedError("You cannot decide about yourself.")
    _expect(nomination, NominationState.ACCEPTED)
    approvals = _earlier_approvals(nomination, actor_id)
    db.session.add(
        NominationDecision(
            nomination_id=nomination.id,
            decided_by_id=actor_id,
            approves=approves,
            reason=_reason(reason),
            at=at,
            seconds=seconds,
        )
    )
    db.session.flush()
    verb = audit.Verb.NOMINATION_APPROVED if approves else audit.Verb.NOMINATION_REJECTED
    _audit(verb, nomination, actor_id, at)
    if not approves:
        nomination.state, nomination.ended_at = NominationState.REJECTED, at
        return None
    haste.note_haste(actor_id, at=at)
    if approvals + 1 < APPROVALS:
        return None
    nomination.state, nomination.ended_at = NominationState.APPROVED, at
    return _make_champion(nomination, actor_id, at)


def live_champion(employee_id: int) -> Champion | None:
    """The employee's live championship, or None."""
    query = select(Champion).where(Champion.employee_id == employee_id, Champion.ends_at.is_(None))
    return db.session.scalars(query).first()


def _make_champion(nomination: Nomination, actor_id: int, at: datetime) -> Champion:
    champion = Champion(employee_id=nomination.employee_id, nomination_id=nomination.id, starts_at=at)
    db.session.add(champion)
    employee = db.session.get(Employee, nomination.employee_id)
    assert employee is not None  # a foreign key holds it
    held = select(RoleGrant.id).where(
        RoleGrant.employee_id == employee.id, RoleGrant.role == Role.TRAINER, role_queries.is_live(at)
    )
    if db.session.scalar(held) is None:
        role_operations.grant_role(employee, Role.TRAINER, actor_id=actor_id, at=at)
    db.session.flush()
    return champion


def _earlier_approvals(nomination: Nomination, actor_id: int) -> int:
    query = select(NominationDecision.decided_by_id).where(NominationDecision.nomination_id == nomination.id)
    deciders = list(db.session.scalars(query))
    if actor_id in deciders:
        raise RefusedError("You have decided on this already: the other decision must come from another person.")
    return len(deciders)


def _expect(nomination: Nomination, *states: NominationState) -> None:
    if nomination.state not in states:
        raise RefusedError(f"This nomination is {nomination.state}: that step is no longer open.")


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if len(reason) < SHORTEST_REASON:
        raise RefusedError("Give the reason in a sentence: the person may read it.")
    return reason[:2000]


def _audit(verb: audit.Verb, nomination: Nomination, actor_id: int, at: datetime) -> None:
    detail = {"nomination": nomination.id, "run": nomination.run_id}
    audit.append(verb, actor_id=actor_id, subject_id=nomination.employee_id, at=at, detail=detail)
