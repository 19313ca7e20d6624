"""The life of a nomination: every step that can be taken, from where, by whom, and where it leads. Pure.

    proposed -> invited -> accepted -> approved (by two) -> active <-> paused
        |          |          |                               |          |
        +----------+----------+--> withdrawn                  +----------+--> retired
                   +----------+--> declined
                              +--> rejected

What is not in STEPS cannot be done. Nobody decides about themselves, and nobody decides twice.
"""

from dataclasses import dataclass
from enum import StrEnum


class NominationState(StrEnum):
    """Where a nomination stands, from the proposal to the end of the championship that came of it."""

    PROPOSED = "proposed"  # not asked yet: the score is under review
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    APPROVED = "approved"  # two people said yes; it goes on to `active` in the same moment
    ACTIVE = "active"
    PAUSED = "paused"
    RETIRED = "retired"


class Step(StrEnum):
    """What can be done with a nomination."""

    INVITE = "invite"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LEAVE_SCORING = "leave the scoring"
    APPROVE_FIRST = "approve as the first"
    APPROVE_SECOND = "approve as the second"
    REJECT = "not approve"
    BEGIN = "begin"
    PAUSE = "pause"
    RETURN = "come back"
    RETIRE = "retire"


class Actor(StrEnum):
    """Who takes a step, seen from the nomination."""

    NOMINEE = "the person nominated"
    OTHER = "somebody else who has not decided on it"
    DECIDED = "somebody else who has decided on it"
    PROGRAM = "the program"


@dataclass(frozen=True)
class Leads:
    """Where a step leads, and who may take it."""

    to: NominationState
    actors: frozenset[Actor]


class StepError(ValueError):
    """The step cannot be taken; the message is for the person who tried."""


_S, _T, _A = NominationState, Step, Actor
_NOMINEE = frozenset({_A.NOMINEE})
_OTHERS = frozenset({_A.OTHER, _A.DECIDED})
_FRESH = frozenset({_A.OTHER})
_PROGRAM = frozenset({_A.PROGRAM})
_ANYBODY = _NOMINEE | _OTHERS

OPEN = (_S.PROPOSED, _S.INVITED, _S.ACCEPTED)
"""States in which something waits for somebody."""

STEPS: dict[tuple[NominationState, Step], Leads] = {
    (_S.PROPOSED, _T.INVITE): Leads(_S.INVITED, _OTHERS),
    (_S.INVITED, _T.ACCEPT): Leads(_S.ACCEPTED, _NOMINEE),
    (_S.INVITED, _T.DECLINE): Leads(_S.DECLINED, _NOMINEE),
    (_S.ACCEPTED, _T.DECLINE): Leads(_S.DECLINED, _NOMINEE),
    **{(state, _T.WITHDRAW): Leads(_S.WITHDRAWN, _OTHERS) for state in OPEN},
    **{(state, _T.LEAVE_SCORING): Leads(_S.WITHDRAWN, _NOMINEE) for state in OPEN},
    (_S.ACCEPTED, _T.APPROVE_FIRST): Leads(_S.ACCEPTED, _FRESH),
    (_S.ACCEPTED, _T.APPROVE_SECOND): Leads(_S.APPROVED, _FRESH),
    (_S.ACCEPTED, _T.REJECT): Leads(_S.REJECTED, _FRESH),
    (_S.APPROVED, _T.BEGIN): Leads(_S.ACTIVE, _PROGRAM),
    (_S.ACTIVE, _T.PAUSE): Leads(_S.PAUSED, _ANYBODY),
    (_S.PAUSED, _T.RETURN): Leads(_S.ACTIVE, _ANYBODY),
    (_S.ACTIVE, _T.RETIRE): Leads(_S.RETIRED, _ANYBODY),
    (_S.PAUSED, _T.RETIRE): Leads(_S.RETIRED, _ANYBODY),
}

_ABOUT_ONESELF = "You cannot decide about yourself."
_TWICE = "You have decided on this already: the other decision must come from another person."
_ONLY_NOMINEE = "Only the person nominated can answer."
_DECISIONS = {_T.APPROVE_FIRST, _T.APPROVE_SECOND, _T.REJECT}


def after(state: NominationState, step: Step, actor: Actor) -> NominationState:
    """The state after a step; raises StepError for a step that this actor cannot take, or not from this state."""
    allowed = frozenset[Actor]().union(*(leads.actors for (_, one), leads in STEPS.items() if one is step))
    if actor not in allowed:
        raise StepError(_why_not(step, actor))
    leads = STEPS.get((state, step))
    if leads is None:
        raise StepError(f"This nomination is {state}: that step is not open.")
    return leads.to


def _why_not(step: Step, actor: Actor) -> str:
    if step in _DECISIONS:
        return _TWICE if actor is Actor.DECIDED else _ABOUT_ONESELF
    if step in {Step.ACCEPT, Step.DECLINE, Step.LEAVE_SCORING}:
        return _ONLY_NOMINEE
    if actor is Actor.NOMINEE:
        return "You cannot do this about yourself: answer yes or no instead."
    return "This step follows by itself."
