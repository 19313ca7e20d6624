"""Where a person stands beside the score: nominated, a champion, under review, named. One statement."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from champions.contests.models import ContestState, ScoreContest
from champions.models import Champion, Nomination, NominationState
from champions.naming.count_queries import NamedFor
from champions.naming.models import NamingCount, NamingRound, NamingTopic
from champions.rules.nomination_life import OPEN
from db import db
from people.models import Employee


@dataclass(frozen=True)
class Standing:
    """All None for somebody with whom nothing is under way."""

    nomination_id: int | None
    nomination_state: NominationState | None
    champion_since: datetime | None
    paused_since: datetime | None
    championship_id: int | None  # the nomination that it came of
    review_until: datetime | None
    named: tuple[NamedFor, ...] = ()


def standing(employee_id: int) -> Standing:
    """What is under way about an employee."""
    review = (
        select(func.min(ScoreContest.due_at))
        .where(ScoreContest.employee_id == employee_id, ScoreContest.state == ContestState.OPEN)
        .scalar_subquery()
    )
    last = select(func.max(NamingRound.id)).where(NamingRound.counted_at.is_not(None)).scalar_subquery()
    counts = (
        select(NamingCount.employee_id, NamingTopic.name, NamingTopic.position, NamingCount.givers)
        .join(NamingTopic, NamingTopic.id == NamingCount.topic_id)
        .where(NamingTopic.round_id == last)
        .subquery()
    )
    query = (
        select(
            Nomination.id,
            Nomination.state,
            Champion.starts_at,
            Champion.paused_at,
            Champion.nomination_id,
            review,
            counts.c.name,
            counts.c.givers,
        )
        .select_from(Employee)
        .outerjoin(Nomination, and_(Nomination.employee_id == Employee.id, Nomination.state.in_(OPEN)))
        .outerjoin(Champion, and_(Champion.employee_id == Employee.id, Champion.ends_at.is_(None)))
        .outerjoin(counts, counts.c.employee_id == Employee.id)
        .where(Employee.id == employee_id)
        .order_by(Nomination.id, Champion.id, counts.c.givers.desc(), counts.c.position)
    )
    rows = db.session.execute(query).all()
    named = dict.fromkeys(NamedFor(row[6], row[7]) for row in rows if row[6])
    first = rows[0]
    state = NominationState(first[1]) if first[1] else None
    return Standing(first[0], state, first[2], first[3], first[4], first[5], tuple(named))
