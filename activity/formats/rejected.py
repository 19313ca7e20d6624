"""What is said about a line that cannot be taken, what is only noticed, and how much a file may hold."""

from dataclasses import dataclass
from typing import NamedTuple

LONGEST_VALUE_SHOWN = 80


class Rejected(NamedTuple):
    """A line (or a whole file) that cannot be taken.

    `line` counts as an editor does: the first line is 1. `column` is the name in the file, empty if the whole line is
    meant. `reason` uses the same words for the same fault, so reasons can be counted; `cure` may speak of this one
    value. `value` is the start of the cell at fault. `last` says that nothing after this line was read.
    """

    line: int
    column: str
    reason: str
    cure: str
    value: str = ""
    last: bool = False


class Notice(NamedTuple):
    """Something worth knowing that rejects nothing, and the first line where it was seen."""

    line: int
    text: str


@dataclass(frozen=True)
class Limits:
    """How much a file may hold, so that memory stays the same whatever is handed in.

    `record_characters`: the longest record (one row, however many lines it spans). `columns`: most columns.
    `expanded_bytes` and `expanded_ratio`: how much, in all and for each packed byte, may come out of a gzip file.
    """

    record_characters: int = 100_000
    columns: int = 500
    expanded_bytes: int = 8 * 1024**3
    expanded_ratio: int = 250


def shown(value: str) -> str:
    """The start of a cell as it may stand in a report: short, and without characters that cannot be seen."""
    cut = value[:LONGEST_VALUE_SHOWN].strip()
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cut)
