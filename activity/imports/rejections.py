"""What an import did not take: every row is counted, and the first ten thousand are kept with line, column and cure."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from activity.formats.rejected import Rejected, shown

MOST_KEPT = 10_000
MOST_REASONS = 300
OTHERS = ("", "Other reasons")


class Kept(NamedTuple):
    """A rejected row as it is stored; `taken`: the row was taken all the same, without this cell."""

    line: int
    column: str
    reason: str
    cure: str
    value: str
    taken: bool


class Rejections:
    """Collects the rejected rows of one file in bounded memory."""

    def __init__(self) -> None:
        self.number = 0
        self.kept: list[Kept] = []
        self.stopped: Rejected | None = None
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, rejected: Iterable[Rejected]) -> None:
        """Count and keep rows that were not taken."""
        for each in rejected:
            self.number += 1
            if each.last:
                self.stopped = each
            self._note(each, taken=False)

    def add_taken(self, rejected: Iterable[Rejected]) -> None:
        """Keep what was wrong with rows that were taken without it."""
        for each in rejected:
            self._note(each, taken=True)

    @property
    def faults(self) -> list[tuple[str, str, int]]:
        """How many rejected rows there are by column and reason, most frequent first."""
        return [(column, reason, number) for (column, reason), number in self._counts.most_common()]

    def _note(self, each: Rejected, *, taken: bool) -> None:
        if not taken:
            key = (each.column[:100], each.reason)
            self._counts[key if key in self._counts or len(self._counts) < MOST_REASONS else OTHERS] += 1
        if len(self.kept) < MOST_KEPT:
            # Where no column is named the value is the start of the whole line, which may be somebody's words.
            value = shown(each.value) if each.column else ""
            self.kept.append(Kept(each.line, each.column[:100], each.reason[:300], each.cure[:300], value[:100], taken))
