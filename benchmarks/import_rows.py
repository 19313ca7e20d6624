"""Import speed: the checked rows of a file beside the csv module reading the same file, in one run.

    python -m benchmarks.import_rows                        a made-up file of 300,000 events
    python -m benchmarks.import_rows --rows 1000000         larger
    python -m benchmarks.import_rows --activity FILE        a file of your own, plain or gzip

Prints a table: rows per second, time as a multiple of the csv module's, and peak memory over an idle process. Times
are processor time, the best of --repeats taken in turns, so that a busy machine disturbs them little.
"""

import argparse
import csv
import gzip
import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from activity.formats.external_ids import OccurrenceCounter, with_outcome_ids
from activity.formats.fields import FileKind
from activity.formats.fingerprint import fingerprint
from activity.formats.reader import open_table
from activity.formats.rows import OutcomeRow, activity_rows
from activity.formats.suggestion import suggest
from activity.formats.unpacking import GZIP

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HEADER = "activity_id,at,person_id,verb,kind,in_reply_to,target_person_id,channel,magnitude,reach"
VERBS = ("question", "answer", "answer", "comment", "comment", "comment", "reaction", "post")
CHANNELS = ("forum", "chat north", "chat south", "network", "questions")
REACHES = ("", "", "", "organic", "paid")
BATCH = 5000


class Figure(NamedTuple):
    """One measurement: rows read, seconds of processor time, peak memory in bytes."""

    rows: int
    seconds: float
    peak: int


def make_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write made-up activity of 20,000 people over two years; a fifth of the people do most of it."""
    dice = random.Random(seed)
    first = NOW - timedelta(days=730)
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(HEADER + "\n")
        for number in range(rows):
            at = first + timedelta(seconds=int(63_000_000 * number / rows))
            who, whom = (int(20_000 * dice.random() ** 3) for _ in range(2))
            answered = f"e{dice.randrange(number)}" if number else ""
            target.write(
                f"e{number},{at:%Y-%m-%dT%H:%M:%S},p{who},{dice.choice(VERBS)},,{answered},p{whom},"
                f"{dice.choice(CHANNELS)},{dice.randrange(4)},{dice.choice(REACHES)}\n"
            )


def with_csv_module(path: Path) -> int:
    """Read a plain file with csv.reader alone."""
    with path.open(encoding="utf-8", newline="") as source:
        return sum(1 for _ in csv.reader(source)) - 1


def as_batches(path: Path) -> int:
    """Read a file into rows of text."""
    with path.open("rb") as source:
        return sum(len(batch.rows) for batch in open_table(source).batches())


def as_checked_rows(path: Path) -> int:
    """Read a file into checked rows of activity."""
    with path.open("rb") as source:
        table = open_table(source)
        reader = activity_rows(suggest(table.columns, FileKind.ACTIVITY), table.columns, NOW)
        return sum(len(reader.read(batch).rows) for batch in table.batches())


def ids_by_content(path: Path) -> int:
    """Give an id to as many made-up outcomes as the file has lines, four in five of them different."""
    count = with_csv_module(path)
    with OccurrenceCounter() as counter:
        for start in range(0, count, BATCH):
            rows = [
                OutcomeRow("", NOW - timedelta(seconds=number * 4 // 5), "p1", "deal", 1.0, "", 1.0)
                for number in range(start, min(start + BATCH, count))
            ]
            with_outcome_ids(rows, counter)
    return count


def fingerprints(path: Path) -> int:
    """Take the fingerprints of 3,000 made-up posts of 60 words."""
    dice = random.Random(2)
    words = [f"word{number}" for number in range(3000)]
    for _ in range(3000):
        fingerprint(" ".join(dice.choices(words, k=60))).copy_keys()
    return 3000


STEPS: dict[str, Callable[[Path], int]] = {
    "csv module": with_csv_module,
    "rows of text": as_batches,
    "checked rows": as_checked_rows,
    "ids by content": ids_by_content,
    "fingerprints of 60 words": fingerprints,
}


def peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what the parent held before this process began
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def measure(step: str, path: Path) -> Figure:
    """Do one step in this process, which should be a fresh one: its peak memory can only rise."""
    before = peak_memory()
    start = time.process_time()
    rows = STEPS[step](path)
    return Figure(rows, time.process_time() - start, peak_memory() - before)


def measure_all(path: Path, repeats: int) -> dict[str, Figure]:
    """The best of `repeats` for each step, each in a fresh process, the steps taking turns."""
    best: dict[str, Figure] = {}
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for _ in range(repeats):
            for step in STEPS:
                figure = pool.apply(measure, (step, path))
                best[step] = min(best.get(step, figure), figure, key=lambda each: each.seconds)
    return best


def table(figures: dict[str, Figure]) -> str:
    """The figures as lines of text."""
    plain = figures["csv module"]
    lines = [f"{'step':26}{'rows':>11}{'rows/s':>12}{'µs/row':>9}{'x csv':>7}{'peak MiB':>10}"]
    for step, figure in figures.items():
        each = figure.seconds / figure.rows
        ratio = each / (plain.seconds / plain.rows)
        lines.append(
            f"{step:26}{figure.rows:11,}{1 / each:12,.0f}{each * 1e6:9.2f}{ratio:7.1f}{figure.peak / 2**20:10.1f}"
        )
    return "\n".join(lines)


def unpacked(path: Path, folder: Path) -> Path:
    """The file itself, or a plain copy of a gzip file, so that both readers do the same work."""
    with path.open("rb") as source:
        if source.read(2) != GZIP:
            return path
    plain = folder / "plain.csv"
    with gzip.open(path) as source, plain.open("wb") as target:
        shutil.copyfileobj(source, target)
    return plain


def main() -> None:
    """Read the arguments, measure, print."""
    arguments = argparse.ArgumentParser(description="Import speed beside the csv module.")
    arguments.add_argument("--rows", type=int, default=300_000, help="rows of the made-up file")
    arguments.add_argument("--repeats", type=int, default=3)
    arguments.add_argument("--activity", type=Path, help="measure this file instead")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.activity:
            files = [unpacked(options.activity, folder)]
        else:
            files = [folder / "quarter.csv", folder / "whole.csv"]
            for path, rows in zip(files, (options.rows // 4, options.rows), strict=True):
                make_file(path, rows)
        for path in files:
            print(f"{path.name}, {path.stat().st_size / 2**20:.1f} MiB")
            print(table(measure_all(path, options.repeats)), end="\n\n")


if __name__ == "__main__":
    main()
