"""Fields of a form that writes a question: what they are, how values fill them, and how a form is read back.

Fields are named by the way to their value: "choices-2-text" is the text of the third choice. A form loses nothing:
what it does not know stays as it was, and what means the same as nothing is written only where it was written before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.rules.course_files.front_matter import tidy_body

_WHOLE = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_REAL = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d{1,3})?", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", re.ASCII)
SHAPES = ("circle", "box", "polygon")
MOST_ROWS = 60


class Type(StrEnum):
    """What a field takes."""

    LINE = "line"
    TEXT = "text"
    PROSE = "prose"  # Markdown, over several lines
    NUMBER = "number"
    PERCENT = "percent"  # a share, shown as so many per cent
    FLAG = "flag"
    ONE_OF = "one_of"
    TRUTH = "truth"
    WORDS = "words"
    SHAPE = "shape"


@dataclass(frozen=True)
class Control:
    """One field. `default` is what is meant where there is nothing; `listed` names rows whose texts are suggested."""

    name: str
    label: str
    type: Type = Type.LINE
    hint: str = ""
    default: Any = ""
    options: tuple[tuple[str, str], ...] = ()
    listed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """A list of rows that can grow. `one` is what a row is called; `least` rows are shown at first.

    `plain` names the field that stands for the whole row where it is the only one filled. `keyed` names the field that
    is the name of the row, for tables of names instead of lists.
    """

    name: str
    label: str
    one: str
    fields: "tuple[Control | Rows, ...]"
    least: int = 2
    hint: str = ""
    plain: str = ""
    keyed: str = ""
    ordered: bool = False


_TYPED = (Type.LINE, Type.TEXT, Type.PROSE, Type.NUMBER, Type.PERCENT)
Fields = Sequence[Control | Rows]
Form = Mapping[str, str]


def values_in(fields: Fields, form: Form, before: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The values that a form holds, given those that it was filled with (`before`)."""
    known = {one.name for one in fields}
    shapes = SHAPES if any(isinstance(one, Control) and one.type is Type.SHAPE for one in fields) else ()
    values = {name: value for name, value in before.items() if name not in known and name not in shapes}
    for one in fields:
        if isinstance(one, Rows):
            rows = _rows_in(one, form, before.get(one.name), prefix)
            if rows or (one.name in before and before[one.name] == rows):
                values[one.name] = rows
        elif one.type is Type.SHAPE:
            values |= _shape_in(form.get(f"{prefix}shape", ""), form.get(f"{prefix}numbers", ""))
        else:
            value = _value_in(one, form, prefix, before)
            if value is not None and (value != one.default or one.name in before):
                values[one.name] = value
    return values


def rows_of(rows: Rows, value: Any) -> list[dict[str, Any]]:
    """Rows as tables of their fields, whatever short form they are kept in."""
    if isinstance(value, dict):
        pairs = [(key, one if isinstance(one, dict) else {rows.plain: one}) for key, one in value.items()]
        return [{rows.keyed: key, **one} for key, one in pairs]
    listed = value if isinstance(value, list) else []
    return [one if isinstance(one, dict) else {rows.plain: one} for one in listed]


def text_of(control: Control, value: Any) -> str:
    """What a field shows for a value."""
    if value is None:
        value = control.default
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if control.type is Type.PERCENT and isinstance(value, int | float):
        return f"{value * 100:.10g}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def shape_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """The shape of an area and its numbers as a line."""
    for shape in SHAPES:
        if shape in row:
            return shape, _numbers_as_line(row[shape])
    return SHAPES[1], ""


def without_row(form: dict[str, str], way: str) -> dict[str, str]:
    """A form with the row emptied that `way` names ("choices-2"): read, it is gone."""
    return {name: ("" if name.startswith(f"{way}-") and not name.endswith("-count") else value)
            for name, value in form.items()}  # fmt: skip


def with_row_up(form: dict[str, str], way: str) -> dict[str, str]:
    """A form with the row that `way` names exchanged with the one above it."""
    rows, _, place = way.rpartition("-")
    if not place.isdigit() or int(place) < 1:
        return form
    here, above = f"{way}-", f"{rows}-{int(place) - 1}-"
    exchanged = {name: value for name, value in form.items() if not name.startswith((here, above))}
    exchanged |= {above + name[len(here) :]: value for name, value in form.items() if name.startswith(here)}
    return exchanged | {here + name[len(above) :]: value for name, value in form.items() if name.startswith(above)}


def number_in(text: str) -> Any:
    """A number as it was typed; a text that is none stays a text, so that the check can say so. None for nothing."""
    typed = text.strip()
    if not typed:
        return None
    if _WHOLE.fullmatch(typed):
        return int(typed)
    plain = typed.replace(",", ".") if typed.count(",") == 1 and "." not in typed else typed
    return float(plain) if _REAL.fullmatch(plain) else typed


def tidy(text: str, keep_space: bool = False) -> str:
    """A text of a browser as a course file would keep it: one kind of line end, no space around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return lines if keep_space else lines.strip()


