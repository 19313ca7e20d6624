"""CSV as RFC 4180 has it, read by the csv module block by block.

A block in which every row is one line is read in one go. Any other is read row by row, so that each row knows its
line and a quote that is never closed costs one line and not the rest of the file: reading resumes on the next line.
"""

import csv
from collections.abc import Iterator

from activity.formats.batch import Batch
from activity.formats.decoding import Lines
from activity.formats.rejected import Limits, Rejected, shown

DELIMITERS = ",;\t|"
LINES_READ_AGAIN_FREE = 10_000
NEVER_CLOSED = "A quote is opened and never closed"


def delimiter_of(header: str) -> str:
    """The character that separates columns: of `, ; tab |` the one that the header line has most of outside quotes."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


class DelimitedRows:
    """Cuts blocks of lines into rows. A row that is not finished waits for the next block, bounded in length."""

    def __init__(self, delimiter: str, limits: Limits) -> None:
        self._delimiter = delimiter
        self._limit = limits.record_characters
        self._waiting: list[str] = []
        self._may_read_again = LINES_READ_AGAIN_FREE

    def batches(self, blocks: Iterator[Lines]) -> Iterator[Batch]:
        """Yield rows of any length, blank ones included, with what was rejected. What `blocks` raises passes through.

        After the last block the row that still waits is rejected; if `blocks` raises, call `remainder` for it.
        """
        next_line = 1
        for block in blocks:
            first = block.first - len(self._waiting)
            texts = self._waiting + block.texts if self._waiting else block.texts
            next_line = block.first + len(block.texts)
            self._may_read_again += len(block.texts)
            batch = self._in_one_go(first, texts) or self._row_by_row(first, texts, at_end=False)
            yield batch._replace(rejected=block.rejected + batch.rejected)
        yield self.remainder(next_line)

    def remainder(self, next_line: int) -> Batch:
        """What still waits when the file has ended before `next_line`."""
        waiting, self._waiting = self._waiting, []
        return self._row_by_row(next_line - len(waiting), waiting, at_end=True)

    def _in_one_go(self, first: int, texts: list[str]) -> Batch | None:
        reader = csv.reader(texts, delimiter=self._delimiter, strict=True)
        try:
            rows = list(reader)
        except csv.Error:
            return None
        if reader.line_num != len(rows):
            return None
        self._waiting = []
        return Batch(range(first, first + len(rows)), rows, [])

    def _row_by_row(self, first: int, texts: list[str], at_end: bool) -> Batch:
        lines: list[int] = []
        rows: list[list[str]] = []
        rejected: list[Rejected] = []
        self._waiting = []
        start = 0
        while start < len(texts):
            base = start
            reader = csv.reader(texts[base:], delimiter=self._delimiter, strict=True)
            try:
                for row in reader:
                    end = base + reader.line_num
                    if end - start > 1 and self._too_long(texts, start, end):
                        rejected.append(_row_too_long(first + start, texts[start]))
                    else:
                        lines.append(first + start)
                        rows.append(row)
                    start = end
            except csv.Error as error:
                end = base + reader.line_num
                open_at_end = "unexpected end" in str(error)
                if open_at_end and not at_end and not self._too_long(texts, start, end):
                    self._waiting = texts[start:]
                    break
                never_closed = open_at_end or end - start > 1
                rejected.append(_bad_row(first + start, texts[start], never_closed))
                start = self._resume_at(start, end, rejected)
        return Batch(lines, rows, rejected)

    def _too_long(self, texts: list[str], start: int, end: int) -> bool:
        return sum(map(len, texts[start:end])) > self._limit

    def _resume_at(self, start: int, end: int, rejected: list[Rejected]) -> int:
        """The line to go on with after a bad row: the next one, unless a hostile file made us read too much again."""
        again = end - start - 1
        if again <= self._may_read_again:
            self._may_read_again -= again
            return start + 1
        bad = rejected[-1]
        rejected[-1] = bad._replace(
            cure=f"Close it or take it out. {again:,} lines after this one were skipped with it."
        )
        return end


def _bad_row(line: int, text: str, never_closed: bool) -> Rejected:
    if never_closed:
        return Rejected(line, "", NEVER_CLOSED, "Close it or take it out.", shown(text))
    if "\r" in text.rstrip("\r\n"):
        return Rejected(line, "", "A carriage return stands inside the line", "Put the cell into quotes.", shown(text))
    return Rejected(
        line,
        "",
        "A quote stands inside a quoted cell",
        'Write it twice (""), as CSV asks for.',
        shown(text),
    )


def _row_too_long(line: int, text: str) -> Rejected:
    return Rejected(line, "", "The row is too long", "Look for a quote that was closed too late.", shown(text))
