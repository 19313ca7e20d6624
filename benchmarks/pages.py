"""What a page costs: SQL statements, size, and time beside a bare Flask page in the same run.

    python -m benchmarks.pages                     the demo company, made for the occasion (a minute)
    python -m benchmarks.pages --instance FOLDER   an instance that is there already, as `make run` leaves it

The people who may be looked around as (employee, trainer, manager, owner, reviewer) sign in and follow every link they
are shown; of each kind of page the first is measured. Times are processor time, the median of --repeats requests in
this process, so no network is in them. The bare page is "hello" from an application of its own, timed in turns with
the others. A page over its budget of statements is marked, and then the exit code is 1.
"""

import argparse
import io
import logging
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import create_app
from db import db, utcnow
from jobs.terminal import TerminalBar
from people.models import Employee
from people.settings.company_settings import company_settings
from people.sign_in.operations import begin_session
from samples.load import load_if_empty

MOST, TIGHTER = 12, {"course.course": 8, "course.one_course": 8}
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
MOST_OF_A_KIND = 3  # tries to find one that answers


@dataclass(frozen=True)
class Cost:
    """One page as one person saw it; `ratio` is its time as a multiple of the bare page's."""

    endpoint: str
    role: str
    address: str
    statements: int
    size: int
    milliseconds: float
    ratio: float

    @property
    def over(self) -> bool:
        """Whether it takes more statements than it may."""
        return self.statements > TIGHTER.get(self.endpoint, MOST)


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instance", type=Path, help="the instance folder to measure")
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as temporary:
        app = _application(arguments.instance or Path(temporary))
        costs = list(measure(app, arguments.repeats))
        with app.app_context():
            db.engine.dispose()
    _print(costs)
    return int(any(cost.over for cost in costs))


def _application(folder: Path) -> Flask:
    app = create_app({"MODE": "testing", "INSTANCE_DIR": str(folder), "DATABASE_URL": ""})
    with app.app_context():
        flask_migrate.upgrade()
    load_if_empty(app, None, partial(TerminalBar, out=io.StringIO()))
    return app


def measure(app: Flask, repeats: int) -> Iterator[Cost]:
    """The cost of the first page of each kind that each person is shown."""
    bare = _bare_page()
    for role, client in _visitors(app):
        for endpoint, address in _first_of_each_kind(app, client):
            statements, size = _statements(app, client, address)
            ours, theirs = _times(client, address, bare, repeats)
            yield Cost(endpoint, role, address, statements, size, 1000 * ours, ours / theirs)


def _bare_page() -> FlaskClient:
    bare = Flask("bare")
    bare.add_url_rule("/", "hello", lambda: "hello")
    return bare.test_client()


def _visitors(app: Flask) -> list[tuple[str, FlaskClient]]:
    """A signed-in client for each role of the demo company."""
    visitors = []
    with app.app_context():
        for line in company_settings()["demo_sign_ins"].splitlines():
            role, _, email = line.partition("=")
            employee = db.session.scalars(select(Employee).where(Employee.email == email)).one()
            token = begin_session(employee, at=utcnow(), hours=1, browser="benchmark")
            signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
            client = app.test_client()
            client.set_cookie(app.config["SESSION_COOKIE_NAME"], signer.dumps({"_user_id": token, "_fresh": True}))
            visitors.append((role, client))
        db.session.commit()
    return visitors


def _first_of_each_kind(app: Flask, client: FlaskClient) -> list[tuple[str, str]]:
    """Follow the links from the first page; the first address of each endpoint that answers with a page."""
    adapter = app.url_map.bind("localhost")
    found: dict[str, str] = {}
    tried: Counter[str] = Counter()
    waiting = deque(["/"])
    while waiting:
        answer = client.get(waiting.popleft(), follow_redirects=True)
        endpoint = adapter.match(answer.request.path, method="GET")[0]
        if answer.status_code != 200 or endpoint in found:
            continue
        found[endpoint] = answer.request.full_path.rstrip("?")
        for link in dict.fromkeys(unescape(link) for link in LINK.findall(answer.text)):
            kind = adapter.match(link.partition("?")[0], method="GET")[0]
            if kind not in found and tried[kind] < MOST_OF_A_KIND and kind != "static":
                tried[kind] += 1
                waiting.append(link)
    return sorted(found.items())


def _statements(app: Flask, client: FlaskClient, address: str) -> tuple[int, int]:
    """How many statements a request takes, and how large the answer is; the second request, as the first may note."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    client.get(address)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    size = len(client.get(address).data)
    event.remove(engine, "before_cursor_execute", note)
    return len(sent), size


def _times(client: FlaskClient, address: str, bare: FlaskClient, repeats: int) -> tuple[float, float]:
    """Median seconds of the page and of the bare page, taken in turns."""
    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(_seconds(client, address))
        theirs.append(_seconds(bare, "/"))
    return statistics.median(ours), statistics.median(theirs)


def _seconds(client: FlaskClient, address: str) -> float:
    began = time.process_time()
    client.get(address)
    return time.process_time() - began


def _print(costs: list[Cost]) -> None:
    print(f"{'page':<28} {'as':<16} {'statements':>10} {'bytes':>9} {'ms':>8} {'x bare':>7}")
    for cost in sorted(costs, key=lambda cost: (cost.endpoint, cost.role)):
        mark = "  over its budget" if cost.over else ""
        print(
            f"{cost.endpoint:<28} {cost.role:<16} {cost.statements:>10} {cost.size:>9,} "
            f"{cost.milliseconds:>8.1f} {cost.ratio:>7.1f}{mark}"
        )
    print(f"{len(costs)} pages; the most statements: {max(cost.statements for cost in costs)}")


if __name__ == "__main__":
    sys.exit(main())
