"""From bytes to numbered lines: UTF-8, UTF-16 and UTF-32 by their mark, Windows-1252 where nothing else fits."""

import codecs
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from activity.formats.rejected import Limits, Notice, Rejected, shown

UNREADABLE_BYTE = b"\x81"  # neither UTF-8 nor Windows-1252: a line that holds it is rejected
BYTES_A_CHARACTER = 4
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Lines(NamedTuple):
    """Complete lines with their ends. `first` is the number of the first; a rejected line stands as a blank one."""

    first: int
    texts: list[str]
    rejected: list[Rejected]


class Decoder:
    """Turns chunks of bytes into lines. `encoding` is known after the first chunk; `notices` grow while reading."""

    def __init__(self, limits: Limits, notices: list[Notice]) -> None:
        self.encoding = "utf-8"
        self._limit = limits.record_characters
        self._notices = notices
        self._line = 1
        self._guessed = False

    @property
    def next_line(self) -> int:
        """The number of the line that would be read next."""
        return self._line

    def lines(self, chunks: Iterable[bytes]) -> Iterator[Lines]:
        """Yield the lines of `chunks`, some thousand at a time. What `chunks` raises passes through."""
        rest, skipping = b"", False
        for chunk in self._as_utf8(chunks):
            if skipping:
                _, found, chunk = chunk.partition(b"\n")
                if not found:
                    continue
                skipping = False
            head, end, tail = chunk.rpartition(b"\n")
            if end:
                yield self._decoded(rest + head + end)
                rest = tail
            else:
                rest += chunk
            if len(rest) > self._limit * BYTES_A_CHARACTER:
                yield Lines(self._line, ["\n"], [too_long(self._line)])
                self._line += 1
                rest, skipping = b"", True
        if rest:
            yield self._decoded(rest)

    def _as_utf8(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        source = iter(chunks)
        first = next(source, b"")
        self.encoding, mark = encoding_of(first)
        first = first[len(mark) :]
        if self.encoding == "utf-8":
            # Old files end a line by a carriage return alone.
            only_returns = b"\r" in first and b"\n" not in first
            for chunk in _chain(first, source):
                yield chunk.replace(b"\r", b"\n") if only_returns else chunk
            return
        decoder = codecs.getincrementaldecoder(self.encoding)(errors="replace")
        for chunk in _chain(first, source):
            yield _marked(decoder.decode(chunk))
        yield _marked(decoder.decode(b"", final=True))

    def _decoded(self, block: bytes) -> Lines:
        first = self._line
        rejected: list[Rejected] = []
        try:
            texts = io.StringIO(block.decode("utf-8"), newline="\n").readlines()
        except UnicodeDecodeError:
            texts = []
            for raw in io.BytesIO(block):
                texts.append(self._guess(raw, first + len(texts), rejected))
        if max(map(len, texts), default=0) > self._limit:
            for place, text in enumerate(texts):
                if len(text) > self._limit:
                    rejected.append(too_long(first + place, text))
                    texts[place] = "\n"
        self._line += len(texts)
        return Lines(first, texts, rejected)

    def _guess(self, raw: bytes, line: int, rejected: list[Rejected]) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        try:
            text = raw.decode("windows-1252")
        except UnicodeDecodeError:
            rejected.append(Rejected(line, "", "The characters of the line cannot be read", "Save the file as UTF-8."))
            return "\n"
        if not self._guessed:
            self._guessed = True
            self._notices.append(
                Notice(line, "The file is not UTF-8; it was read as Windows-1252. Check names with accents.")
            )
        return text


def encoding_of(start: bytes) -> tuple[str, bytes]:
    """The encoding of a file that begins with `start`, and the mark to take off. Without any sign: UTF-8."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding, mark
    sample = start[:2000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le", b""
    if half and sample[0::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be", b""
    return "utf-8", b""


def too_long(line: int, text: str = "") -> Rejected:
    """The report row for a line that is longer than a record may be."""
    return Rejected(line, "", "The line is too long", "Look for a missing line end or quote before it.", shown(text))


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _marked(text: str) -> bytes:
    return text.encode("utf-8", "replace").replace("\N{REPLACEMENT CHARACTER}".encode(), UNREADABLE_BYTE)
