"""The header of a CSV file: the names of its columns, and rows made to fit them."""

from collections.abc import Sequence

from activity.formats.batch import Batch
from activity.formats.rejected import Limits, Notice, Rejected, shown
from activity.formats.unpacking import FileRefusedError


class Header:
    """The columns of a file by name. Columns without a name are not read; a name used twice gets a number."""

    def __init__(self, cells: Sequence[str], line: int, limits: Limits, notices: list[Notice]) -> None:
        """Read the header row `cells` of `line`, adding to `notices`. Raise FileRefusedError if it cannot be one."""
        if len(cells) > limits.columns:
            raise FileRefusedError(
                "The file has too many columns", f"Export only those needed, at most {limits.columns}.", line
            )
        if any("\0" in cell for cell in cells):
            cure = "Hand in CSV or JSON Lines, plain or packed with gzip."
            raise FileRefusedError("The file is not text", cure, line)
        names: list[str] = []
        for cell in map(str.strip, cells):
            name, count = cell, 2
            while name and name in names:
                name, count = f"{cell} ({count})", count + 1
            if name != cell:
                text = f"Two columns are called “{shown(cell)}”; the later one is read as “{shown(name)}”."
                notices.append(Notice(line, text))
            names.append(name)
        self._width = len(names)
        self._places = [place for place, name in enumerate(names) if name]
        self.columns = tuple(names[place] for place in self._places)

    def even(self, batch: Batch) -> Batch:
        """Take out blank rows, reject those with too few or too many cells, drop columns without a name."""
        if set(map(len, batch.rows)) - {self._width}:
            batch = self._without_ragged(batch)
        if len(self._places) != self._width:
            rows = [[row[place] for place in self._places] for row in batch.rows]
            batch = batch._replace(rows=rows)
        return batch

    def _without_ragged(self, batch: Batch) -> Batch:
        lines: list[int] = []
        rows: list[list[str]] = []
        rejected = list(batch.rejected)
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if any(map(str.strip, row[self._width :])):
                cure = f"{len(row)} for {self._width} columns: look for a cell that needs quotes."
                rejected.append(Rejected(line, "", "The row has too many cells", cure, shown(row[-1])))
            elif len(row) >= self._width:
                lines.append(line)
                rows.append(row[: self._width])
            elif any(map(str.strip, row)):
                cure = f"{len(row)} for {self._width} columns: look for a line that was cut."
                rejected.append(Rejected(line, "", "The row has too few cells", cure, shown(row[0])))
        return Batch(lines, rows, rejected)