def _value_in(control: Control, form: Form, prefix: str, before: Mapping[str, Any]) -> Any:
    text = form.get(prefix + control.name, "")
    if control.type is Type.PERCENT:
        return _share_in(control, text, before.get(control.name))
    if control.type is Type.FLAG:
        return bool(text)
    if control.type is Type.NUMBER:
        known = before.get(control.name)
        return known if known is not None and text.strip() == text_of(control, known) else number_in(text)
    if control.type is Type.TRUTH:
        return {"true": True, "false": False}.get(text)
    if control.type is Type.WORDS:
        words = [word.strip() for word in text.split(",") if word.strip()]
        return words or None
    return tidy_body(tidy(text, keep_space=True)) if control.type is Type.PROSE else tidy(text)


def _share_in(control: Control, text: str, before: Any) -> Any:
    """A share that was typed in per cent; one that was not touched stays exactly what it was."""
    if before is not None and text.strip() == text_of(control, before):
        return before
    typed = number_in(text.replace("%", ""))
    return typed / 100 if isinstance(typed, int | float) else typed


def _rows_in(rows: Rows, form: Form, before: Any, prefix: str) -> Any:
    old = rows_of(rows, before)
    count = number_in(form.get(f"{prefix}{rows.name}-count", ""))
    listed = []
    for place in range(min(count, MOST_ROWS) if isinstance(count, int) else 0):
        here = f"{prefix}{rows.name}-{place}-"
        was = number_in(form.get(f"{here}was", ""))
        known = old[was] if isinstance(was, int) and 0 <= was < len(old) else {}
        values = values_in(rows.fields, form, known, here)
        if _is_filled(rows, form, here):
            kept_as = before[was] if isinstance(before, list) and known else None
            listed.append(_in_short(rows, values, isinstance(kept_as, dict)))
    return _keyed(rows, listed) if rows.keyed else listed


def _is_filled(rows: Rows, form: Form, here: str) -> bool:
    """Whether anything was typed into a row; what is merely chosen from a list does not fill it."""
    for one in rows.fields:
        if isinstance(one, Rows):
            count = number_in(form.get(f"{here}{one.name}-count", ""))
            places = range(min(count, MOST_ROWS) if isinstance(count, int) else 0)
            if any(_is_filled(one, form, f"{here}{one.name}-{place}-") for place in places):
                return True
        elif one.type in _TYPED and form.get(here + one.name, "").strip():
            return True
    return False


def _in_short(rows: Rows, values: dict[str, Any], as_table: bool) -> Any:
    if rows.plain and not rows.keyed and set(values) == {rows.plain} and not as_table:
        return values[rows.plain]
    return values


def _keyed(rows: Rows, listed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A table of names; a row without a name of its own gets a number, so that it is not lost."""
    table: dict[str, Any] = {}
    for row in listed:
        name = str(row.pop(rows.keyed, "") or rows.one)
        number, free = 2, name
        while free in table:
            number, free = number + 1, f"{name}-{number}"
        table[free] = row.get(rows.plain) if rows.plain else row
    return table


def _shape_in(shape: str, line: str) -> dict[str, Any]:
    if shape not in SHAPES or not line.strip():
        return {}
    numbers = [number_in(one) for one in _NUMBER.findall(line)]
    if shape != "polygon":
        return {shape: numbers}
    return {shape: [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=False)]}


def _numbers_as_line(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return ", ".join(" ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
