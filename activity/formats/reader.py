"""One door to every file: CSV or JSON Lines, plain or gzip, in any usual encoding, row by row in constant memory.

Nothing in a file raises an exception here. What cannot be read becomes a Rejected; where reading has to stop, the
last Rejected says so by its `last`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from activity.formats.batch import Batch
from activity.formats.decoding import Decoder, Lines
from activity.formats.delimited import DelimitedRows, delimiter_of
from activity.formats.header import Header
from activity.formats.json_lines import JsonRows, names_in
from activity.formats.rejected import Limits, Notice, Rejected
from activity.formats.unpacking import FileRefusedError, Source

CSV, JSON_LINES = "CSV", "JSON Lines"
SAMPLE_LINES, SAMPLE_BLOCKS = 1000, 32  # how much of JSON Lines is searched for names before reading


class Table:
    """A file opened for reading, once, from front to back.

    `columns` are the usable column names, `format` and `encoding` what the file turned out to be, `notices` what is
    worth knowing (it grows while reading), `refused` why the file cannot be read at all, if so.
    """

    def __init__(self, stream: BinaryIO, limits: Limits, wanted: Sequence[str]) -> None:
        self.format = CSV
        self.columns: tuple[str, ...] = ()
        self.notices: list[Notice] = []
        self.refused: Rejected | None = None
        self._limits = limits
        self._source = Source(stream, limits)
        self._decoder = Decoder(limits, self.notices)
        self._csv: DelimitedRows | None = None
        self._header: Header | None = None
        self._batches: Iterator[Batch] = iter(())
        try:
            self._open(self._decoder.lines(self._source.chunks()), wanted)
        except FileRefusedError as fault:
            self.refused = fault.rejected(self._decoder.next_line)

    @property
    def encoding(self) -> str:
        """The encoding that the file is read in."""
        return self._decoder.encoding

    @property
    def bytes_read(self) -> int:
        """How many bytes of the file itself (packed, if it is packed) have been read."""
        return self._source.bytes_read

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in order, each with a cell for each of `columns`, and what was rejected among them."""
        if self.refused:
            yield Batch([], [], [self.refused])
            return
        try:
            for batch in self._batches:
                yield self._header.even(batch) if self._header else batch
        except FileRefusedError as fault:
            if self._csv and self._header:
                yield self._header.even(self._csv.remainder(self._decoder.next_line))
            yield Batch([], [], [fault.rejected(self._decoder.next_line)])

    def records(self) -> Iterator[tuple[int, dict[str, str]] | Rejected]:
        """Yield each row as (line, cell by column name), or the Rejected in its place. Convenient, and slower."""
        for batch in self.batches():
            rejected = iter(sorted(batch.rejected))
            waiting = next(rejected, None)
            for line, row in zip(batch.lines, batch.rows, strict=True):
                while waiting and waiting.line < line:
                    yield waiting
                    waiting = next(rejected, None)
                yield line, dict(zip(self.columns, row, strict=True))
            if waiting:
                yield waiting
                yield from rejected

    def _open(self, blocks: Iterator[Lines], wanted: Sequence[str]) -> None:
        first = next(blocks, None)
        while first and not any(map(str.strip, first.texts)) and not first.rejected:
            first = next(blocks, None)
        if first is None:
            raise FileRefusedError("The file is empty", "Export it again; the first line names the columns.")
        start = next((text.strip() for text in first.texts if text.strip()), "")
        if start.startswith("["):
            raise FileRefusedError("The file is one JSON list", "Write one object a line (JSON Lines).")
        if start.startswith("{"):
            self._open_json(first, blocks, wanted)
        else:
            self._open_csv(first, blocks, start)

    def _open_json(self, first: Lines, blocks: Iterator[Lines], wanted: Sequence[str]) -> None:
        self.format = JSON_LINES
        sample, rest = _sampled(first, blocks)
        names = names_in((text for block in sample for text in block.texts), self._limits.columns)
        self.columns = tuple(dict.fromkeys([*names, *wanted]))
        self._batches = JsonRows(self.columns).batches(chain(sample, rest))

    def _open_csv(self, first: Lines, blocks: Iterator[Lines], start: str) -> None:
        if first.rejected and first.rejected[0].line == first.first and not first.texts[0].strip():
            bad = first.rejected[0]
            raise FileRefusedError("The header cannot be read", f"{bad.reason}. {bad.cure}", bad.line)
        self._csv = DelimitedRows(delimiter_of(start), self._limits)
        batches = self._csv.batches(chain([first], blocks))
        for batch in batches:
            place = next((place for place, row in enumerate(batch.rows) if any(map(str.strip, row))), None)
            if batch.rejected and (place is None or batch.rejected[0].line < batch.lines[place]):
                bad = batch.rejected[0]
                raise FileRefusedError("The header cannot be read", f"{bad.reason}. {bad.cure}", bad.line)
            if place is not None:
                self._header = Header(batch.rows[place], batch.lines[place], self._limits, self.notices)
                self.columns = self._header.columns
                rest = Batch(batch.lines[place + 1 :], batch.rows[place + 1 :], batch.rejected)
                self._batches = chain([rest], batches)
                return
        raise FileRefusedError("The file has no header", "The first line must name the columns.")


def _sampled(first: Lines, blocks: Iterator[Lines]) -> tuple[list[Lines], Iterator[Lines]]:
    """The blocks with about the first SAMPLE_LINES lines, and those after them."""
    sample = [first]
    while len(sample) < SAMPLE_BLOCKS and sum(len(block.texts) for block in sample) < SAMPLE_LINES:
        try:
            block = next(blocks, None)
        except FileRefusedError as fault:
            return sample, _refusing(fault)
        if block is None:
            break
        sample.append(block)
    return sample, blocks


def _refusing(fault: FileRefusedError) -> Iterator[Lines]:
    """Raise `fault` where the next block would be, once the rows before it have been read."""
    yield from ()
    raise fault


def open_table(stream: BinaryIO, limits: Limits | None = None, wanted: Sequence[str] = ()) -> Table:
    """Open a binary stream that is read once, without seeking. Never raises for what is in it.

    `wanted`: names that JSON Lines are searched for even when the first lines do not have them.
    """
    return Table(stream, limits or Limits(), wanted)
