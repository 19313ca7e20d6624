"""Nominations: proposed, invited, accepted or declined by the employee, then approved by two different people.

The steps and who may take them stand in `champions.rules.nomination_life`; what is not there is refused. A decline
needs no reason and is told to nobody.
"""

from datetime import datetime

from sqlalchemy import select

from champions.contests.models import ContestState, ScoreContest
from champions.models import Champion, Nomination, NominationDecision, NominationState, Score
from champions.nominations import haste, telling
from champions.rules.nomination_life import OPEN, Actor, Step, StepError, after
from db import db
from people.auditing import audit
from people.models import Employee, Role, RoleGrant
from people.refusal import RefusedError
from people.roles import operations as role_operations
from people.roles import queries as role_queries

APPROVALS = 2
SHORTEST_REASON = 10


def propose(employee: Employee, *, run_id: int, reason: str, actor_id: int, at: datetime) -> Nomination:
    """Propose that an employee in a band of run `run_id` train others, and invite them at once. Raises RefusedError.

    While their score is under review they are not invited yet: the nomination waits as proposed.
    """
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
        state=NominationState.PROPOSED,
        reason=_reason(reason),
        proposed_by_id=actor_id,
        proposed_at=at,
    )
    db.session.add(nomination)
    db.session.flush()
    note(audit.Verb.NOMINATED, nomination, actor_id, at)
    if not _under_review(employee.id):
        invite(nomination, actor_id=actor_id, at=at)
    return nomination


def invite(nomination: Nomination, *, actor_id: int, at: datetime) -> None:
    """Ask the employee. Raises RefusedError, also while the score is under review."""
    take(nomination, Step.INVITE, actor_of(nomination, actor_id))
    if _under_review(nomination.employee_id):
        raise RefusedError("The score is under review. Invite them when the contest is answered.")
    nomination.state = NominationState.INVITED
    note(audit.Verb.NOMINATION_INVITED, nomination, actor_id, at)
    telling.tell_nominee(nomination, telling.Word.INVITED, at=at)


def answer(nomination: Nomination, *, accepts: bool, actor_id: int, at: datetime) -> None:
    """The employee's own answer. A no needs no reason, ends this nomination, and is told to nobody; it may follow a
    yes until two people have decided. Raises RefusedError.
    """
    step = Step.ACCEPT if accepts else Step.DECLINE
    nomination.state = take(nomination, step, actor_of(nomination, actor_id))
    nomination.answered_at = at
    if accepts:
        note(audit.Verb.NOMINATION_ACCEPTED, nomination, actor_id, at)
        telling.tell_deciders(nomination, at=at)
    else:
        nomination.ended_at = at
        note(audit.Verb.NOMINATION_DECLINED, nomination, actor_id, at)


def withdraw(nomination: Nomination, *, actor_id: int, at: datetime) -> None:
    """Take a nomination back before it is decided. Raises RefusedError."""
    nomination.state = take(nomination, Step.WITHDRAW, actor_of(nomination, actor_id))
    nomination.ended_at = at
    note(audit.Verb.NOMINATION_WITHDRAWN, nomination, actor_id, at)


def decide(
    nomination: Nomination, *, approves: bool, reason: str, actor_id: int, at: datetime, seconds: int | None = None
) -> Champion | None:
    """One person's decision. The second approval makes the employee a champion and a trainer. Raises RefusedError.

    `seconds`: how long the person had the page open before deciding, where that is known.
    """
    deciders = _deciders(nomination)
    step = Step.REJECT
    if approves:
        step = Step.APPROVE_SECOND if len(deciders) + 1 >= APPROVALS else Step.APPROVE_FIRST
    state = take(nomination, step, actor_of(nomination, actor_id, deciders))
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
    note(audit.Verb.NOMINATION_APPROVED if approves else audit.Verb.NOMINATION_REJECTED, nomination, actor_id, at)
    nomination.state = state
    if approves:
        haste.note_haste(actor_id, at=at)
    if state is NominationState.APPROVED:
        return _begin(nomination, actor_id, at)
    if state is NominationState.REJECTED:
        nomination.ended_at = at
        telling.tell_nominee(nomination, telling.Word.NOT_APPROVED, at=at)
    return None


def live_champion(employee_id: int) -> Champion | None:
    """The employee's live championship, paused or not, or None."""
    query = select(Champion).where(Champion.employee_id == employee_id, Champion.ends_at.is_(None))
    return db.session.scalars(query).first()


def _begin(nomination: Nomination, actor_id: int, at: datetime) -> Champion:
    """From approved to active, in the moment of the second approval."""
    nomination.state = take(nomination, Step.BEGIN, Actor.PROGRAM)
    nomination.ended_at = at
    champion = Champion(employee_id=nomination.employee_id, nomination_id=nomination.id, starts_at=at)
    db.session.add(champion)
    employee = db.session.get_one(Employee, nomination.employee_id)
    held = select(RoleGrant.id).where(
        RoleGrant.employee_id == employee.id, RoleGrant.role == Role.TRAINER, role_queries.is_live(at)
    )
    if db.session.scalar(held) is None:
        role_operations.grant_role(employee, Role.TRAINER, actor_id=actor_id, at=at)
    db.session.flush()
    telling.tell_nominee(nomination, telling.Word.CHAMPION, at=at)
    return champion


def take(nomination: Nomination, step: Step, actor: Actor) -> NominationState:
    """Where a step leads from where the nomination is. Raises RefusedError."""
    try:
        return after(NominationState(nomination.state), step, actor)
    except StepError as error:
        raise RefusedError(str(error)) from error


def actor_of(nomination: Nomination, actor_id: int, deciders: frozenset[int] = frozenset()) -> Actor:
    """Who somebody is to a nomination."""
    if actor_id == nomination.employee_id:
        return Actor.NOMINEE
    return Actor.DECIDED if actor_id in deciders else Actor.OTHER


def note(verb: audit.Verb, nomination: Nomination, actor_id: int, at: datetime) -> None:
    """Write a step into the audit trail."""
    detail = {"nomination": nomination.id, "run": nomination.run_id}
    audit.append(verb, actor_id=actor_id, subject_id=nomination.employee_id, at=at, detail=detail)


def _deciders(nomination: Nomination) -> frozenset[int]:
    query = select(NominationDecision.decided_by_id).where(NominationDecision.nomination_id == nomination.id)
    return frozenset(db.session.scalars(query))


def _under_review(employee_id: int) -> bool:
    query = select(ScoreContest.id).where(
        ScoreContest.employee_id == employee_id, ScoreContest.state == ContestState.OPEN
    )
    return db.session.scalar(query) is not None


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if len(reason) < SHORTEST_REASON:
        raise RefusedError("Give the reason in a sentence: the person may read it.")
    return reason[:2000]
