"""A zip archive from a stranger. It is never unpacked to disk, so no name in it can reach a place; sizes are counted
while reading, so no number in it is believed."""

import posixpath
import struct
import zipfile
import zlib
from io import BytesIO

from training.rules.exchange.results import LARGEST_FILE, UnreadableError

MOST_FILES = 5_000
CHUNK = 64 * 1024
RATIO = 200
"""How much one file may unpack to, as a multiple of what it takes in the archive, beyond the first mebibyte."""
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    LookupError,
)


class Archive:
    """The files of an archive by their paths. Raises UnreadableError if it is none, or holds too much."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _FAULTS as error:
            raise UnreadableError(0, "The zip archive is damaged.", "Export the package again.") from error
        if len(entries) > MOST_FILES:
            raise UnreadableError(0, f"The package holds more than {MOST_FILES:,} files.", "Cut it into smaller ones.")
        self._left = LARGEST_FILE
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            path = safe_path(entry.filename)
            if path and not entry.is_dir():
                self._entries.setdefault(path, entry)

    def paths(self) -> list[str]:
        """The paths of all files, in the order of the archive."""
        return list(self._entries)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None if it is not there. Names that differ only in capitals are taken for one.

        Raises UnreadableError for what is damaged, locked, or more than a package may hold.
        """
        entry = self._entries.get(path) or self._by_letters(path)
        if entry is None:
            return None
        parts, size = [], 0
        try:
            with self._zip.open(entry) as file:
                while chunk := file.read(CHUNK):
                    parts.append(chunk)
                    size += len(chunk)
                    self._left -= len(chunk)
                    self._refuse_bomb(size, entry)
        except _FAULTS as error:
            raise UnreadableError(0, f"{path} is damaged or locked.", "Export the package again.") from error
        return b"".join(parts)

    def _by_letters(self, path: str) -> zipfile.ZipInfo | None:
        return next((one for name, one in self._entries.items() if name.casefold() == path.casefold()), None)

    def _refuse_bomb(self, size: int, entry: zipfile.ZipInfo) -> None:
        if self._left < 0 or (size > 1024 * 1024 and size > RATIO * max(entry.compress_size, 1)):
            raise UnreadableError(0, "The package unpacks to more than it may.", "Cut it into smaller ones.")


def safe_path(name: str) -> str:
    """A name in an archive as a path within it; empty for one that leads out, or is no path."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or "\0" in plain or ":" in plain.partition("/")[0]:
        return ""
    path = posixpath.normpath(plain)
    return "" if path == "." or path.startswith(("..", "__MACOSX/")) else path
