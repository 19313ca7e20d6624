"""JSON Lines: one object a line. Numbers stay as they are written; every value becomes text, as in CSV."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from activity.formats.batch import Batch
from activity.formats.decoding import Lines
from activity.formats.rejected import Rejected, shown

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RecordError(ValueError):
    """A line that is no usable object. The message is the reason; `cure` says what to do."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.cure = cure


def record_of(text: str) -> dict[str, str]:
    """The object on the line `text` as names and texts. Raise RecordError if there is none."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise RecordError("The line is nested too deeply", "Write one flat object a line.") from None
    except ValueError as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("The line is not valid JSON", "Write one complete object a line.") from None
    if not isinstance(value, dict):
        raise RecordError("The line is not an object", 'Write one object a line: {"name": "value", ...}.')
    record = {name.strip(): _text(cell) for name, cell in value.items()}
    if "\\u" in text and any(LONE_SURROGATE.search(name + cell) for name, cell in record.items()):
        raise RecordError("The line holds half a character", "Export it again; look for a \\ud8.. escape.")
    return record


class JsonRows:
    """Cuts blocks of lines into rows with the cells of `columns`; a name that a line does not have is empty."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns

    def batches(self, blocks: Iterator[Lines]) -> Iterator[Batch]:
        """Yield the rows of `blocks` and what was rejected. What `blocks` raises passes through."""
        for block in blocks:
            yield self._batch(block)

    def _batch(self, block: Lines) -> Batch:
        lines: list[int] = []
        rows: list[list[str]] = []
        rejected = list(block.rejected)
        for line, text in enumerate(block.texts, block.first):
            if not text.strip():
                continue
            try:
                record = record_of(text)
            except RecordError as fault:
                rejected.append(Rejected(line, "", str(fault), fault.cure, shown(text)))
                continue
            lines.append(line)
            rows.append([record.get(name, "") for name in self._columns])
        return Batch(lines, rows, rejected)


def names_in(texts: Iterable[str], most: int) -> list[str]:
    """The names used in lines in order of appearance, at most `most`. Lines that are no objects are passed over."""
    names: dict[str, None] = {}
    for text in texts:
        try:
            names.update(dict.fromkeys(record_of(text)))
        except RecordError:
            continue
        if len(names) > most:
            break
    return [name for name in names if name][:most]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    return json.dumps(value, ensure_ascii=False)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise RecordError("A name stands twice in the object", "Keep one of the two.")
    return record


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False)
