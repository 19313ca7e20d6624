"""A folder of files, imported in this process through the same operations as single files: for commands and loaders."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from activity.formats.fields import FileKind
from activity.formats.mapping import ColumnMapping
from activity.imports import uploads
from activity.imports.operations import ImportRefusedError, register, start
from activity.imports.reading import UnreadableError
from activity.models import Import
from db import db, may_write
from jobs.running import Show, run_waiting

FILES: tuple[tuple[FileKind, tuple[str, ...]], ...] = (
    (FileKind.DIRECTORY, ("people", "directory")),
    (FileKind.LIBRARY, ("library",)),
    (FileKind.ACTIVITY, ("activity",)),
    (FileKind.OUTCOMES, ("outcomes",)),
)
ENDINGS = (".csv", ".csv.gz", ".jsonl", ".jsonl.gz")


def import_folder(
    folder: Path, source: str, *, at: datetime, progress: Show | None, actor_id: int | None
) -> list[Import]:
    """Import people or directory, library, activity and outcomes (.csv or .jsonl, plain or .gz) of `folder`, in order.

    Files that are not there are passed over. Each file is a job of its own that is run here and now, and committed;
    `progress` hears of all. Returns the imports with their counts. Raises JobFailedError or UnreadableError, naming
    the file, and FileNotFoundError for a folder with none of them.
    """
    found = list(files_in(folder))
    if not found:
        names = ", ".join(stem for _, stems in FILES for stem in stems)
        raise FileNotFoundError(f"{folder} has none of the files {names} ({', '.join(ENDINGS)}).")
    return [import_file(kind, path, source, at=at, progress=progress, actor_id=actor_id) for kind, path in found]


def files_in(folder: Path) -> Iterator[tuple[FileKind, Path]]:
    """The files of a folder that can be imported, in the order in which they build on one another."""
    for kind, stems in FILES:
        candidates = (folder / f"{stem}{ending}" for stem in stems for ending in ENDINGS)
        path = next((path for path in candidates if path.is_file()), None)
        if path is not None:
            yield kind, path


def import_file(
    kind: FileKind,
    path: Path,
    source: str,
    *,
    at: datetime,
    progress: Show | None,
    actor_id: int | None,
    mapping: ColumnMapping | None = None,
    dry_run: bool = False,
) -> Import:
    """Import (or check) one file here and now; commits. Raises UnreadableError or JobFailedError."""
    with path.open("rb") as stream:
        stored = uploads.store(stream)
    may_write()
    try:
        row = register(kind, source, stored, path.name, actor_id=actor_id, at=at, mapping=mapping)
        job = start(row, dry_run=dry_run, actor_id=actor_id, at=at)
    except (UnreadableError, ImportRefusedError) as error:
        db.session.rollback()
        uploads.remove(stored.name)
        raise UnreadableError(f"{path.name}: {error}") from None
    job.most_tries = 1
    import_id, job_id = row.id, job.id
    db.session.commit()
    try:
        run_waiting(job_id, show=progress)
    finally:
        uploads.remove(stored.name)
    row = db.session.get_one(Import, import_id)
    db.session.commit()
    return row
