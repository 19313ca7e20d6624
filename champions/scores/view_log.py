"""Who looked at whose score: a row for the person, and a link in the audit chain; once a viewer, run and day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from champions.models import ScoreView
from db import bulk_insert, db
from people.auditing import audit


def note_views(employee_ids: Iterable[int], *, viewer_id: int, run_id: int, at: datetime) -> bool:
    """Note that `viewer_id` looked at the scores of others. Returns whether anything was new within a day."""
    since = at - timedelta(days=1)
    query = select(ScoreView.employee_id).where(
        ScoreView.viewer_id == viewer_id, ScoreView.run_id == run_id, ScoreView.at > since
    )
    new = sorted(set(employee_ids) - set(db.session.scalars(query)) - {viewer_id})
    if not new:
        return False
    rows = [{"employee_id": one, "viewer_id": viewer_id, "run_id": run_id, "at": at} for one in new]
    bulk_insert(ScoreView.__table__, rows)  # type: ignore[arg-type]
    subject = new[0] if len(new) == 1 else None
    detail = {"run": run_id, "people": new}
    audit.append(audit.Verb.SCORE_VIEWED, actor_id=viewer_id, subject_id=subject, at=at, detail=detail)
    return True
