"""Files made from rows and imported as a command would: here, at once, and committed."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from activity.formats.fields import FileKind
from activity.imports import uploads
from activity.imports.folder_import import import_file
from activity.models import ActivityEvent, ImportRejection, Outcome, OutcomeCredit
from db import db, utcnow


class Importing:
    """Imports rows or bytes, and shows what is stored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, kind: str, rows: list[dict] | bytes) -> Path:
        path = self._folder / f"{kind}.csv"
        path.write_bytes(rows if isinstance(rows, bytes) else as_csv(rows))
        return path

    def __call__(self, kind: str, rows: list[dict] | bytes, source: str = "forum", **more):
        path, at = self.file(kind, rows), more.pop("at", utcnow())
        return import_file(FileKind(kind), path, source, at=at, progress=None, actor_id=None, **more)

    def rejections(self, row) -> list[tuple]:
        query = db.select(ImportRejection).where(ImportRejection.import_id == row.id).order_by(ImportRejection.id)
        found = [(each.line, each.column, each.reason) for each in db.session.scalars(query)]
        db.session.rollback()
        return found

    def stored(self) -> dict[str, list[tuple]]:
        """All events, outcomes and credit, without the numbers that depend on the order of imports."""
        event = ActivityEvent.__table__.columns
        named = [column for column in event if column.name not in {"id", "import_id"}]
        events = db.session.execute(db.select(*named).order_by(event.source, event.external_id)).all()
        credit = (
            db.select(
                Outcome.source,
                Outcome.external_id,
                Outcome.at,
                Outcome.kind,
                Outcome.value,
                OutcomeCredit.employee_id,
                OutcomeCredit.share,
                ActivityEvent.external_id,
            )
            .outerjoin(OutcomeCredit, OutcomeCredit.outcome_id == Outcome.id)
            .outerjoin(ActivityEvent, ActivityEvent.id == OutcomeCredit.event_id)
            .order_by(Outcome.source, Outcome.external_id, OutcomeCredit.employee_id)
        )
        found = {"events": list(map(tuple, events)), "credit": list(map(tuple, db.session.execute(credit)))}
        db.session.rollback()
        return found

    def events(self) -> dict[str, ActivityEvent]:
        found = {row.external_id: row for row in db.session.scalars(db.select(ActivityEvent))}
        db.session.rollback()
        return found


def as_csv(rows: list[dict]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def importing(cast, tmp_path) -> Importing:
    db.session.commit()
    for left in uploads.folder().iterdir():
        left.unlink()
    return Importing(tmp_path)


@pytest.fixture
def event(cast):
    """`event("a1", who=cast.ben, at="2026-02-01")`: a row of activity."""

    def row(activity_id: str, who=None, at: datetime | str = "2026-02-01T10:00:00", verb: str = "answer", **more):
        person = "" if verb == "vote" and who is None else (who or cast.ben).external_id
        return {"activity_id": activity_id, "at": str(at), "person_id": person, "verb": verb, **more}

    return row


@pytest.fixture
def outcome(cast):
    """`outcome("o1", who=cast.ben)`: a row of outcomes."""

    def row(outcome_id: str, who=None, at: str = "2026-02-03T10:00:00", kind: str = "accepted", **more):
        return {"outcome_id": outcome_id, "at": at, "person_id": (who or cast.ben).external_id, "kind": kind, **more}

    return row
