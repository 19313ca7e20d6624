"""The mapping of columns as a page shows it and as it comes back: one choice for each column, fixed values, words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import datetime
from itertools import islice
from pathlib import Path

from activity.formats.fields import FIELDS, FileKind
from activity.formats.mapping import ColumnMapping, MappingError
from activity.formats.reader import open_table
from activity.formats.rejected import shown
from activity.formats.rows import activity_rows, directory_rows, library_rows, outcome_rows
from activity.formats.suggestion import PAID_OR_ORGANIC, plain_name
from activity.imports.words import NEVER_COUNT

SAMPLES = 2
MOST_TRANSLATIONS = 200
FIXED = {
    FileKind.DIRECTORY: ("team", "site", "languages", "time_zone"),
    FileKind.ACTIVITY: ("verb", "kind", "channel", "reach"),
    FileKind.OUTCOMES: ("kind", "value"),
    FileKind.LIBRARY: (),
}
TRANSLATED = {
    FileKind.DIRECTORY: ("team", "site", "languages"),
    FileKind.ACTIVITY: ("verb", "kind", "channel", "reach"),
    FileKind.OUTCOMES: ("kind",),
    FileKind.LIBRARY: (),
}


def _lines(table: Mapping[str, str]) -> str:
    return "\n".join(f"{theirs} = {ours}" for theirs, ours in table.items())


USUAL_WORDS = {"reach": _lines(dict(sorted(PAID_OR_ORGANIC.items())))}


@dataclass(frozen=True)
class Preview:
    """The columns of a file and the first rows, as text that may be shown."""

    columns: tuple[str, ...]
    rows: list[list[str]]


@dataclass
class ColumnChoice:
    """One column of the file: its name, its first cells, the field it is read as ("" for none), what is wrong."""

    number: int
    name: str
    samples: list[str]
    field: str
    errors: list[str] = made(default_factory=list)

    @property
    def never_counts(self) -> bool:
        """Whether the column looks like a count of views or likes, which is no merit."""
        return plain_name(self.name) in NEVER_COUNT


@dataclass
class MappingEntry:
    """A mapping being edited. `errors`: what no column can be blamed for. `words`: translations as they were typed."""

    kind: FileKind
    columns: list[ColumnChoice]
    fixed: dict[str, str]
    words: dict[str, str]
    errors: list[str] = made(default_factory=list)
    errors_of: dict[str, list[str]] = made(default_factory=dict)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The fields that a column can be read as, with their labels."""
        return [(each.name, each.label) for each in FIELDS[self.kind]]

    @property
    def labels(self) -> dict[str, str]:
        """The label of each field."""
        return dict(self.choices)

    @property
    def has_more(self) -> bool:
        """Whether there is a fixed value or a translation to show, beside the usual words for paid and organic."""
        words = [text for name, text in self.words.items() if text and text != USUAL_WORDS.get(name)]
        return any(self.fixed.values()) or bool(words) or bool(self.errors_of)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.errors or self.errors_of or any(column.errors for column in self.columns))


def preview(path: Path, mapping: ColumnMapping) -> Preview:
    """The first rows of an upload."""
    with path.open("rb") as stream:
        table = open_table(stream, wanted=list(mapping.columns.values()))
        rows = (row for batch in table.batches() for row in batch.rows if any(map(str.strip, row)))
        return Preview(table.columns, [[shown(cell) for cell in row] for row in islice(rows, SAMPLES)])


def entry_of(mapping: ColumnMapping, seen: Preview) -> MappingEntry:
    """The entry that shows `mapping`."""
    field_of = {column: name for name, column in mapping.columns.items()}
    words = {name: _lines(mapping.values.get(name, {})) for name in TRANSLATED[mapping.kind]}
    fixed = {name: mapping.constants.get(name, "") for name in FIXED[mapping.kind]}
    return MappingEntry(mapping.kind, _columns(seen, [field_of.get(name, "") for name in seen.columns]), fixed, words)


def entry_from(form: Mapping[str, str], kind: FileKind, seen: Preview) -> MappingEntry:
    """The entry that was sent: c0, c1, ... for the columns, fixed-FIELD and words-FIELD for the rest."""
    known = {each.name for each in FIELDS[kind]}
    chosen = [form.get(f"c{number}", "") for number in range(len(seen.columns))]
    columns = _columns(seen, [name if name in known else "" for name in chosen])
    fixed = {name: form.get(f"fixed-{name}", "").strip() for name in FIXED[kind]}
    words = {name: form.get(f"words-{name}", "") for name in TRANSLATED[kind]}
    return MappingEntry(kind, columns, fixed, words)


def mapping_from(entry: MappingEntry, now: datetime) -> ColumnMapping:
    """The mapping that the entry asks for; what is wrong with it is noted in the entry."""
    columns: dict[str, str] = {}
    for choice in entry.columns:
        if choice.field in columns:
            choice.errors.append(f"Another column is read as “{entry.labels[choice.field]}” already. Keep one of them.")
        elif choice.field:
            columns[choice.field] = choice.name
    values = {name: table for name in entry.words if (table := _table(entry, name))}
    constants = {name: text for name, text in entry.fixed.items() if text}
    mapping = ColumnMapping(entry.kind, columns, constants, values)
    _note_problems(entry, mapping, now)
    return mapping


def _columns(seen: Preview, fields: Sequence[str]) -> list[ColumnChoice]:
    return [
        ColumnChoice(number, name, [row[number] for row in seen.rows], fields[number])
        for number, name in enumerate(seen.columns)
    ]


def _table(entry: MappingEntry, name: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in filter(str.strip, entry.words[name].splitlines()):
        theirs, sign, ours = (part.strip() for part in line.partition("="))
        if not sign or not theirs or not ours or len(table) >= MOST_TRANSLATIONS:
            entry.errors_of.setdefault(f"words-{name}", []).append(
                f"“{shown(line)}”: write one translation a line, theirs = ours, at most {MOST_TRANSLATIONS}."
            )
            break
        table[theirs] = ours
    return table


def _note_problems(entry: MappingEntry, mapping: ColumnMapping, now: datetime) -> None:
    header = [choice.name for choice in entry.columns]
    for problem in mapping.problems(header):
        text = f"{problem.text} {problem.cure}"
        of_field = [choice for choice in entry.columns if choice.field == problem.field]
        if of_field:
            of_field[0].errors.append(text)
        else:
            entry.errors.append(text)
    if entry.is_right:
        try:
            _reader(mapping, header, now)
        except MappingError as error:
            entry.errors.append(str(error))


def _reader(mapping: ColumnMapping, header: Sequence[str], now: datetime) -> object:
    if mapping.kind is FileKind.ACTIVITY:
        return activity_rows(mapping, header, now)
    if mapping.kind is FileKind.OUTCOMES:
        return outcome_rows(mapping, header, now)
    return directory_rows(mapping, header) if mapping.kind is FileKind.DIRECTORY else library_rows(mapping, header)
