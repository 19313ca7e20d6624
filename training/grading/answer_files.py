"""Files as answers: what the browser sends becomes stored files, and their ids the answer. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from db import db
from training.files.models import Shelf, StoredFile
from training.files.operations import FileRefusedError, keep, store
from training.grading.models import AnswerFile
from training.rules.kinds.file_upload import USUAL_ENDINGS
from training.rules.kinds.protocol import Specification

FIELD = "file"
"""The field of files that are kept, as the kind reads them: "id name", the id in hexadecimal."""

UPLOAD = "upload"
"""The field of new files."""


def named(row: StoredFile) -> str:
    """A stored file as a response names it."""
    return f"{row.id:016x} {row.name}"


def file_ids(entries: Iterable[str]) -> list[int]:
    """The ids of stored files that a response names."""
    ids = []
    for entry in entries:
        digits = entry.partition(" ")[0]
        if digits and len(digits) <= 16 and set(digits) <= set("0123456789abcdef"):
            ids.append(int(digits, 16))
    return ids


def receive(
    place: tuple[int, int],
    specification: Specification,
    kept: Sequence[str],
    uploads: Sequence[FileStorage],
    *,
    owner_id: int,
    at: datetime,
) -> list[str]:
    """Store new files of an answer; returns all its files as the kind names them, those kept first.

    `place` is (attempt, position). Of `kept` only those count that were handed in here before: nobody can hand in
    somebody else's file by its number. Raises FileRefusedError, also when there are more than the question takes.
    """
    files = _handed_in_before(place, kept)
    new = [one for one in uploads if one.filename]
    most = specification.get("most_files", 1)
    if len(files) + len(new) > most:
        many = "one file" if most == 1 else f"{most} files"
        raise FileRefusedError(f"This question takes at most {many}. Take one away first.")
    for upload in new:
        row = store(
            upload.stream,
            upload.filename or "",
            specification.get("endings", USUAL_ENDINGS),
            at,
            shelf=Shelf.ANSWER,
            owner_id=owner_id,
            most_megabytes=specification.get("most_megabytes", 10),
        )
        db.session.add(AnswerFile(file_id=row.id, attempt_id=place[0], position=place[1]))
        files.append(row)
    db.session.flush()
    keep([one.id for one in files if one.kept_at is None], at)
    return [named(one) for one in files]


def shown_files(answer: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """(id, name, entry) of the files that a response names, for a page."""
    entries = [str(one) for one in answer.get("files", ())]
    return [(ids[0], one.partition(" ")[2], one) for one in entries if (ids := file_ids([one]))]


def _handed_in_before(place: tuple[int, int], kept: Sequence[str]) -> list[StoredFile]:
    wanted = [one for one in file_ids(kept) if one < 2**31]
    if not wanted:
        return []
    query = (
        select(StoredFile)
        .join(AnswerFile, AnswerFile.file_id == StoredFile.id)
        .where(AnswerFile.attempt_id == place[0], AnswerFile.position == place[1], StoredFile.id.in_(wanted))
        .order_by(StoredFile.id)
    )
    return list(db.session.scalars(query))
