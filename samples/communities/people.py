"""The people of a community as a company would state them: everybody belongs to it, and teams stand below it."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from people.directory.reading import COMMUNITY
from people.employees.person_facts import SEPARATOR

TEAM = "team"


@contextmanager
def as_one_company(people: Path) -> Iterator[Path]:
    """A copy of the file in which each team has the community above it.

    What is no CSV, or cannot be read as such, is handed on as it is: the importer says best what is wrong.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "people.csv"
        yield copy if ".csv" in people.suffixes and _placed(people, copy) else people


def _placed(people: Path, copy: Path) -> bool:
    try:
        with _opened(people) as source, copy.open("w", encoding="utf-8", newline="") as target:
            _place(source, target)
    except (csv.Error, EOFError, OSError, UnicodeError, zlib.error):
        return False
    return True


def _place(source: IO[str], target: IO[str]) -> None:
    rows = csv.reader(source)
    writer = csv.writer(target, lineterminator="\n")
    header = next(rows, [])
    at = header.index(TEAM) if TEAM in header else len(header)
    writer.writerow([*header[:at], TEAM, *header[at + 1 :]])
    for row in rows:
        own = row[at].strip() if at < len(row) else ""
        team = SEPARATOR.join((COMMUNITY, own)) if own else COMMUNITY
        writer.writerow([*row[:at], team, *row[at + 1 :]])


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
