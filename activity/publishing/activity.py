"""Staged rows of activity become activity events."""

from collections.abc import Collection, Iterable

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, literal, or_, select, update
from sqlalchemy import true as sql_true

from activity.formats.rejected import Rejected
from activity.models import ActivityEvent
from activity.publishing import copies, credit_links
from activity.publishing.counts import Counts
from activity.staging.tables import staged_activity, staged_text, staged_words
from activity.text_models import EventText
from db import db, table_of
from web import count

event, event_text = table_of(ActivityEvent), table_of(EventText)
WRITTEN = (
    "external_id", "at", "employee_id", "verb", "kind", "channel", "in_reply_to", "target_id", "magnitude", "reach",
    "permalink", "text_hash", "is_self_reply",
)  # fmt: skip


class ActivityPublisher:
    """Publishes staged activity of one source. `columns_read`: what the file states; the rest of a known event stays.

    An event is known by source and external id. A later export knows better (votes grow, times are corrected), so an
    event that is told differently is changed.
    """

    def __init__(self, source: str, columns_read: Collection[str]) -> None:
        self._source = source
        self._columns = sorted(columns_read)
        if {"employee_id", "target_id"} <= set(columns_read):
            self._columns.append("is_self_reply")

    def compare(self) -> None:
        """Find the event of each staged row, and whether anything that the file states differs."""
        if not db.session.scalar(select(exists().where(event.c.source == self._source))):
            return
        same = (
            select(event.c.id)
            .where(event.c.source == self._source, event.c.external_id == staged_activity.c.external_id)
            .scalar_subquery()
        )
        db.session.execute(update(staged_activity).values(known_id=same, changed=False))
        differs = or_(*(event.c[name].is_distinct_from(staged_activity.c[name]) for name in self._columns))
        changed = update(staged_activity).values(changed=sql_true())
        db.session.execute(changed.where(event.c.id == staged_activity.c.known_id, differs))

    def counts(self) -> Counts:
        """What `compare` found."""
        new, changed, rows = db.session.execute(
            select(
                func.coalesce(func.sum(case((staged_activity.c.known_id.is_(None), 1), else_=0)), 0),
                func.coalesce(func.sum(case((staged_activity.c.changed, 1), else_=0)), 0),
                func.count(),
            ).select_from(staged_activity)
        ).one()
        return Counts(new, changed, rows - new - changed)

    def refused(self) -> Iterable[Rejected]:
        """None: activity is checked while it is read."""
        return ()

    def publish(self, import_id: int) -> list[str]:
        """Write new and changed events, mark copies, and link the credit that waited for these events."""
        self._insert(import_id)
        values = {name: staged_activity.c[name] for name in self._columns}
        is_changed = and_(event.c.id == staged_activity.c.known_id, staged_activity.c.changed)
        db.session.execute(update(event).values(values).where(is_changed))
        self._keep_words()
        credit_links.link()
        return self._mark_copies(import_id)

    def _insert(self, import_id: int) -> None:
        staged = [staged_activity.c[name] for name in WRITTEN]
        fixed = {
            "source": literal(self._source),
            "is_copy": literal(False),
            "from_library": literal(False),
            "import_id": literal(import_id),
        }
        rows = (
            select(*staged, *fixed.values())
            .where(staged_activity.c.known_id.is_(None))
            .order_by(staged_activity.c.line)
        )
        db.session.execute(insert(event).from_select([*WRITTEN, *fixed], rows, include_defaults=False))

    def _keep_words(self) -> None:
        if not db.session.scalar(select(exists(select(staged_words.c.line)))):
            return
        touched = or_(staged_activity.c.known_id.is_(None), staged_activity.c.changed)
        ids = (
            select(event.c.id.label("event_id"), staged_words.c.text)
            .join(staged_activity, staged_activity.c.line == staged_words.c.line)
            .join(event, and_(event.c.source == self._source, event.c.external_id == staged_activity.c.external_id))
            .where(touched)
        )
        named = ids.subquery()
        db.session.execute(delete(event_text).where(event_text.c.event_id.in_(select(named.c.event_id))))
        db.session.execute(insert(event_text).from_select(["event_id", "text"], ids))

    def _mark_copies(self, import_id: int) -> list[str]:
        if not db.session.scalar(select(exists(select(staged_text.c.text_hash)))):
            return []
        copies.mark(select(staged_text.c.text_hash))
        copied, supplied = db.session.execute(
            select(
                func.coalesce(func.sum(case((event.c.is_copy, 1), else_=0)), 0),
                func.coalesce(func.sum(case((event.c.from_library, 1), else_=0)), 0),
            ).where(event.c.import_id == bindparam("import_id")),
            {"import_id": import_id},
        ).one()
        notes = []
        if copied:
            notes.append(f"{count(copied, 'new event repeats', 'new events repeat')} a text that was posted before.")
        if supplied:
            notes.append(f"{count(supplied, 'new event uses', 'new events use')} a text of the company's library.")
        return notes
