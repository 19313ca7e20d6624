"""From a file to plain bytes: gzip is found by its content, unpacked in small steps and stopped when it is a bomb."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from activity.formats.rejected import Limits, Rejected

CHUNK = 32 * 1024  # the cells of so much text stay in the processor's cache; 256 KiB takes half as long again
PACKED_SLICE = 16 * 1024
MOST_MEMBERS = 100_000  # parts of one gzip file; each costs time even when it is empty
RATIO_COUNTS_FROM = 16 * 1024 * 1024
GZIP = b"\x1f\x8b"

# What people hand in by mistake: how the file begins, what it is, and what to do.
OTHER_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Open it and save it as CSV UTF-8."),
    (b"%PDF", "a PDF document", "Export the data as CSV instead."),
    (b"BZh", "packed with bzip2", "Unpack it, or pack it with gzip."),
    (b"\xfd7zXZ", "packed with xz", "Unpack it, or pack it with gzip."),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "Unpack it, or pack it with gzip."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it and hand in the CSV file inside."),
    (b"SQLite format 3", "an SQLite database", "Export the table as CSV instead."),
    (b"PAR1", "a Parquet file", "Export the data as CSV instead."),
)


class FileRefusedError(Exception):
    """The file cannot be read any further. `reason` and `cure` are for the report, `line` is where, if known."""

    def __init__(self, reason: str, cure: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cure = cure
        self.line = line

    def rejected(self, line: int) -> Rejected:
        """The same as a row of the report, at `line` unless the fault knows its own."""
        return Rejected(self.line or line, "", self.reason, self.cure, last=True)


class Source:
    """The bytes of a file, unpacked. `bytes_read` counts the bytes taken from the file itself, for progress."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self.bytes_read = 0
        self._stream = stream
        self._limits = limits

    def chunks(self) -> Iterator[bytes]:
        """Yield plain bytes, at most CHUNK at a time. Raise FileRefusedError where reading must stop."""
        first = self._take(CHUNK)
        if not first.startswith(GZIP):
            refuse_other_formats(first)
            while first:
                yield first
                first = self._take(CHUNK)
            return
        checked = False
        for chunk in self._unpacked(first):
            if not checked:
                refuse_other_formats(chunk)
                checked = True
            yield chunk

    def _take(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.bytes_read += len(data)
        return data

    def _unpacked(self, packed: bytes) -> Iterator[bytes]:
        member, members, expanded = zlib.decompressobj(wbits=31), 1, 0
        while True:
            packed = packed or self._take(PACKED_SLICE)
            plain = _step(member, packed)
            at_end = not packed and not plain
            packed = member.unconsumed_tail
            expanded += len(plain)
            self._refuse_bomb(expanded)
            if plain:
                yield plain
            if member.eof:
                packed = (member.unused_data or self._take(PACKED_SLICE)).lstrip(b"\0")
                if not packed.startswith(GZIP):
                    return
                member, members = zlib.decompressobj(wbits=31), members + 1
                if members > MOST_MEMBERS:
                    raise FileRefusedError("The gzip file is in too many parts", "Pack the file again in one go.")
            elif at_end:
                raise FileRefusedError(
                    "The gzip file is cut off", "Copy or export it again: what stands before this line was read."
                )

    def _refuse_bomb(self, expanded: int) -> None:
        ratio = expanded / max(self.bytes_read, 1)
        if expanded > self._limits.expanded_bytes:
            raise FileRefusedError("The gzip file unpacks to too much", "Cut the export into smaller files.")
        if expanded > RATIO_COUNTS_FROM and ratio > self._limits.expanded_ratio:
            raise FileRefusedError(
                "The gzip file unpacks to suspiciously much", "If the file is honest, hand it in unpacked."
            )


def _step(member: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return member.decompress(packed, CHUNK)
    except zlib.error:
        raise FileRefusedError(
            "The gzip file is damaged", "Copy or export it again: what stands before this line was read."
        ) from None


def refuse_other_formats(start: bytes) -> None:
    """Raise FileRefusedError if the file that begins with `start` is of a kind that people hand in by mistake."""
    if not start:
        raise FileRefusedError("The file is empty", "Export it again; the first line names the columns.")
    if start.startswith(GZIP):
        raise FileRefusedError("The file is packed twice", "Unpack it once.")
    if start.startswith(b"PK\x03\x04"):
        if b"[Content_Types].xml" in start or b"xl/" in start:
            raise FileRefusedError("The file is an Excel workbook", "Open it and save it as CSV UTF-8.")
        raise FileRefusedError("The file is a zip archive", "Unpack it and hand in the CSV file inside.")
    for beginning, what, cure in OTHER_FORMATS:
        if start.startswith(beginning):
            raise FileRefusedError(f"The file is {what}", cure)
    if start.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileRefusedError("The file is a web page or XML", "Export the data as CSV or JSON Lines instead.")
