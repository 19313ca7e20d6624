"""Credit is linked to the event that brought it, whichever of the two was imported first."""

from sqlalchemy import and_, case, func, select, update

from activity.models import ActivityEvent, Import, Outcome, OutcomeCredit
from db import db


def link() -> None:
    """Link every credit whose event is known by now.

    An event of the outcome's own source is meant first; else the only event of that id in any source. Where several
    sources have one of that id nobody can tell, and the credit stays without.
    """
    own = (
        select(ActivityEvent.id)
        .join(Outcome, and_(Outcome.id == OutcomeCredit.outcome_id, Outcome.source == ActivityEvent.source))
        .where(ActivityEvent.external_id == OutcomeCredit.activity_id)
        .correlate(OutcomeCredit)
        .scalar_subquery()
    )
    sources = select(Import.source).where(Import.kind == "activity")
    anywhere = (
        select(case((func.count() == 1, func.min(ActivityEvent.id))))
        .where(ActivityEvent.source.in_(sources), ActivityEvent.external_id == OutcomeCredit.activity_id)
        .correlate(OutcomeCredit)
        .scalar_subquery()
    )
    waiting = and_(OutcomeCredit.event_id.is_(None), OutcomeCredit.activity_id.is_not(None))
    statement = update(OutcomeCredit).values(event_id=func.coalesce(own, anywhere)).where(waiting)
    db.session.execute(statement.execution_options(synchronize_session=False))
