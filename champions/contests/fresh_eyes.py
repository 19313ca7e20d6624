"""Who may answer a contest: whoever reviews, and has not decided about the person before."""

from datetime import datetime

from sqlalchemy import select, union

from champions.contests.models import ScoreContest
from champions.models import Nomination, NominationDecision
from champions.nominations.telling import people_who_decide
from db import db


def deciders_about(employee_id: int) -> set[int]:
    """Who proposed or decided a nomination of this person, or answered a contest of theirs. One statement."""
    proposed = select(Nomination.proposed_by_id).where(Nomination.employee_id == employee_id)
    decided = (
        select(NominationDecision.decided_by_id)
        .join(Nomination, Nomination.id == NominationDecision.nomination_id)
        .where(Nomination.employee_id == employee_id)
    )
    answered = select(ScoreContest.answered_by_id).where(
        ScoreContest.employee_id == employee_id, ScoreContest.answered_by_id.is_not(None)
    )
    return set(db.session.scalars(union(proposed, decided, answered)))


def fresh_eyes(employee_id: int, at: datetime) -> set[int]:
    """Who may answer a contest of this person now."""
    return people_who_decide(at) - deciders_about(employee_id) - {employee_id}
