"""A new run reads new months only, and says the same as one that reads everything."""

from datetime import timedelta
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest
from flask import current_app
from sqlalchemy import select

from activity.models import ActivityEvent, Import, Outcome, OutcomeCredit
from champions.models import Score
from champions.runs.columns_query import load_columns
from champions.runs.operations import LONGEST, compute_run
from champions.scoring.parameters import Parameters
from db import db
from people.models import Employee
from tests.support.cast import NOW

TOMORROW = NOW + timedelta(days=1)


def folder() -> Path:
    return Path(current_app.config["INSTANCE_DIR"]) / "months"


def act(person, name, at, *, source="desk", reply_to=None, won=False):
    event = ActivityEvent(
        source=source,
        external_id=name,
        at=at,
        employee_id=person.id,
        verb="answer",
        channel="desk",
        in_reply_to=reply_to,
    )
    db.session.add(event)
    db.session.flush()
    if won:
        outcome = Outcome(source=source, external_id=f"o-{name}", at=at, kind="accepted", value=1.0)
        db.session.add(outcome)
        db.session.flush()
        db.session.add(OutcomeCredit(outcome_id=outcome.id, employee_id=person.id, event_id=event.id))
    return event


@pytest.fixture
def half_a_year(cast):
    """Everybody answers through half a year, amara best."""
    rates = {cast.amara: 2, cast.otto: 4, cast.ben: 5, cast.carla: 6, cast.tomas: 7}
    for person, every in rates.items():
        for step in range(60):
            at = NOW - timedelta(days=3 * step + 1, minutes=person.id)
            act(person, f"{person.id}-{step}", at, reply_to=f"c-{step}", won=step % every == 0)
    db.session.commit()


def scored(as_of):
    run = compute_run(
        as_of=as_of, parameters=Parameters(), created_by_id=None, at=as_of, progress=lambda done, total, message: None
    )
    db.session.commit()
    rows = db.session.execute(
        select(Score.employee_id, Score.value, Score.lower, Score.upper, Score.p_few, Score.band, Score.parts,
               Score.evidence, Score.flags)
        .where(Score.run_id == run.id)
        .order_by(Score.employee_id)
    )  # fmt: skip
    return run.digest, run.statement, run.card, [tuple(row) for row in rows]


def times() -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder().glob("*.npz")}


def test_a_run_after_one_more_day_equals_a_run_from_nothing(cast, half_a_year):
    scored(NOW)
    act(cast.ben, "late", NOW + timedelta(hours=3), reply_to="c-1", won=True)
    after = scored(TOMORROW)
    rmtree(folder())
    assert scored(TOMORROW) == after


def test_only_the_month_that_grew_is_read_again(cast, half_a_year):
    scored(NOW)
    before = times()
    act(cast.ben, "late", NOW + timedelta(hours=3), won=True)
    scored(TOMORROW)
    after = times()
    assert len(after) == len(before)
    assert {name[:-21] for name in after.keys() - before.keys()} == {"events-2026-03", "outcomes-2026-03"}
    assert {name: when for name, when in before.items() if name in after}.items() <= after.items()


def test_rows_that_come_late_are_seen(cast, half_a_year):
    scored(NOW)
    act(cast.carla, "older", NOW - timedelta(days=100), won=True)
    late = scored(NOW)
    rmtree(folder())
    assert scored(NOW) == late


@pytest.mark.parametrize("change", ["actor", "copy", "reach", "removed", "link", "share", "import"])
def test_a_month_that_was_corrected_is_read_again(cast, half_a_year, change):
    first = scored(NOW)
    event = db.session.scalars(select(ActivityEvent).where(ActivityEvent.external_id == f"{cast.amara.id}-40")).one()
    credit = db.session.scalars(select(OutcomeCredit).where(OutcomeCredit.event_id == event.id)).one()
    match change:
        case "actor":
            event.employee_id = cast.carla.id
        case "copy":
            event.is_copy = True
        case "reach":
            event.reach = "paid"
        case "removed":
            db.session.delete(credit)
            db.session.flush()
            db.session.delete(event)
        case "link":
            credit.event_id = None
        case "share":
            credit.share = 0.25
        case "import":
            event.verb = "comment"
            said = {"file_name": "a.csv", "stored_name": "a", "digest": "", "mapping": {}, "created_at": NOW}
            db.session.add(Import(kind="activity", source="desk", changed=1, **said))
    db.session.commit()
    changed = scored(NOW)
    assert changed[0] != first[0]
    rmtree(folder())
    assert scored(NOW) == changed


def test_a_broken_file_is_read_again(cast, half_a_year):
    first = scored(NOW)
    for path in folder().glob("events-*.npz"):
        path.write_bytes(path.read_bytes()[:100])
    assert scored(NOW) == first


def test_answers_to_an_event_that_is_not_here_are_held_together_within_their_source(cast):
    act(cast.amara, "1", NOW - timedelta(days=60), reply_to="c-1")
    act(cast.ben, "2", NOW - timedelta(days=2), reply_to="c-1")
    act(cast.carla, "3", NOW - timedelta(days=2), source="forum", reply_to="c-1")
    act(cast.tomas, "4", NOW - timedelta(days=1), source="forum", reply_to="1")
    act(cast.otto, "5", NOW - timedelta(days=1), reply_to="1")
    db.session.commit()
    events = load_columns(NOW, NOW - LONGEST).events
    assert events.thread is not None
    thread = events.thread.tolist()
    assert thread[0] == thread[1] >= 0
    assert len({thread[0], thread[2], thread[3]}) == 3
    assert events.parent.tolist() == [-1, -1, -1, -1, 0]


def test_who_leaves_or_opts_out_is_left_out_of_kept_months(cast, half_a_year):
    scored(NOW)
    columns = load_columns(NOW, NOW - LONGEST)
    place = columns.people.ids.index(str(cast.otto.id))
    assert np.count_nonzero(columns.events.actor == place) == 60
    db.session.get_one(Employee, cast.otto.id).opted_out_at = NOW
    db.session.commit()
    without = load_columns(NOW, NOW - LONGEST)
    assert str(cast.otto.id) not in without.people.ids
    assert np.count_nonzero(without.events.actor == -1) == 60
    assert len(without.outcomes) < len(columns.outcomes)
