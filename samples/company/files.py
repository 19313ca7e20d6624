"""Writes the demo company as the files that a company would import."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from samples.company.records import Company

DIRECTORY = "directory.csv"
ACTIVITY = "activity.csv"
OUTCOMES = "outcomes.csv"
LIBRARY = "library.csv"

_DIRECTORY_COLUMNS = (
    "id", "name", "email", "team", "manager", "site", "language", "time_zone", "start", "end", "job",
)  # fmt: skip
_ACTIVITY_COLUMNS = (
    "activity_id", "at", "person_id", "verb", "kind", "in_reply_to", "target_person_id", "channel", "magnitude",
    "reach", "text", "permalink",
)  # fmt: skip
_OUTCOME_COLUMNS = ("outcome_id", "at", "person_id", "kind", "value", "activity_id", "share")
_LIBRARY_COLUMNS = ("text_id", "language", "text")


def write(company: Company, folder: Path) -> tuple[Path, ...]:
    """Writes directory, activity, outcomes and library into `folder` (made if missing); returns the four paths.

    Files are UTF-8 CSV with a header line; times are ISO 8601 with a Z for UTC, days ISO 8601; empty is unknown.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _table(folder / DIRECTORY, _DIRECTORY_COLUMNS, _directory(company)),
        _table(folder / ACTIVITY, _ACTIVITY_COLUMNS, _activity(company)),
        _table(folder / OUTCOMES, _OUTCOME_COLUMNS, _outcomes(company)),
        _table(folder / LIBRARY, _LIBRARY_COLUMNS, ((item.id, item.language, item.text) for item in company.library)),
    )


def _directory(company: Company) -> Iterable[Sequence[str]]:
    for person in company.people:
        yield (
            person.id, person.name, person.email, person.team, person.manager, person.site,
            ";".join(person.languages), person.time_zone, person.start.isoformat(), _day(person.end), person.job,
        )  # fmt: skip


def _activity(company: Company) -> Iterable[Sequence[str]]:
    for event in company.events:
        yield (
            event.id, _moment(event.at), event.person, event.verb, event.kind, event.in_reply_to, event.target,
            event.channel, str(event.magnitude), event.reach, event.text, event.permalink,
        )  # fmt: skip


def _outcomes(company: Company) -> Iterable[Sequence[str]]:
    for row in company.outcomes:
        yield (row.id, _moment(row.at), row.person, row.kind, f"{row.value:g}", row.activity, f"{row.share:g}")


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
