"""Import into the database: rows per second, memory, and how long somebody else who writes has to wait meanwhile.

    python -m benchmarks.import_database                      1,000,000 made-up events, SQLite
    python -m benchmarks.import_database --rows 100000        fewer
    python -m benchmarks.import_database --folder FOLDER      people, activity and outcomes of a real community
    python -m benchmarks.import_database --database ADDRESS   an empty PostgreSQL database (postgresql://...)

Each file is imported twice: the second time every row is known. Beside it a process writes a small row every 20 ms and
notes its longest wait. "cpu s" is the processor time of the importing process (with PostgreSQL the server's is not in
it), "x csv" the same as a multiple of what the csv module alone takes to read the file; a busy machine disturbs them
little. Peak memory is that of the importing process over what it held before.
"""

import argparse
import csv
import gzip
import io
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.import_rows import make_file, peak_memory

PEOPLE = 20_000
PAUSE = 0.02
SECRET = "only for this benchmark, and long enough for it"  # noqa: S105 (no secret of anybody)


class Figure(NamedTuple):
    """One import: rows, seconds by the clock and of the processor, bytes of memory, the longest foreign write."""

    name: str
    rows: int
    seconds: float
    processor: float
    memory: int
    longest_wait: float
    csv_seconds: float


def settings(instance: str, database: str) -> dict[str, Any]:
    """The settings of an application on a database of its own."""
    return {"MODE": "testing", "SECRET_KEY": SECRET, "INSTANCE_DIR": instance, "DATABASE_URL": database}


def write_beside(instance: str, database: str, over: Event, waits: Any) -> None:
    """Write a small row again and again until `over`, as people who save answers do, and put the longest wait into
    `waits`.
    """
    from app import create_app
    from db import db, insert_if_new, table_of
    from people.models import CompanySetting

    app, longest = create_app(settings(instance, database)), 0.0
    table = table_of(CompanySetting)
    with app.app_context():
        insert_if_new(table, {"name": "benchmark", "value": ""})
        db.session.commit()
        waits.put(0.0)
        while not over.is_set():
            began = time.monotonic()
            db.session.execute(table.update().where(table.c.name == "benchmark").values(value=str(began)))
            db.session.commit()
            longest = max(longest, time.monotonic() - began)
            time.sleep(PAUSE)
    waits.put(longest)


def import_one(instance: str, database: str, kind: str, path: str, answer: Any) -> None:
    """Import one file in this process; put rows, both kinds of seconds and memory into `answer`."""
    from activity.formats.fields import FileKind
    from activity.imports.folder_import import import_file
    from app import create_app

    app = create_app(settings(instance, database))
    with app.app_context():
        before, began, worked = peak_memory(), time.monotonic(), time.process_time()
        row = import_file(FileKind(kind), Path(path), "benchmark", at=datetime.now(UTC), progress=None, actor_id=None)
        rows = row.taken + row.changed + row.known + row.rejected
        answer.put((rows, time.monotonic() - began, time.process_time() - worked, peak_memory() - before))


def measure(instance: str, database: str, kind: str, path: Path, name: str) -> Figure:
    """Import a file in a process of its own while another one writes."""
    context = multiprocessing.get_context("spawn")
    over, waits, answer = context.Event(), context.Queue(), context.Queue()
    writer = context.Process(target=write_beside, args=(instance, database, over, waits))
    writer.start()
    waits.get()  # it has begun
    importer = context.Process(target=import_one, args=(instance, database, kind, str(path), answer))
    importer.start()
    rows, seconds, processor, memory = answer.get()
    importer.join()
    over.set()
    longest = waits.get()
    writer.join()
    return Figure(name, rows, seconds, processor, memory, longest, csv_seconds(path))


def csv_seconds(path: Path) -> float:
    """The processor time that the csv module alone takes to read a file."""
    began = time.process_time()
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        for _ in csv.reader(io.TextIOWrapper(stream, encoding="utf-8", newline="")):
            pass
    return time.process_time() - began


def made_up(folder: Path, rows: int) -> Iterator[tuple[str, Path]]:
    """A directory and a file of activity."""
    directory, activity = folder / "directory.csv", folder / "activity.csv"
    directory.write_text("id,name\n" + "".join(f"p{number},Person {number}\n" for number in range(PEOPLE)))
    make_file(activity, rows)
    yield "directory", directory
    yield "activity", activity


def table(figures: list[Figure]) -> str:
    """The figures as lines of text."""
    lines = [
        f"{'file':24}{'rows':>11}{'seconds':>9}{'rows/s':>10}{'cpu s':>8}{'x csv':>8}{'MiB':>7}{'longest wait':>14}"
    ]
    for each in figures:
        ratio = each.processor / each.csv_seconds
        lines.append(
            f"{each.name:24}{each.rows:11,}{each.seconds:9.1f}{each.rows / each.seconds:10,.0f}"
            f"{each.processor:8.1f}{ratio:8.1f}{each.memory / 2**20:7.0f}{each.longest_wait:12.2f} s"
        )
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, measure, print."""
    arguments = argparse.ArgumentParser(description="Import into the database.")
    arguments.add_argument("--rows", type=int, default=1_000_000, help="rows of the made-up file")
    arguments.add_argument("--folder", type=Path, help="import this folder instead")
    arguments.add_argument("--database", default="", help="an empty PostgreSQL database instead of SQLite")
    options = arguments.parse_args()
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as name:
        from activity.imports.folder_import import files_in
        from app import create_app
        from db import Base, db

        app = create_app(settings(name, options.database))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            db.engine.dispose()
        folder = Path(name)
        files = list(files_in(options.folder)) if options.folder else list(made_up(folder, options.rows))
        figures = []
        for kind, path in files:
            for again in ("", ", again"):
                figures.append(measure(name, options.database, str(kind), path, f"{kind}{again}"))
        print(table(figures))


if __name__ == "__main__":
    main()
