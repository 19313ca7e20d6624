"""How one column is turned from texts into values.

A column is checked as a whole, which costs a fraction of checking cell by cell; only when something is wrong with it
are its cells looked at one by one. Texts that come again and again (verbs, channels) are checked once each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from activity.formats.cells import LONGEST_IDENTIFIER, Refusal, identifier
from activity.formats.moments import CLOCK_SLACK, EARLIEST, moment

MOST_REMEMBERED = 20_000

Parse = Callable[[str], Any]
Values = tuple[list[Any], bool]
"""The value or Refusal of each cell, and whether there may be a Refusal among them."""
Read = Callable[[Sequence[str]], Values]


@dataclass(frozen=True)
class Column:
    """How one field is read: `parse` for one cell, `read` for many at once. `required`: an empty cell is refused."""

    field: str
    parse: Parse
    read: Read
    required: bool = False


def id_column(field: str, required: bool = False) -> Column:
    """A column of ids, nearly all of them different."""
    return Column(field, identifier, _read_identifiers, required)


def repeating_column(field: str, parse: Parse, required: bool = False) -> Column:
    """A column whose texts come again and again: each different one is parsed once, within bounds of memory."""
    known = _Remembered(parse)

    def read(cells: Sequence[str]) -> Values:
        if len(known) > MOST_REMEMBERED:
            known.clear()
            known.refused = False
        return list(map(known.__getitem__, cells)), known.refused

    return Column(field, parse, read, required)


def moment_column(field: str, now: datetime) -> Column:
    """A column of points in time, none after `now`; quick where all cells are written alike."""
    latest = now + CLOCK_SLACK

    def parse(text: str) -> datetime | Refusal:
        return moment(text, now)

    def read(cells: Sequence[str]) -> Values:
        values = _written_alike(cells)
        if values and min(values) >= EARLIEST and max(values) <= latest:
            return values, False
        return list(map(parse, cells)), True

    return Column(field, parse, read)


def plain_column(field: str, parse: Parse) -> Column:
    """A column that is read cell by cell."""
    return Column(field, parse, lambda cells: (list(map(parse, cells)), True))


def free_text_column(field: str, required: bool = False) -> Column:
    """A column of which nothing is refused, but for an empty cell if it is `required`."""
    return Column(field, str, lambda cells: (list(cells), False), required)


class _Remembered(dict[str, Any]):
    """The value of each text seen so far, found by `parse` on first sight."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self._parse = parse
        self.refused = False

    def __missing__(self, text: str) -> Any:
        value = self._parse(text)
        self.refused |= isinstance(value, Refusal)
        self[text] = value
        return value


def _read_identifiers(cells: Sequence[str]) -> Values:
    """Check ids as one long text, and cell by cell only if there is something about it."""
    values = list(map(str.strip, cells))
    text = "".join(values)
    usual = text.isascii() and text.isprintable() and "  " not in text
    if usual and max(map(len, values), default=0) <= LONGEST_IDENTIFIER:
        return values, False
    return list(map(identifier, cells)), True


def _written_alike(cells: Sequence[str]) -> list[datetime] | None:
    """The times of cells that are all in ISO 8601, all with an offset or all without; None if they are not."""
    lengths = set(map(len, cells))
    try:
        if lengths == {19}:  # 2026-11-02T08:14:09, which is UTC by our rule
            return [datetime.fromisoformat(cell + "+00:00") for cell in cells]
        if min(lengths, default=0) < 19:  # may be seconds since 1970
            return None
        values = list(map(datetime.fromisoformat, cells))
        zones = {value.tzinfo for value in values}
        if zones == {None}:
            return [value.replace(tzinfo=UTC) for value in values]
        if None in zones:
            return None
        return values if zones == {UTC} else [value.astimezone(UTC) for value in values]
    except (ValueError, OverflowError):
        return None
