"""What people do with imports: hand in a file, say how its columns are read, check it, import it. Nothing commits."""

from datetime import datetime

from sqlalchemy import Select, delete, select

from activity.formats.fields import FileKind
from activity.formats.mapping import ColumnMapping
from activity.formats.reader import open_table
from activity.formats.suggestion import suggest
from activity.imports import uploads
from activity.imports.reading import UnreadableError, said
from activity.imports.uploads import StoredFile
from activity.models import Import, ImportRejection, ImportState, SavedMapping
from db import db
from jobs import operations as job_operations
from jobs.models import Job, JobState

IMPORT_JOB = "activity.import"
LONGEST_SOURCE = 60
KIND_WORDS = {
    FileKind.DIRECTORY: "directory",
    FileKind.ACTIVITY: "activity",
    FileKind.OUTCOMES: "outcomes",
    FileKind.LIBRARY: "library texts",
}


class ImportRefusedError(ValueError):
    """Nothing was changed. The message is for the person: why, and what to do."""


def register(
    kind: FileKind,
    source: str,
    file: StoredFile,
    file_name: str,
    *,
    actor_id: int | None,
    at: datetime,
    mapping: ColumnMapping | None = None,
) -> Import:
    """Note an upload. Its mapping is the given one, the one saved for the source if it fits, or a first guess.

    Raises UnreadableError if the file cannot be read at all; the caller then removes it.
    """
    row = Import(
        kind=kind.value,
        source=source_name(source),
        file_name=uploads.shown_name(file_name),
        stored_name=file.name,
        digest=file.digest,
        mapping=_stored(mapping or first_mapping(kind, source_name(source), file.name)),
        state=ImportState.UPLOADED,
        notes=[],
        faults=[],
        blanks=[],
        created_by_id=actor_id,
        created_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def source_name(text: str) -> str:
    """The name of a source as stored: one line of 1 to 60 visible characters. Raises ImportRefusedError."""
    name = " ".join(text.split())
    if not name:
        raise ImportRefusedError("Name the system that the file comes from.")
    if len(name) > LONGEST_SOURCE or not name.isprintable():
        raise ImportRefusedError(f"The name of a source has at most {LONGEST_SOURCE} visible characters.")
    return name


def first_mapping(kind: FileKind, source: str, stored_name: str) -> ColumnMapping:
    """The mapping saved for this source if the file has its columns, else a first guess. Raises UnreadableError."""
    with uploads.path_of(stored_name).open("rb") as stream:
        table = open_table(stream)
        if table.refused:
            raise UnreadableError(said(table.refused))
        columns = table.columns
    saved = saved_mapping(kind, source)
    if saved is not None and not saved.problems(columns):
        return saved
    return suggest(columns, kind)


def saved_mapping(kind: FileKind, source: str) -> ColumnMapping | None:
    """The mapping that was saved for files of this kind from this source."""
    row = db.session.scalars(_saved(kind, source)).one_or_none()
    return None if row is None else ColumnMapping.from_json(row.mapping["json"])


def save_mapping(kind: FileKind, source: str, mapping: ColumnMapping) -> None:
    """Keep a mapping for the next file of the same kind from the same source."""
    row = db.session.scalars(_saved(kind, source).with_for_update()).one_or_none()
    if row is None:
        db.session.add(SavedMapping(kind=kind.value, source=source, mapping=_stored(mapping)))
    else:
        row.mapping = _stored(mapping)
    db.session.flush()


def choose_mapping(row: Import, mapping: ColumnMapping) -> None:
    """Read the columns of an upload so from now on. What a dry run found before holds no longer."""
    _refuse_while_running(row)
    row.mapping = _stored(mapping)
    row.state = ImportState.UPLOADED
    db.session.flush()


def start(row: Import, *, dry_run: bool, actor_id: int | None, at: datetime) -> Job:
    """Put the check or the import of an upload in line. Raises ImportRefusedError, naming all that is in the way."""
    _refuse_while_running(row)
    problems = mapping_of(row).problems(columns_of(row))
    if problems:
        raise ImportRefusedError(" ".join(f"{problem.text} {problem.cure}" for problem in problems))
    words = KIND_WORDS[FileKind(row.kind)]
    job = job_operations.enqueue(
        IMPORT_JOB,
        {"import_id": row.id, "dry_run": dry_run, "at": at.isoformat()},
        actor_id=actor_id,
        at=at,
        title=f"{'Check' if dry_run else 'Import'} of {words} from {row.source}",
    )
    row.job_id = job.id
    row.state = ImportState.CHECKING if dry_run else ImportState.IMPORTING
    db.session.flush()
    return job


def discard(row: Import) -> None:
    """Forget an upload that was never imported; the caller removes its file after the commit."""
    _refuse_while_running(row)
    db.session.execute(delete(ImportRejection).where(ImportRejection.import_id == row.id))
    db.session.delete(row)
    db.session.flush()


def columns_of(row: Import) -> tuple[str, ...]:
    """The columns of an upload. Raises ImportRefusedError if the file is gone or cannot be read."""
    path = uploads.path_of(row.stored_name)
    if not path.exists():
        raise ImportRefusedError("The file is no longer here. Hand it in again.")
    with path.open("rb") as stream:
        table = open_table(stream, wanted=list(mapping_of(row).columns.values()))
        if table.refused:
            raise ImportRefusedError(said(table.refused))
        return table.columns


def mapping_of(row: Import) -> ColumnMapping:
    """How the columns of an upload are read."""
    return ColumnMapping.from_json(row.mapping["json"])


def _refuse_while_running(row: Import) -> None:
    if row.state == ImportState.DONE:
        raise ImportRefusedError("This file is imported already.")
    if row.state in {ImportState.CHECKING, ImportState.IMPORTING}:
        job = db.session.get(Job, row.job_id) if row.job_id else None
        if job is not None and job.state != JobState.DEAD:
            raise ImportRefusedError("This file is just being read. Wait until that is done.")


def _stored(mapping: ColumnMapping) -> dict[str, str]:
    return {"json": mapping.to_json()}


def _saved(kind: FileKind, source: str) -> Select[SavedMapping]:
    return select(SavedMapping).where(SavedMapping.kind == kind.value, SavedMapping.source == source)
