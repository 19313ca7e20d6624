"""A run from the database to stored scores, and that of the next day: `python -m benchmarks.scoring_run [PEOPLE ...]`

A made-up company of 20 events a person (benchmarks.finding_speed) is stored in an SQLite database of its own. Printed,
in processor seconds of this process: a bare scan of the columns that are read, by the database alone (the floor); a run
that has to read everything; the run of the day after, which reads the month that grew and takes the others from where
they are kept; which part of a full run that is; and whether the scores that it stored are the same bytes as those of a
full run on the same day.
"""

import argparse
import hashlib
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select, text

from activity.models import ActivityEvent, Outcome, OutcomeCredit
from app import create_app
from benchmarks.finding_speed import NOW, company
from champions.models import Score
from champions.runs.operations import compute_run
from champions.scoring.columns import Columns, Reach
from champions.scoring.parameters import Parameters
from db import Base, bulk_insert, db, table_of
from people.models import Employee

CHUNK = 100_000
FLOOR = (
    "SELECT count(*), sum(id), sum(length(at)), sum(employee_id), sum(target_id), sum(length(verb)), "
    "sum(length(channel)), sum(magnitude), sum(length(reach)), sum(is_copy), sum(from_library), "
    "sum(length(external_id)), sum(length(in_reply_to)) FROM activity_event"
)
REACH = {Reach.NOT_STATED: "not_stated", Reach.ORGANIC: "organic", Reach.PAID: "paid"}


@dataclass
class Steps:
    """Processor seconds of the steps of one run, by what was said when each began."""

    seconds: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.process_time)
    step: str = ""

    def __call__(self, done: int, total: int, message: str) -> None:
        """Note that a step begins."""
        now = time.process_time()
        if self.step:
            self.seconds[self.step] = self.seconds.get(self.step, 0.0) + now - self.begun
        self.begun, self.step = now, ("read", "score", "score", "store", "done")[done]


def main() -> None:
    """Print the table of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="*", type=int, default=[10_000])
    parser.add_argument("--json", action="store_true", help="print the figures of the first size as JSON")
    arguments = parser.parse_args()
    if arguments.json:
        print(json.dumps(measure(arguments.people[0])))
        return
    for people in arguments.people:
        show(measure(people))


def measure(people: int) -> dict[str, Any]:
    """All figures of one size."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE_DIR": folder, "MODE": "testing", "DATABASE_URL": ""})
        with app.app_context():
            db.create_all()
            fill(company(people, seed=1))
            floor = _timed(lambda: db.session.execute(text(FLOOR)).all())
            now, months = datetime.fromtimestamp(NOW, UTC), Path(folder) / "months"
            first = _run(now - timedelta(days=1))
            later = _run(now)
            shutil.rmtree(months)
            again = _run(now)
            return {
                "people": people,
                "scan": floor,
                "full": first[1],
                "next_day": later[1],
                "same": later[2:] == again[2:],
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }


def show(row: dict[str, Any]) -> None:
    """Print the figures of one size."""
    full, after = sum(row["full"].values()), sum(row["next_day"].values())
    print(f"\n{row['people']:,} people, {20 * row['people']:,} events; scan by the database {row['scan']:.2f} s")
    print(f"{'run':<22}{'read s':>8}{'score s':>9}{'store s':>9}{'all s':>8}{'x scan':>8}")
    for name, steps in (("reads everything", row["full"]), ("the day after", row["next_day"])):
        total = sum(steps.values())
        parts = "".join(f"{steps[step]:>{width}.2f}" for step, width in (("read", 8), ("score", 9), ("store", 9)))
        print(f"{name:<22}{parts}{total:>8.2f}{total / row['scan']:>8.1f}")
    read = row["next_day"]["read"] / row["full"]["read"]
    print(
        f"the day after costs {after / full:.0%} of a full run, its reading {read:.0%} of reading everything; ", end=""
    )
    print(f"the same bytes as a full run: {'yes' if row['same'] else 'NO'}; peak {row['peak_mib']:,.0f} MiB")


