"""From batches of text to rows of values: what may be taken, and what was rejected with line, column and cure."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from activity.formats.batch import Batch
from activity.formats.cells import Refusal
from activity.formats.columns import Column
from activity.formats.mapping import ColumnMapping, MappingError
from activity.formats.rejected import Rejected, shown

HIDDEN = frozenset({"text"})  # fields whose value is never shown in a report
EMPTY = Refusal("The cell is empty", "Every row needs one.")

Row = TypeVar("Row", bound=tuple[Any, ...])
CrossChecked = tuple[dict[int, tuple[int, Refusal]], list[list[Any]]]
CrossCheck = Callable[[list[list[Any]]], CrossChecked]


class Checked(NamedTuple, Generic[Row]):
    """The rows of a batch that may be taken, the line of each, and what was rejected."""

    lines: Sequence[int]
    rows: list[Row]
    rejected: list[Rejected]


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
    values, doubtful = column.read(cells)
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
