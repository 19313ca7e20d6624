"""The jobs about imports: checking or importing an upload, and deleting uploads that nobody came back for."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import event, select

from activity.imports import uploads
from activity.imports.operations import IMPORT_JOB
from activity.imports.reading import UnreadableError
from activity.imports.running import ImportRun
from activity.models import Import, ImportState
from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import CannotSucceedError, job

KEPT_FOR = timedelta(days=7)


@job(IMPORT_JOB, title="Import of a file", reads_first=True)
def import_job(payload: dict[str, Any], progress: Progress) -> None:
    """Check (`dry_run`) or import the upload of `import_id`; what lies after `at` (ISO, default now) is the future."""
    row = db.session.get(Import, payload["import_id"])
    if row is None:
        raise CannotSucceedError("This import is no longer known.")
    upload = uploads.path_of(row.stored_name)
    if not upload.exists():
        raise CannotSucceedError("The file is no longer here. Hand it in again.")
    run = ImportRun(
        row,
        upload,
        at=datetime.fromisoformat(payload["at"]) if "at" in payload else utcnow(),
        dry_run=payload["dry_run"],
        keep_text=current_app.config["KEEP_TEXT"],
        tell=progress.report,
        save=lambda: progress.save(progress.checkpoint),
    )
    try:
        run.run()
    except UnreadableError as error:
        raise CannotSucceedError(str(error)) from None
    if not payload["dry_run"]:
        _remove_when_committed(row.stored_name)


def _remove_when_committed(stored_name: str) -> None:
    """The file goes once it is sure that it is not needed for another try."""
    path = uploads.path_of(stored_name)
    event.listen(db.session(), "after_commit", lambda session: path.unlink(missing_ok=True), once=True)


@job("activity.tidy", title="Old uploads", every=timedelta(days=1))
def tidy_uploads(payload: dict[str, Any], progress: Progress) -> None:
    """Delete files whose import is done, or that nobody imported within a week."""
    oldest = utcnow() - KEPT_FOR
    open_states = [state for state in ImportState if state is not ImportState.DONE]
    wanted = set(
        db.session.scalars(select(Import.stored_name).where(Import.state.in_(open_states), Import.created_at > oldest))
    )
    gone = 0
    for path in uploads.folder().iterdir():
        if path.name.split(".")[0] not in wanted and path.stat().st_mtime < oldest.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    progress.report(gone, gone, f"{gone} files deleted")
