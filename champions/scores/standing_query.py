"""Where a person stands beside the score: nominated, a champion, under review. One statement."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from champions.contests.models import ContestState, ScoreContest
from champions.models import Champion, Nomination, NominationState
from champions.nominations.operations import OPEN
from db import db
from people.models import Employee


@dataclass(frozen=True)
class Standing:
    """All None for somebody with whom nothing is under way."""

    nomination_id: int | None
    nomination_state: NominationState | None
    champion_since: datetime | None
    review_until: datetime | None


def standing(employee_id: int) -> Standing:
    """What is under way about an employee."""
    review = (
        select(func.min(ScoreContest.due_at))
        .where(ScoreContest.employee_id == employee_id, ScoreContest.state == ContestState.OPEN)
        .scalar_subquery()
    )
    query = (
        select(Nomination.id, Nomination.state, Champion.starts_at, review)
        .select_from(Employee)
        .outerjoin(Nomination, and_(Nomination.employee_id == Employee.id, Nomination.state.in_(OPEN)))
        .outerjoin(Champion, and_(Champion.employee_id == Employee.id, Champion.ends_at.is_(None)))
        .where(Employee.id == employee_id)
        .limit(1)
    )
    row = db.session.execute(query).one()
    return Standing(row[0], NominationState(row[1]) if row[1] else None, row[2], row[3])
