"""From rows of text to rows of values, a column at a time.

A column is checked as a whole, which costs a fraction of checking cell by cell; only when something is wrong with it
are its cells looked at one by one. Texts that come again and again (verbs, channels) are checked once each.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from activity.formats.batch import Batch
from activity.formats.cells import CLOCK_SLACK, EARLIEST, LONGEST_IDENTIFIER, Refusal, identifier, moment
from activity.formats.mapping import ColumnMapping, MappingError
from activity.formats.rejected import Rejected, shown

MOST_REMEMBERED = 20_000
EMPTY = Refusal("The cell is empty", "Every row needs one.")
HIDDEN = frozenset({"text"})  # fields whose value is never shown in a report

Parse = Callable[[str], Any]
Row = TypeVar("Row", bound=tuple[Any, ...])
Whole = Callable[[Sequence[str]], "list[Any] | None"]
CrossChecked = tuple[dict[int, tuple[int, Refusal]], list[list[Any]]]
CrossCheck = Callable[[list[list[Any]]], CrossChecked]


class Checked(NamedTuple, Generic[Row]):
    """The rows of a batch that may be taken, the line of each, and what was rejected."""

    lines: Sequence[int]
    rows: list[Row]
    rejected: list[Rejected]


class Remembered(dict[str, Any]):
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


def remembering(parse: Parse) -> Whole:
    """A column whose texts repeat: each different one is parsed once, within bounds of memory."""
    known = Remembered(parse)

    def read(cells: Sequence[str]) -> list[Any] | None:
        if len(known) > MOST_REMEMBERED:
            known.clear()
            known.refused = False
        values = list(map(known.__getitem__, cells))
        return None if known.refused else values

    return read


def identifiers(cells: Sequence[str]) -> list[Any] | None:
    """A column of ids, checked as one long text; None if any cell has to be looked at."""
    values = list(map(str.strip, cells))
    if max(map(len, values), default=0) > LONGEST_IDENTIFIER or not "".join(values).isprintable():
        return None
    return values


def moments(now: datetime) -> Whole:
    """A column of times that are all written alike in UTC; None if any cell has to be looked at."""
    latest = now + CLOCK_SLACK

    def read(cells: Sequence[str]) -> list[Any] | None:
        lengths = set(map(len, cells))
        try:
            if lengths == {19}:  # 2026-11-02T08:14:09, which is UTC by our rule
                values = [datetime.fromisoformat(cell + "+00:00") for cell in cells]
            elif lengths in ({20}, {25}):  # with Z or an offset
                values = list(map(datetime.fromisoformat, cells))
                if any(value.tzinfo is not UTC for value in values):
                    return None
            else:
                return None
        except ValueError:
            return None
        earliest, last = min(values), max(values)
        return values if earliest >= EARLIEST and last <= latest else None

    return read


def as_is(cells: Sequence[str]) -> list[Any]:
    """A column of free text: nothing is refused."""
    return list(cells)


def nothing_at_once(cells: Sequence[str]) -> None:
    """A column that is always checked cell by cell."""


@dataclass(frozen=True)
class Column:
    """How one field is read: `parse` for one cell, `whole` for a column at once (None: look at each cell).

    `required`: an empty cell is refused.
    """

    field: str
    parse: Parse
    whole: Whole
    required: bool = False


def id_column(field: str, required: bool = False) -> Column:
    """A column of ids, nearly all of them different."""
    return Column(field, identifier, identifiers, required)


def repeating_column(field: str, parse: Parse, required: bool = False) -> Column:
    """A column whose texts come again and again."""
    return Column(field, parse, remembering(parse), required)


def moment_column(field: str, now: datetime) -> Column:
    """A column of points in time, none after `now`."""
    return Column(field, lambda text: moment(text, now), moments(now))


class RowReader(Generic[Row]):
    """Reads the batches of one file with one mapping into rows, from front to back."""

    def __init__(
        self,
        mapping: ColumnMapping,
        header: Sequence[str],
        plan: Sequence[Column],
        make: type[Row],
        cross_check: CrossCheck,
    ) -> None:
        """`plan` has a column for each field of the tuple `make`, in order; `cross_check` adds the fields after them.

        Raise MappingError, naming all problems, if a file with the columns `header` cannot be read.
        """
        problems = mapping.problems(header)
        if problems:
            raise MappingError(" ".join(f"{problem.text} {problem.cure}" for problem in problems))
        self._plan = plan
        self._make: Callable[[Iterable[Any]], Row] = partial(tuple.__new__, make)
        self._cross_check = cross_check
        self._names = [mapping.columns.get(column.field, "") for column in plan]
        self._places = [header.index(name) if name else -1 for name in self._names]
        self._tables = [
            {theirs.strip().casefold(): ours for theirs, ours in mapping.values.get(column.field, {}).items()}
            for column in plan
        ]
        self._fixed = [
            None if name else _fixed_value(column, mapping.constants.get(column.field, ""))
            for name, column in zip(self._names, plan, strict=True)
        ]

    def read(self, batch: Batch) -> Checked[Row]:
        """Check the rows of `batch`, which has the columns of the header. The rejected of `batch` are kept."""
        count = len(batch.rows)
        if not count:
            return Checked([], [], batch.rejected)
        given = list(zip(*batch.rows, strict=True))
        columns: list[list[Any]] = []
        refused: dict[int, tuple[int, Refusal]] = {}
        for number, (column, place) in enumerate(zip(self._plan, self._places, strict=True)):
            if place < 0:
                columns.append([self._fixed[number]] * count)
                continue
            values, doubtful = _read_column(column, _translated(given[place], self._tables[number]))
            columns.append(values)
            if doubtful:
                _note_refusals(values, number, refused)
        crossed, more = self._cross_check(columns)
        rows = list(map(self._make, zip(*columns, *more, strict=True)))
        if not refused and not crossed:
            return Checked(batch.lines, rows, batch.rejected)
        return self._without(batch, rows, {**crossed, **refused})

    def _without(self, batch: Batch, rows: list[Row], refused: dict[int, tuple[int, Refusal]]) -> Checked[Row]:
        rejected = list(batch.rejected)
        for row, (number, refusal) in refused.items():
            cells = batch.rows[row]
            if not any(map(str.strip, cells)):
                continue  # a row of separators alone is a blank line
            place, field = self._places[number], self._plan[number].field
            value = "" if place < 0 or field in HIDDEN else shown(cells[place])
            name = self._names[number] or field
            rejected.append(Rejected(batch.lines[row], name, refusal.reason, refusal.cure, value))
        taken = [row for row in range(len(rows)) if row not in refused]
        return Checked([batch.lines[row] for row in taken], [rows[row] for row in taken], sorted(rejected))


def _read_column(column: Column, cells: Sequence[str]) -> tuple[list[Any], bool]:
    """The values of a column, and whether a Refusal may be among them."""
    values = column.whole(cells)
    doubtful = values is None
    if values is None:
        values = list(map(column.parse, cells))
    if column.required and not all(values):
        values = [value or EMPTY for value in values]
        doubtful = True
    return values, doubtful


def _translated(cells: Sequence[str], table: dict[str, str]) -> Sequence[str]:
    return [table.get(cell.strip().casefold(), cell) for cell in cells] if table else cells


def _note_refusals(values: list[Any], number: int, refused: dict[int, tuple[int, Refusal]]) -> None:
    for row, value in enumerate(values):
        if isinstance(value, Refusal):
            refused.setdefault(row, (number, value))


def _fixed_value(column: Column, constant: str) -> Any:
    value = column.parse(constant)
    if constant and isinstance(value, Refusal):
        raise MappingError(f"The fixed value of “{column.field}”: {value.reason}. {value.cure}")
    return value
