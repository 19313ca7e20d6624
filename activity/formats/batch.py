"""What every reader hands on: some thousand rows of one file at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from activity.formats.rejected import Rejected


class Batch(NamedTuple):
    """Rows of equal length as text, the line on which each begins, and what was rejected among them."""

    lines: Sequence[int]
    rows: list[list[str]]
    rejected: list[Rejected]
