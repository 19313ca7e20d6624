"""The files of the demo company: the importers' readers take every row, and the bytes depend on seed and day alone."""

import csv
import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from activity.formats.fields import FileKind
from activity.formats.reader import open_table
from activity.formats.rows import activity_rows, directory_rows, library_rows, outcome_rows
from activity.formats.suggestion import suggest
from samples.company.company import generate
from samples.company.files import write
from samples.company.records import Company

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from samples.company.company import generate
from samples.company.files import write
write(generate(7, date(2026, 11, 23)), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def folder(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "made"
    write(company, folder)
    return folder


def test_four_files_are_written_with_a_row_for_each_record(company: Company, folder: Path) -> None:
    assert {path.name: len(_rows(path)) for path in folder.iterdir()} == {
        "directory.csv": len(company.people),
        "activity.csv": len(company.events),
        "outcomes.csv": len(company.outcomes),
        "library.csv": len(company.library),
    }


def test_times_are_written_in_utc_and_days_as_days(folder: Path) -> None:
    event, person = _rows(folder / "activity.csv")[0], _rows(folder / "directory.csv")[0]
    assert datetime.fromisoformat(event["at"]).tzinfo == UTC
    assert date.fromisoformat(person["start"]) < NOW.date()


@pytest.mark.parametrize("kind", FileKind)
def test_the_importers_take_every_row_without_a_word(kind: FileKind, company: Company, folder: Path) -> None:
    taken = 0
    with (folder / f"{kind}.csv").open("rb") as stream:
        table = open_table(stream)
        mapping = suggest(table.columns, kind)
        if kind is FileKind.DIRECTORY:
            reader = directory_rows(mapping, table.columns)
        elif kind is FileKind.ACTIVITY:
            reader = activity_rows(mapping, table.columns, NOW)
        elif kind is FileKind.LIBRARY:
            reader = library_rows(mapping, table.columns)
        else:
            reader = outcome_rows(mapping, table.columns, NOW)
        for batch in table.batches():
            checked = reader.read(batch)
            assert checked.rejected == []
            taken += len(checked.rows)
    assert table.notices == []
    expected = {
        "directory": company.people,
        "activity": company.events,
        "outcomes": company.outcomes,
        "library": company.library,
    }
    assert taken == len(expected[kind])


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    hash_seed: str, folder: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path)], check=True, env=environment, cwd=ROOT)
    assert _digests(tmp_path) == _digests(folder)


def test_another_seed_or_another_day_is_another_company(company: Company, folder: Path, tmp_path: Path) -> None:
    write(generate(8, company.today), tmp_path / "seed")
    write(generate(7, date(2026, 11, 24)), tmp_path / "day")
    assert _digests(tmp_path / "seed")["directory.csv"] != _digests(folder)["directory.csv"]
    assert _digests(tmp_path / "day")["activity.csv"] != _digests(folder)["activity.csv"]


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 1, 1), date(2027, 3, 28)])
def test_any_day_will_do(today: date) -> None:
    company = generate(1, today)
    assert company.events[-1].at.date() < today


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
