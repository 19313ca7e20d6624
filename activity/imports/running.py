"""One import from the stored file to its report: read and stage, compare, publish. Or, dry, only the report.

While the file is read the database is not locked. What is written is one transaction together with the report and the
job's "done". See docs/decisions/0022-imports.md.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import delete, select

from activity.formats.fields import FileKind
from activity.formats.mapping import ColumnMapping
from activity.imports import directory_import, library_import
from activity.imports.reading import Reading, open_reading
from activity.models import Import, ImportRejection, ImportState
from activity.publishing import copies
from activity.publishing import counts as publishing
from activity.publishing.activity import ActivityPublisher
from activity.publishing.counts import Counts, Publisher
from activity.publishing.outcomes import OutcomePublisher
from activity.staging.access import expose, take_turns
from activity.staging.activity import ActivityStager
from activity.staging.outcomes import OutcomeStager
from activity.staging.rows import Staging
from activity.staging.tables import ACTIVITY_TABLES, OUTCOME_TABLES
from db import bulk_insert, db, may_write, only_read, table_of
from web import count

READING = 0.75  # of the time, about
Tell = Callable[[int, int, str], None]
Save = Callable[[], None]
Finding = tuple[Counts, list[str]]


class ImportRun:
    """One try to check or import one upload. `tell(done, total, message)`; `save` commits a part (see note_texts)."""

    def __init__(
        self, row: Import, upload: Path, *, at: datetime, dry_run: bool, keep_text: bool, tell: Tell, save: Save
    ) -> None:
        self._id, self._kind, self._source = row.id, FileKind(row.kind), row.source
        self._actor_id = row.created_by_id
        self._upload, self._at, self._dry, self._keep_text = upload, at, dry_run, keep_text
        self._mapping = ColumnMapping.from_json(row.mapping["json"])
        self._tell, self._save = tell, save
        self._total = 0

    def run(self) -> str:
        """Do it, and return what came of it in a sentence. Raises UnreadableError; nothing is written then."""
        began = time.monotonic()
        with self._upload.open("rb") as stream:
            reading = open_reading(stream, self._mapping, self._upload.stat().st_size, self._reading)
            counts, notes = self._of_kind(reading, stream)
        row = self._report(reading, counts, notes, time.monotonic() - began)
        self._tell(self._total, self._total, sentence(row))
        return sentence(row)

    def _reading(self, done: int, total: int) -> None:
        self._total = total
        self._tell(int(READING * done), total, "Reading")

    def _step(self, message: str) -> None:
        self._tell(int(READING * self._total), self._total, message)

    def _of_kind(self, reading: Reading, stream: BinaryIO) -> Finding:
        if self._kind is FileKind.ACTIVITY:
            return self._activity(reading)
        if self._kind is FileKind.OUTCOMES:
            return self._outcomes(reading)
        if not self._dry:
            may_write()
        if self._kind is FileKind.LIBRARY:
            return library_import.import_library(reading, dry_run=self._dry), []
        return directory_import.import_people(reading, actor_id=self._actor_id, at=self._at, dry_run=self._dry)

    def _activity(self, reading: Reading) -> Finding:
        with Staging(self._upload, ACTIVITY_TABLES) as staging:
            stager = ActivityStager(reading, staging, now=self._at, keep_text=self._keep_text)
            stager.stage()
            staging.finish()
            if not self._dry:
                self._note_texts(staging)
            counts, notes = self._settle(reading, staging, ActivityPublisher(self._source, stager.columns_read))
        if reading.unknown_targets:
            rows = count(reading.unknown_targets, "row names", "rows name")
            notes.append(f"{rows} somebody reached who is not in the directory; taken without that.")
        return counts, notes

    def _note_texts(self, staging: Staging) -> None:
        long = (row for row in staging.rows_of(ACTIVITY_TABLES[1]) if row[1] is not None)
        first = next(long, None)
        if first is None:
            return
        may_write()
        done = 0

        def after_each(number: int) -> None:
            nonlocal done
            done += number
            self._step(f"Looking for copies among {done:,} texts")
            self._save()

        copies.note_texts(_again(first, long), after_each)
        only_read()

    def _outcomes(self, reading: Reading) -> Finding:
        with Staging(self._upload, OUTCOME_TABLES) as staging:
            OutcomeStager(reading, staging, now=self._at).stage()
            staging.finish()
            fields = [*self._mapping.columns, *self._mapping.constants]
            publisher = OutcomePublisher(self._source, fields, reading.column_of("share"))
            return self._settle(reading, staging, publisher)

    def _settle(self, reading: Reading, staging: Staging, publisher: Publisher) -> Finding:
        """Compare without holding up other writers, then write; compare again if somebody published meanwhile."""
        self._step("Comparing with what is known")
        held = None
        if db.engine.dialect.name == "sqlite":
            expose(staging)
            held = publishing.stamp()
            publisher.compare()
            if self._dry:
                reading.rejections.add(publisher.refused())
                return publisher.counts(), []
        may_write()
        take_turns()
        expose(staging)
        if held is None or held != publishing.stamp():
            publisher.compare()
        counts = publisher.counts()
        reading.rejections.add(publisher.refused())
        if self._dry:
            return counts, []
        self._step(f"Writing {counts.taken + counts.changed:,} rows")
        return counts, publisher.publish(self._id) if counts.taken or counts.changed else []

    def _report(self, reading: Reading, counts: Counts, notes: list[str], seconds: float) -> Import:
        if self._dry:
            may_write()
        row = db.session.scalars(select(Import).where(Import.id == self._id).with_for_update()).one()
        rejections = reading.rejections
        row.taken, row.changed, row.known = counts.taken, counts.changed, counts.known + reading.repeated
        row.rejected = rejections.number
        row.faults = [list(fault) for fault in rejections.faults]
        row.blanks = [list(blank) for blank in sorted(reading.blanks.items())]
        row.notes = notes + [f"Line {notice.line}: {notice.text}" for notice in reading.table.notices]
        row.seconds = round(seconds, 2)
        row.state = ImportState.CHECKED if self._dry else ImportState.DONE
        row.finished_at = self._at
        db.session.execute(delete(ImportRejection).where(ImportRejection.import_id == self._id))
        stored = [{"import_id": self._id, **kept._asdict()} for kept in rejections.kept]
        bulk_insert(table_of(ImportRejection), stored)
        db.session.flush()
        return row


def _again(first: tuple[bytes, bytes], rest: Iterator[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    yield first
    yield from rest


def sentence(row: Import) -> str:
    """What an import did, or would do, in one sentence."""
    can = "can be " if row.state == ImportState.CHECKED else ""
    parts = [f"{count(row.taken, 'row')} {can}taken"]
    if row.changed:
        parts.append(f"{row.changed:,} {can}updated")
    parts += [f"{row.known:,} known already", f"{row.rejected:,} rejected"]
    return ", ".join(parts) + "."