def fill(columns: Columns) -> None:
    """Store people, events, outcomes and credits."""
    at = datetime.fromtimestamp(NOW, UTC)
    people = columns.people
    bulk_insert(
        table_of(Employee),
        [
            {"id": number + 1, "external_id": name, "name": f"Person {name}", "created_at": at,
             "site": people.site_names[people.site[number]], "job": people.job_names[people.job[number]]}
            for number, name in enumerate(people.ids)
        ],
    )  # fmt: skip
    events, outcomes = columns.events, columns.outcomes
    _insert(ActivityEvent, len(events), lambda rows: _event_rows(columns, rows))
    _insert(Outcome, len(outcomes), lambda rows: _outcome_rows(columns, rows))
    _insert(OutcomeCredit, len(outcomes), lambda rows: _credit_rows(columns, rows))
    db.session.commit()


def _event_rows(columns: Columns, rows: range) -> Iterator[dict[str, Any]]:
    events = columns.events
    moments = _moments(events.at[rows.start : rows.stop])
    for row, moment in zip(rows, moments, strict=True):
        yield {
            "id": row + 1, "source": f"system {events.channel[row] % 3}", "external_id": str(row), "at": moment,
            "employee_id": _id(events.actor[row]), "target_id": _id(events.target[row]),
            "verb": events.verb_names[events.verb[row]], "kind": "",
            "channel": events.channel_names[events.channel[row]],
            "in_reply_to": str(events.parent[row]) if events.parent[row] >= 0 else None,
            "magnitude": float(events.magnitude[row]), "reach": REACH[Reach(int(events.reach[row]))], "permalink": "",
            "is_copy": int(events.is_copy[row]), "from_library": int(events.from_library[row]), "is_self_reply": 0,
        }  # fmt: skip


def _outcome_rows(columns: Columns, rows: range) -> Iterator[dict[str, Any]]:
    outcomes = columns.outcomes
    moments = _moments(outcomes.at[rows.start : rows.stop])
    for row, moment in zip(rows, moments, strict=True):
        kind = outcomes.kind_names[outcomes.kind[row]]
        yield {"id": row + 1, "source": "systems", "external_id": str(row), "at": moment, "kind": kind, "value": 1.0}


def _credit_rows(columns: Columns, rows: range) -> Iterator[dict[str, Any]]:
    outcomes = columns.outcomes
    for row in rows:
        who, event = _id(outcomes.person[row]), _id(outcomes.event[row])
        yield {"outcome_id": row + 1, "employee_id": who, "event_id": event, "share": 1.0}


def _insert(model: type[Base], number: int, made: Callable[[range], Iterator[dict[str, Any]]]) -> None:
    """Insert rows in the driver's own form: preparing a company is not what is measured."""
    for start in range(0, number, CHUNK):
        rows = list(made(range(start, min(start + CHUNK, number))))
        compiled = insert(table_of(model)).compile(db.engine, column_keys=list(rows[0]))
        in_order = [tuple(row[name] for name in compiled.positiontup or ()) for row in rows]
        db.session.connection().exec_driver_sql(str(compiled), in_order)


def _moments(at: Any) -> list[str]:
    texts = np.datetime_as_string(at.astype(np.int64).astype("datetime64[s]"))
    return [moment.replace("T", " ") + ".000000" for moment in texts.tolist()]


def _id(number: int) -> int | None:
    return int(number) + 1 if number >= 0 else None


def _run(as_of: datetime) -> tuple[int, dict[str, float], str, str]:
    """One run, committed: its number, the seconds of its steps, its digest, and a digest of all its scores."""
    steps = Steps()
    run = compute_run(as_of=as_of, parameters=Parameters(), created_by_id=None, at=as_of, progress=steps)
    db.session.commit()
    scores = table_of(Score)
    stored = hashlib.sha256()
    query = select(*(column for column in scores.c if column.name != "run_id")).where(scores.c.run_id == run.id)
    for row in db.session.execute(query.order_by(scores.c.employee_id)):
        stored.update(repr(tuple(row)).encode())
    db.session.expire_all()
    return run.id, steps.seconds, run.digest, stored.hexdigest()


def _timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
