"""Files that were handed in: in the instance folder under random names, until their import is done."""

import re
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from flask import current_app

CHUNK = 256 * 1024
LONGEST_NAME = 200


class StoredFile(NamedTuple):
    """A file as stored: its random name, the SHA-256 of its content, its size in bytes."""

    name: str
    digest: str
    size: int


def folder() -> Path:
    """Where uploads lie."""
    path = Path(current_app.config["INSTANCE_DIR"]) / "imports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(stored_name: str) -> Path:
    """Where one upload lies. The name is ours, never the sender's."""
    return folder() / stored_name


def store(stream: BinaryIO) -> StoredFile:
    """Copy a stream into the folder in small steps; nobody but this system's account may read it."""
    name = secrets.token_hex(16)
    digest, size = sha256(), 0
    path = path_of(name)
    try:
        with path.open("xb") as target:
            path.chmod(0o600)
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return StoredFile(name, digest.hexdigest(), size)


def remove(stored_name: str) -> None:
    """Delete an upload; it may be gone already."""
    with suppress(OSError):
        path_of(stored_name).unlink()


def shown_name(name: str) -> str:
    """The sender's name of a file as it may be shown: the last part of a path, in one line, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    clean = "".join(letter if letter.isprintable() else "_" for letter in last).strip()
    return clean[-LONGEST_NAME:] or "file"
