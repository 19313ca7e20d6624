"""A daily job that removes files nothing refers to: rows that were never kept, then contents without a row."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from db import db, utcnow
from jobs.progress import Progress
from jobs.registry import job
from training.files.models import StoredFile
from training.files.operations import files_folder

KEPT_UNUSED = timedelta(days=1)
"""How long a file may lie unused: whoever hands one in late in the evening finds it there in the morning."""


def tidy(before: datetime) -> int:
    """Remove what is unused since `before`; returns how many contents went. Contents younger than it stay.

    The contents of rows that go now go with the next run: if this one is undone, every row still has its content.
    """
    referred = set(db.session.scalars(select(StoredFile.digest).distinct()))
    old = [path for path in _contents() if path.name not in referred and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    db.session.execute(delete(StoredFile).where(StoredFile.kept_at.is_(None), StoredFile.created_at < before))
    return len(old)


def _contents() -> list[Path]:
    """Every content, and what was left of files that were being received."""
    return [path for path in files_folder().rglob("*") if path.is_file()]


@job("training.tidy_files", title="Removal of files that nothing uses", every=timedelta(days=1))
def run(payload: dict[str, Any], progress: Progress) -> None:
    """Do it once a day."""
    gone = tidy(utcnow() - KEPT_UNUSED)
    progress.report(gone, gone, f"{gone} removed")
