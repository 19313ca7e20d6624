"""The attempt protocol: no acknowledged answer lost, no attempt graded twice, none finished without a grade.

    python -m benchmarks.attempts                        500 learners, 10,000 attempts of 10 answers, 50 kills
    python -m benchmarks.attempts --short                8 learners, 16 attempts, 3 kills
    python -m benchmarks.attempts --only postgresql      one database

On SQLite and on PostgreSQL: a real server (gunicorn, 2 workers of 4 threads) is killed with kill -9 while learners
answer, change answers, and submit twice at once; then the database is judged against what the learners were told. The
same is done with each planted fault, which the judge must see. Then the server works in peace, with a think time, for
the figures. Kill -9 is no power failure: what the disk itself loses is not tested.
"""

import argparse
import secrets
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app import create_app
from benchmarks.attempts.faults import Fault
from benchmarks.attempts.learners import Log
from benchmarks.attempts.run import Result, Size, measure, run
from benchmarks.attempts.server import Parent, Server
from db import Base, db
from tests.support.ports import free_port
from tests.support.postgres import Cluster

FULL, SHORT, WITH_FAULT = Size(500, 20, 50), Size(8, 2, 3), Size(8, 2, 2)


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """The settings of an application on an empty database of this kind, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"MODE": "testing", "SECRET_KEY": secrets.token_hex(32), "INSTANCE_DIR": folder, "DATABASE_URL": ""}
        if kind == "sqlite":
            yield settings
            return
        cluster = Cluster()
        try:
            yield {**settings, "DATABASE_URL": f"{cluster.address}/postgres"}
        finally:
            cluster.stop()


def made_app(settings: dict[str, str]) -> Flask:
    """The application with all its tables."""
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


def main() -> int:
    """Run what the options ask for; 1 if a fault was found or a planted one was not seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a small run, without figures")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one database")
    parser.add_argument("--learners", type=int, default=FULL.learners)
    parser.add_argument("--attempts", type=int, default=FULL.attempts, help="of each learner")
    parser.add_argument("--kills", type=int, default=FULL.kills)
    parser.add_argument("--calm", type=float, default=60.0, help="seconds of the run for figures")
    parser.add_argument("--think", type=float, default=10.0, help="mean seconds between two steps in it")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    size = SHORT if options.short else Size(options.learners, options.attempts, options.kills)
    parent, failed = Parent(), False
    try:
        for kind in (options.only,) if options.only else ("sqlite", "postgresql"):
            failed |= not _protocol(kind, parent, size, options.seed)
            failed |= not _faults_are_seen(kind, parent, options.seed)
            if not options.short:
                _figures(kind, parent, options)
    finally:
        parent.close()
    return 1 if failed else 0


def _protocol(kind: str, parent: Parent, size: Size, seed: int) -> bool:
    with database(kind) as settings:
        result = run(made_app(settings), parent, Server(settings, free_port()), size, seed)
    print(f"\n{kind}: {size.learners} learners, {len(result.log.finished):,} attempts, {size.kills} kills")
    print(f"  acknowledged answers {len(result.log.saved):>9,}   in {result.seconds:.0f} s")
    for name in ("acknowledged answer lost", "graded twice", "finished without a grade"):
        print(f"  {name:<28} {result.verdict.counts[name]:>3}")
    _print_times(result.log, result.seconds)
    return _print_faults(result)


def _print_faults(result: Result) -> bool:
    if not result.verdict.faults:
        print("  nothing else was found.")
        return True
    print(f"  FAULTS: {result.verdict.faults}", *result.verdict.cases[:10], sep="\n    ")
    return False


def _faults_are_seen(kind: str, parent: Parent, seed: int) -> bool:
    print(f"{kind}: planted faults")
    all_seen = True
    for fault in Fault:
        with database(kind) as settings:
            server = Server(settings, free_port(), fault)
            result = run(made_app(settings), parent, server, WITH_FAULT, seed, fault)
        found = ", ".join(f"{count} x {name}" for name, count in result.verdict.faults.items())
        print(f"  {fault:<30} {'seen: ' + found if found else 'NOT SEEN'}")
        all_seen &= bool(found)
    return all_seen


def _figures(kind: str, parent: Parent, options: argparse.Namespace) -> None:
    with database(kind) as settings:
        server = Server(settings, free_port())
        app = made_app(settings)
        log = measure(app, parent, server, options.learners, options.calm, options.think, options.seed)
    print(f"{kind}: {options.learners} learners, think time {options.think:g} s, {options.calm:g} s")
    _print_times(log, options.calm)


def _print_times(log: Log, seconds: float) -> None:
    print("  step        number   a second   p50 ms   p95 ms   p99 ms")
    for kind, times in sorted(log.seconds.items()):
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=100, method="inclusive")
            shown = "".join(f"{1000 * cuts[place - 1]:9.1f}" for place in (50, 95, 99))
            print(f"  {kind:<8} {len(times):>9,} {len(times) / seconds:>10.1f} {shown}")


if __name__ == "__main__":
    sys.exit(main())
