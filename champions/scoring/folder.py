"""Reading a folder in the neutral format: people, activity and outcomes, .csv or .csv.gz.

Columns may be missing or extra. `at` and `person_id` are needed where a file has rows at all. `meta.json`
may stand beside them; of it only the names of the outcome kinds that matter and of the attempts are read.
"""

import csv
import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from champions.scoring.building import ColumnsBuilder
from champions.scoring.columns import Columns, Reach
from champions.scoring.parameters import Parameters

REACH = {"organic": Reach.ORGANIC, "paid": Reach.PAID, "true": Reach.PAID, "false": Reach.ORGANIC}


class FolderError(ValueError):
    """The folder cannot be read; the message names the file, line and column, and the cure."""


@dataclass(frozen=True)
class FolderHints:
    """What `meta.json` says: the kinds that matter, which verb is an attempt at which kind, and a moment of
    interest.
    """

    kinds: tuple[str, ...] = ()
    promotions: tuple[str, ...] = ()
    attempt_verb: str = ""
    success_kind: str = ""
    moment: str = ""

    def applied(self, parameters: Parameters, present: tuple[str, ...]) -> Parameters:
        """The parameters with these kinds worth 1 and all other kinds present worth 0; unchanged without kinds.

        A promotion is a decision about a person and no result: it is worth 0. Where nothing else is named, or none of
        it has happened yet, the other kinds keep their worths.
        """
        wanted = (set(self.kinds) - set(self.promotions)) & set(present)
        worths = {**parameters.worths, **dict.fromkeys(self.promotions, 0.0)}
        if wanted:
            worths.update({kind: float(kind in wanted) for kind in present})
        attempts = dict(parameters.attempts)
        if self.attempt_verb and self.success_kind:
            attempts[self.success_kind] = self.attempt_verb
        return replace(parameters, worths=worths, attempts=attempts)


def seconds(text: str) -> float:
    """A moment in ISO 8601 as seconds since 1970; without a zone it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def read_folder(folder: Path, before: float) -> Columns:
    """The rows of a folder before the moment `before`. Raises FolderError naming file, line and cure."""
    builder = ColumnsBuilder()
    for line, row in _rows(folder, "people"):
        joined = row.get("joined_at") or ""
        builder.person(
            _needed(row, "person_id", "people", line),
            joined_at=_moment(joined, "joined_at", "people", line) if joined else float("nan"),
            team=row.get("team") or "",
            site=row.get("site") or "",
            job=row.get("job") or "",
            access=row.get("access") or "",
        )
    for line, row in _rows(folder, "activity"):
        at = _moment(_needed(row, "at", "activity", line), "at", "activity", line)
        if at < before:
            _take_event(builder, row, at, line)
    for line, row in _rows(folder, "outcomes"):
        at = _moment(_needed(row, "at", "outcomes", line), "at", "outcomes", line)
        if at < before:
            builder.outcome(
                at,
                row.get("person_id") or "",
                row.get("kind") or "outcome",
                _number(row.get("value") or "1", "value", "outcomes", line),
                event=row.get("activity_id") or row.get("event_id"),
            )
    return builder.columns()


def read_hints(folder: Path) -> FolderHints:
    """What meta.json says, if it is there. Raises FolderError where it is no JSON object."""
    path = folder / "meta.json"
    if not path.exists():
        return FolderHints()
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        kinds = meta.get("primary_kind") or ()
    except (ValueError, AttributeError) as error:
        raise FolderError(f"{path.name}: not a JSON object ({error}). Mend or remove it.") from error
    return FolderHints(
        kinds=(kinds,) if isinstance(kinds, str) else tuple(kinds),
        promotions=tuple(meta.get("promotion_kinds") or ()),
        attempt_verb=str(meta.get("attempt_verb") or ""),
        success_kind=str(meta.get("success_kind") or ""),
        moment=str(meta.get("T") or ""),
    )


def _take_event(builder: ColumnsBuilder, row: dict[str, str], at: float, line: int) -> None:
    builder.event(
        at,
        row.get("person_id") or "",
        row.get("verb") or "post",
        target=row.get("target_person_id") or "",
        name=row.get("activity_id"),
        parent=row.get("in_reply_to"),
        channel=row.get("channel") or "",
        magnitude=_number(row.get("magnitude") or "0", "magnitude", "activity", line),
        reach=REACH.get((row.get("reach") or row.get("paid") or "").lower(), Reach.NOT_STATED),
        is_copy=_flag(row.get("is_copy")),
        from_library=_flag(row.get("from_library")),
    )


def _rows(folder: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    plain, packed = folder / f"{name}.csv", folder / f"{name}.csv.gz"
    if not plain.exists() and not packed.exists():
        return
    with _opened(plain if plain.exists() else packed) as handle:
        reader = csv.DictReader(handle)
        try:
            for row in reader:
                yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise FolderError(f"{name}, line {reader.line_num + 1}: cannot be read ({error}).") from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _needed(row: dict[str, str], column: str, name: str, line: int) -> str:
    value = row.get(column)
    if not value:
        raise FolderError(f"{name}, line {line}, column {column}: empty or missing. Every row needs it.")
    return value


def _moment(text: str, column: str, name: str, line: int) -> float:
    try:
        return seconds(text)
    except ValueError:
        raise FolderError(
            f"{name}, line {line}, column {column}: {text!r} is no moment. Use 2026-11-22T09:30:00."
        ) from None


def _number(text: str, column: str, name: str, line: int) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise FolderError(f"{name}, line {line}, column {column}: {text!r} is no number.")
    return number


def _flag(text: str | None) -> bool:
    return (text or "").strip().lower() in {"1", "yes", "true"}
