"""A champion pauses, comes back, or stops, by the own wish or an owner's. No reason is asked. Nothing here commits.

Whoever pauses or stops keeps the learners they have until an owner publishes another proposal: never a silent change.
"""

from datetime import datetime

from sqlalchemy import select

from champions.models import Champion, Nomination, NominationState
from champions.nominations.operations import actor_of, note, take
from champions.rules.nomination_life import Step
from db import db
from people.auditing import audit

VERBS = {
    Step.PAUSE: audit.Verb.CHAMPION_PAUSED,
    Step.RETURN: audit.Verb.CHAMPION_RETURNED,
    Step.RETIRE: audit.Verb.CHAMPION_RETIRED,
}


def pause(nomination: Nomination, *, actor_id: int, at: datetime) -> None:
    """Get no new learners until coming back. Raises RefusedError."""
    _move(nomination, Step.PAUSE, actor_id, at).paused_at = at


def come_back(nomination: Nomination, *, actor_id: int, at: datetime) -> None:
    """End a pause. Raises RefusedError."""
    _move(nomination, Step.RETURN, actor_id, at).paused_at = None


def retire(nomination: Nomination, *, actor_id: int, at: datetime) -> None:
    """Stop being a champion; one may be nominated again. Raises RefusedError."""
    _move(nomination, Step.RETIRE, actor_id, at).ends_at = at


def _move(nomination: Nomination, step: Step, actor_id: int, at: datetime) -> Champion:
    nomination.state = take(nomination, step, actor_of(nomination, actor_id))
    if nomination.state == NominationState.RETIRED:
        nomination.ended_at = at
    query = select(Champion).where(Champion.nomination_id == nomination.id).with_for_update()
    champion = db.session.scalars(query).one()
    note(VERBS[step], nomination, actor_id, at)
    return champion
