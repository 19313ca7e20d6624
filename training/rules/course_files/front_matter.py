"""The head of a course file: a few fields of YAML between two lines of "---", then the body in Markdown.

Only the plain part of YAML is read: texts, numbers, true and false, lists and tables. Anchors, aliases, tags and
several documents are refused, which also closes the way for aliases that grow without end. Words are read as YAML 1.2
does (core schema, section 10.3.2): "yes", "no" and dates stay texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from training.rules.course_files.problems import UnreadableError
from training.rules.kinds.protocol import Field

FENCE = "---"
LARGEST_HEAD = 64 * 1024
DEEPEST = 8
MOST_VALUES = 5_000

_WHOLE = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_REAL = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d{1,3})?", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "true": True, "True": True, "false": False, "False": False}
_CURES = (
    ("mapping values are not allowed", "Put a text with “: ” in it in quotes."),
    ("found character '\\t'", "Use spaces, not tabs, at the beginning of a line."),
    ("found unknown escape", "Use single quotes, or write the backslash twice."),
    ("while scanning a quoted scalar", "Close the quotes."),
    ("could not find expected ':'", "Put a colon and a space after the name of the field."),
    ("expected <block end>", "Check how far the line is indented, and that quotes are closed."),
)


@dataclass(frozen=True)
class FrontMatter:
    """The fields of a file with the line on which each begins, and the body with the line on which it begins."""

    values: dict[str, Any]
    lines: dict[Field, int]
    body: str
    body_line: int

    def line_of(self, field: Field) -> int:
        """The line of a field; of what holds it where it is missing; 1 if nothing does."""
        while field and field not in self.lines:
            field = field[:-1]
        return self.lines.get(field, 1)


def read_front_matter(text: str) -> FrontMatter:
    """Split a file and read its fields. Raises UnreadableError, with the line, if that cannot be done."""
    head, body, body_line = _split(text)
    if len(head) > LARGEST_HEAD:
        raise UnreadableError(1, f"The fields fill more than {LARGEST_HEAD // 1024} KiB.", "Move text into the body.")
    lines: dict[Field, int] = {}
    try:
        values = _document(yaml.parse(head, Loader=yaml.SafeLoader), lines)
    except yaml.YAMLError as error:
        raise _unreadable(error, head) from error
    return FrontMatter(values, lines, tidy_body(body), body_line + _blank_lines(body))


def tidy_body(body: str) -> str:
    """A body without empty lines around it. Spaces that begin a line stay: they mean code."""
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", body + "\n").rstrip()


def _blank_lines(body: str) -> int:
    found = re.match(r"(?:[^\S\n]*\n)+", body)
    return found.group().count("\n") if found else 0


def _split(text: str) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise UnreadableError(1, "The file does not begin with its fields.", f"Begin it with a line of {FENCE}.")
    for place, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:place]), "\n".join(lines[place + 1 :]), place + 2
    raise UnreadableError(len(lines), "The fields do not end.", f"End them with a line of {FENCE}.")


def _document(events: Iterator[Event], lines: dict[Field, int]) -> dict[str, Any]:
    """The one table of fields in the head; an empty head has none."""
    values: dict[str, Any] = {}
    count = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            count += 1
        if count > 1:
            raise UnreadableError(_line(event), "The fields come in two parts.", "Keep them in one.")
        if isinstance(event, MappingStartEvent):
            _plain(event)
            values = _table(events, (), lines)
        elif isinstance(event, ScalarEvent | SequenceStartEvent | AliasEvent):
            raise UnreadableError(_line(event), "There are no fields here.", "Write “title: …”, one field a line.")
    return values


def _table(events: Iterator[Event], at: Field, lines: dict[Field, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        if not isinstance(event, ScalarEvent):
            raise UnreadableError(_line(event), "The name of a field is no word.", "Write “name: value”.")
        name = event.value.strip()
        if name in values:
            raise UnreadableError(_line(event), f"“{name}” stands here a second time.", "Leave one of them out.")
        lines[(*at, name)] = _line(event)
        values[name] = _value(next(events), events, (*at, name), lines)
    return values


def _list(events: Iterator[Event], at: Field, lines: dict[Field, int]) -> list[Any]:
    values: list[Any] = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        lines[(*at, len(values))] = _line(event)
        values.append(_value(event, events, (*at, len(values)), lines))
    return values


def _value(event: Event, events: Iterator[Event], at: Field, lines: dict[Field, int]) -> Any:
    _plain(event)
    if len(at) > DEEPEST or len(lines) > MOST_VALUES:
        raise UnreadableError(_line(event), "The fields are too many or too deep.", "Keep to the format of courses.")
    if isinstance(event, MappingStartEvent):
        return _table(events, at, lines)
    if isinstance(event, SequenceStartEvent):
        return _list(events, at, lines)
    assert isinstance(event, ScalarEvent)
    return _scalar(event)


def _plain(event: Event) -> None:
    """Refuse what only a program would need."""
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
        raise UnreadableError(_line(event), "“&” and “*” have a meaning in YAML.", "Put the text in quotes.")
    if getattr(event, "tag", None) is not None:
        raise UnreadableError(_line(event), "“!” has a meaning in YAML.", "Put the text in quotes.")


def _scalar(event: ScalarEvent) -> Any:
    text = event.value.strip()
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _REAL.fullmatch(text) else text


def _line(event: Event) -> int:
    """The line in the file: the head begins on the second, and marks count from 0."""
    return event.start_mark.line + 2 if event.start_mark else 1


def _unreadable(error: yaml.YAMLError, head: str) -> UnreadableError:
    said = ", ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None))))
    begins = "quoted scalar" in said  # the quotes that are never closed, not the end of the file
    mark = getattr(error, "context_mark" if begins else "problem_mark", None)
    position = getattr(error, "position", 0)
    line = mark.line if mark else head.count("\n", 0, position)
    cure = next((cure for sign, cure in _CURES if sign in said), "Check quotes, colons and how far lines are indented.")
    return UnreadableError(line + 2, f"The fields cannot be read: {said or 'an odd character'}.", cure)
