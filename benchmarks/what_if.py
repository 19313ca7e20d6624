"""How long a slider of what-if takes, from request to page: `python -m benchmarks.what_if [PEOPLE]`

A made-up company of 20 events a person (benchmarks.finding_speed) is scored and stored in a database of its own; then
the page is asked for with one slider after another at values it was not asked for before. Printed for each: processor
time and wall time of the request in this process (median and slowest), SQL statements and bytes; and, as a measure of
the machine, one scoring run of the engine in the same process. The goal is 300 ms a slider at 10,000 people.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app import create_app
from benchmarks.finding_speed import NOW, company
from champions.runs.operations import record_run
from champions.scoring.engine import score
from champions.scoring.parameters import Parameters
from db import bulk_insert, db, table_of, utcnow
from people.models import Employee, Role, RoleGrant
from people.sign_in.operations import begin_session

GOAL_MILLISECONDS = 300
MOVES = {
    "nothing, first time": [""],
    "nothing": ["", "", ""],
    "dial": [f"dial={value}" for value in range(0, 100, 10)],
    "worth": [f"worth.accepted={value / 2}" for value in range(3, 13)],
    "half-life of rates": [f"rate={value}" for value in range(100, 500, 40)],
    "half-life of the pace": [f"pace={value}" for value in range(40, 85, 5)],
    "window": [f"window={value}" for value in range(6, 36, 3)],
    "all at once": [f"dial={10 * n}&rate={200 + 30 * n}&pace={100 + 5 * n}&worth.accepted={n}" for n in range(1, 9)],
}


@dataclass(frozen=True)
class Timing:
    """One request."""

    processor: float
    wall: float
    statements: int
    size: int


def main() -> None:
    """Print a row for each slider."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="?", type=int, default=10_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE_DIR": folder, "MODE": "testing", "DATABASE_URL": ""})
        token = prepare(app, people)
        print(
            f"{people:,} people, {20 * people:,} events; the goal is {GOAL_MILLISECONDS} ms a slider at 10,000 people"
        )
        print(f"{'moved':<24} {'times':>5} {'processor ms':>12} {'slowest':>8} {'wall ms':>8} {'SQL':>4} {'KB':>5}")
        client = signed_in(app, token)
        for name, moves in MOVES.items():
            found = [asked(app, client, "/what-if?" + move) for move in moves]
            print(
                f"{name:<24} {len(found):>5} {statistics.median(one.processor for one in found):>12.0f} "
                f"{max(one.processor for one in found):>8.0f} {statistics.median(one.wall for one in found):>8.0f} "
                f"{max(one.statements for one in found):>4} {found[0].size / 1024:>5.0f}"
            )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        kept = sum(file.stat().st_size for file in (Path(folder) / "columns").iterdir()) / 1e6
        print(f"peak memory of this process {peak:,.0f} MiB (the scoring run included), kept columns {kept:.1f} MB")


def prepare(app: Flask, people: int) -> str:
    """Store people and one scoring run; returns the token of a sign-in session of the owner."""
    columns = company(people, seed=1)
    columns = replace(columns, people=replace(columns.people, ids=tuple(str(100_000_000 + n) for n in range(people))))
    with app.app_context():
        db.create_all()
        at = datetime.fromtimestamp(NOW, UTC)
        rows = [
            {"id": int(text), "external_id": text, "name": f"Person {text}", "created_at": at}
            for text in columns.people.ids
        ]
        bulk_insert(table_of(Employee), rows)
        owner = db.session.get_one(Employee, rows[0]["id"])
        db.session.add(RoleGrant(employee_id=owner.id, role=Role.OWNER, starts_at=at))
        begin = time.process_time()
        result = score(columns, Parameters(), NOW)
        print(f"one scoring run by the engine: {1000 * (time.process_time() - begin):.0f} ms of processor time")
        record_run(columns, result, as_of=at, created_by_id=owner.id, at=utcnow())
        token = begin_session(owner, at=utcnow(), hours=1, browser="benchmark")
        db.session.commit()
        return token


def signed_in(app: Flask, token: str) -> FlaskClient:
    """A client with the sign-in session of this token."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def asked(app: Flask, client: FlaskClient, address: str) -> Timing:
    """Ask for a page and measure."""
    with app.app_context():
        engine = db.engine
    begin, wall = time.process_time(), time.perf_counter()
    with counted(engine) as sent:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return Timing(
        1000 * (time.process_time() - begin), 1000 * (time.perf_counter() - wall), len(sent), len(answer.data)
    )


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collects the statements that are sent meanwhile."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
