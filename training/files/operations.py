"""Store a file, keep it, let it go. Nothing here commits.

The content is on the disk for good before its row is made; whatever is rolled back leaves a content without a row, and
the daily job takes that away.
"""

import os
import tempfile
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import update

from db import db
from training.files.media import PICTURES, Format, fitting_name, format_of, is_allowed
from training.files.models import Shelf, StoredFile
from training.files.pictures import PictureRefusedError, drawn_anew

MEBIBYTE = 1024 * 1024
_CHUNK = 256 * 1024


class FileRefusedError(ValueError):
    """The file may not be stored; the message says why, and the cure."""


def store(
    stream: IO[bytes],
    name: str,
    allowed: Collection[str],
    at: datetime,
    *,
    shelf: Shelf,
    owner_id: int,
    most_megabytes: int | None = None,
) -> StoredFile:
    """Store what `stream` holds, if its content has one of the `allowed` endings ("pdf", "png", ...), and flush.

    The media type and the ending of the name follow the content. Pictures are drawn anew without what else was in
    them. At most `most_megabytes` (MiB), and never more than FILE_MEGABYTES. Raises FileRefusedError.
    """
    ceiling = min(current_app.config["FILE_MEGABYTES"], most_megabytes or current_app.config["FILE_MEGABYTES"])
    folder = files_folder()
    descriptor, waiting_name = tempfile.mkstemp(dir=folder, prefix="new-")
    waiting = Path(waiting_name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            _receive(stream, target, ceiling, name)
        found = _checked(waiting, name, allowed)
        digest, size = _put_away(waiting)
    finally:
        waiting.unlink(missing_ok=True)
    row = StoredFile(
        shelf=shelf,
        owner_id=owner_id,
        name=fitting_name(name, found),
        media_type=found.media_type,
        size=size,
        digest=digest,
        created_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def keep(file_ids: Collection[int], at: datetime) -> None:
    """Keep these files for good: something refers to them now. One statement."""
    if file_ids:
        _set_kept(file_ids, at)


def release(file_ids: Collection[int]) -> None:
    """Let these files go: nothing refers to them any more, and the daily job removes them."""
    if file_ids:
        _set_kept(file_ids, None)


def files_folder() -> Path:
    """Where contents lie."""
    folder = Path(current_app.config["INSTANCE_DIR"]) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def content_path(digest: str) -> Path:
    """Where the content with this sha-256 lies."""
    return files_folder() / digest[:2] / digest


def _set_kept(file_ids: Collection[int], at: datetime | None) -> None:
    db.session.execute(update(StoredFile).where(StoredFile.id.in_(file_ids)).values(kept_at=at))


def _receive(stream: IO[bytes], target: IO[bytes], ceiling: int, name: str) -> None:
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > ceiling * MEBIBYTE:
            raise FileRefusedError(f"“{_short(name)}” is larger than {ceiling} MiB. Make it smaller, or cut it in two.")
        target.write(chunk)
    if not size:
        raise FileRefusedError(f"“{_short(name)}” is empty. Choose another file.")
    target.flush()
    os.fsync(target.fileno())


def _checked(waiting: Path, name: str, allowed: Collection[str]) -> Format:
    """The format of what was received; a picture is replaced by its pixels."""
    found = format_of(waiting)
    if found is None or not is_allowed(found, allowed):
        wanted = ", ".join(sorted(allowed))
        raise FileRefusedError(f"“{_short(name)}” holds none of: {wanted}. Save it as one of these and send it again.")
    if found not in PICTURES:
        return found
    try:
        content, found = drawn_anew(waiting, found)
    except PictureRefusedError as error:
        raise FileRefusedError(f"“{_short(name)}”: {error}") from None
    with waiting.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    return found


def _put_away(waiting: Path) -> tuple[str, int]:
    """Move a content to its place, unless it is there. Returns its digest and its size in bytes."""
    with waiting.open("rb") as file:
        digest = _digest_of(file)
    size, place = waiting.stat().st_size, content_path(digest)
    place.parent.mkdir(exist_ok=True)
    try:
        os.utime(place)  # young again: the daily job leaves it alone until the row is there
    except FileNotFoundError:
        waiting.replace(place)
        _sync_folder(place.parent)
    return digest, size


def _digest_of(file: IO[bytes]) -> str:
    digest = sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _short(name: str) -> str:
    plain = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    return plain if len(plain) <= 60 else plain[:57] + "..."
