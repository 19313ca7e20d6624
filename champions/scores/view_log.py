"""Who looked at whose score: a row for the person, and a link in the audit chain; once a viewer, run and day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import exists, insert, literal, select

from champions.models import ScoreView
from db import Moment, db
from people.auditing import audit
from people.models import Employee


def note_views(employee_ids: Iterable[int], *, viewer_id: int, run_id: int, at: datetime) -> bool:
    """Note that `viewer_id` looked at the scores of others. Returns whether anything was new within a day."""
    seen = exists().where(
        ScoreView.employee_id == Employee.id,
        ScoreView.viewer_id == viewer_id,
        ScoreView.run_id == run_id,
        ScoreView.at > at - timedelta(days=1),
    )
    looked_at = select(Employee.id, literal(viewer_id), literal(run_id), literal(at, Moment)).where(
        Employee.id.in_(sorted(set(employee_ids) - {viewer_id})), ~seen
    )
    columns = [ScoreView.employee_id, ScoreView.viewer_id, ScoreView.run_id, ScoreView.at]
    statement = insert(ScoreView).from_select(columns, looked_at).returning(ScoreView.employee_id)
    new = sorted(db.session.execute(statement).scalars())
    if not new:
        return False
    subject = new[0] if len(new) == 1 else None
    detail = {"run": run_id, "people": new}
    audit.append(audit.Verb.SCORE_VIEWED, actor_id=viewer_id, subject_id=subject, at=at, detail=detail)
    return True
