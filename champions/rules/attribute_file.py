"""Reads the owner's file of attributes: a header `id,attribute,value`, then a line for each fact. Pure."""

import csv
import io
from dataclasses import dataclass

COLUMNS = ("id", "attribute", "value")
LONGEST = 60
MOST_ATTRIBUTES = 10
MOST_VALUES = 30
MOST_ERRORS = 10
UNKNOWN = {"", "-", "?", "unknown", "not stated", "n/a"}
"""What says that the value is not known: such a line is left out, and the person counted as unknown."""


class AttributeFileError(ValueError):
    """The file cannot be taken; each line of the message names a place and the cure."""


@dataclass(frozen=True)
class Row:
    """One attribute of the person with this id in the directory."""

    external_id: str
    attribute: str
    value: str


def read_attributes(data: bytes) -> list[Row]:
    """The rows of a file in UTF-8 with commas, semicolons or tabs. Raises AttributeFileError; takes all or nothing."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = data[: error.start].count(b"\n") + 1
        raise AttributeFileError(f"Line {place}: not UTF-8. Save the file as CSV in UTF-8.") from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    table = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(table.line_num, line) for line in table if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise AttributeFileError(f"Line {table.line_num}: {error}. Save the file as CSV anew.") from error
    places = _places(lines[0][1] if lines else [])
    return _checked(lines[1:], places)


def _places(head: list[str]) -> tuple[int, int, int]:
    names = [cell.strip().lower() for cell in head]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise AttributeFileError(
            f"Line 1: no column named {' and '.join(missing)}. Begin the file with the line id,attribute,value."
        )
    first, second, third = (names.index(name) for name in COLUMNS)
    return first, second, third


def _checked(lines: list[tuple[int, list[str]]], places: tuple[int, int, int]) -> list[Row]:
    errors: list[str] = []
    rows: dict[tuple[str, str], Row] = {}
    for number, line in lines:
        if len(line) <= max(places):
            errors.append(f"Line {number}: {len(line)} columns. Give id, attribute and value.")
            continue
        row = Row(*(" ".join(line[place].split()) for place in places))
        wrong = _wrong(row, rows)
        if wrong:
            errors.append(f"Line {number}: {wrong}")
        elif row.value.lower() not in UNKNOWN:
            rows[row.external_id, row.attribute] = row
    errors += _too_many(list(rows.values()))
    if errors:
        more = [f"And {len(errors) - MOST_ERRORS} more."] if len(errors) > MOST_ERRORS else []
        raise AttributeFileError("\n".join([*errors[:MOST_ERRORS], *more]))
    if not rows:
        raise AttributeFileError("Line 2: there are no rows. Give one line for each attribute of each person.")
    return list(rows.values())


def _wrong(row: Row, rows: dict[tuple[str, str], Row]) -> str:
    if not row.external_id:
        return "the id is missing. Use the id of the staff directory."
    if not row.attribute:
        return "the attribute is missing. Name what the value is of, such as working time."
    if max(len(row.attribute), len(row.value)) > LONGEST:
        return f"longer than {LONGEST} letters. Use a short name."
    if not (row.attribute + row.value + row.external_id).isprintable():
        return "it holds characters that cannot be seen. Take them out."
    known = rows.get((row.external_id, row.attribute))
    if known and known.value != row.value:
        return f"a second value of {row.attribute} for this id. Keep one of the two."
    return ""


def _too_many(rows: list[Row]) -> list[str]:
    values: dict[str, set[str]] = {}
    for row in rows:
        values.setdefault(row.attribute, set()).add(row.value)
    if len(values) > MOST_ATTRIBUTES:
        return [f"The file has {len(values)} attributes. Use at most {MOST_ATTRIBUTES}: only what you must watch."]
    return [
        f"The attribute {name} has {len(found)} values. Use at most {MOST_VALUES}, such as bands instead of numbers."
        for name, found in values.items()
        if len(found) > MOST_VALUES
    ]
