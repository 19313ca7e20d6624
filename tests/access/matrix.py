"""Reads matrix.txt and works out what each person of the cast must be answered."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("matrix.txt")
COLUMNS = ("anonymous", "employee", "trainer", "manager", "reviewer", "owner")
CELLS = {"-", "yes", "own", "learners", "unit", "all"}

ROLES = {
    "nobody": ("anonymous",),
    "ben": ("employee",),
    "carla": ("employee",),
    "amara": ("employee", "trainer"),
    "otto": ("employee", "trainer"),
    "dev": ("employee", "manager"),
    "mina": ("employee", "manager"),
    "rafa": ("employee", "reviewer"),
    "petra": ("employee", "owner"),
}
"""Every viewer with the columns that hold: ben's trainer amara and manager dev, and another trainer and manager."""

LEARNERS = {"amara": {"ben"}, "otto": {"carla"}}
UNIT = {"dev": {"ben", "amara", "otto", "lena"}, "mina": {"mina", "tomas"}}

SIGN_IN, FORBIDDEN, HIDDEN, ANSWERED = "led to sign in", "403", "404", "answered"


@dataclass(frozen=True)
class Line:
    """One address with one method: the cell of each column, and whether a GET may write."""

    method: str
    rule: str
    cells: dict[str, str]
    writes: bool

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def expected(self, viewer: str, owners: Collection[str] | None) -> str:
        """What `viewer` must be answered for an object of `owners` (empty: everybody's; None: there is none)."""
        held = {self.cells[column] for column in ROLES[viewer]} - {"-"}
        if not held:
            return SIGN_IN if viewer == "nobody" else FORBIDDEN
        if owners is not None and any(self._reaches(cell, viewer, owners) for cell in held):
            return ANSWERED
        return HIDDEN

    def _reaches(self, cell: str, viewer: str, owners: Collection[str]) -> bool:
        if cell in {"yes", "all"} or not owners:
            return True
        reached = {"own": {viewer}, "learners": LEARNERS.get(viewer, set()), "unit": UNIT.get(viewer, set())}[cell]
        return bool(reached & set(owners))


def read_matrix(text: str | None = None) -> list[Line]:
    """All lines of the table; raises ValueError naming a line that cannot be read."""
    lines: list[Line] = []
    for number, raw in enumerate((TABLE.read_text("utf-8") if text is None else text).splitlines(), 1):
        words = raw.partition("#")[0].split()
        if words:
            lines += _lines(words, number)
    return lines


def _lines(words: list[str], number: int) -> list[Line]:
    methods, rule, *cells = words
    rest = cells[len(COLUMNS) :]
    if len(cells) < len(COLUMNS) or not set(cells[: len(COLUMNS)]) <= CELLS or rest not in ([], ["writes"]):
        raise ValueError(f"line {number} of the matrix cannot be read: {' '.join(words)}")
    by_column = dict(zip(COLUMNS, cells, strict=False))
    return [Line(method, rule, by_column, "writes" in rest) for method in methods.split("+")]
