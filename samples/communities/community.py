"""A real community in the neutral format, step by step: imported, scored on its last day, and given trainers.

Nothing is invented about its people. Decisions are those of the accounts of the house, which say what they are; nobody
has learnt anything yet.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from activity.formats.fields import FileKind
from activity.imports.folder_import import files_in, import_file
from activity.models import ActivityEvent, Outcome
from champions.backtest.operations import compute_backtest
from champions.runs.operations import SETTING, chosen_parameters, compute_run
from champions.scoring.folder import read_hints
from champions.scoring.parameters import Parameters
from db import db
from samples.communities.attribution import attribution_of, site_of
from samples.communities.champions import name_champions, teach_everybody
from samples.communities.house import account, enter_house, open_doors
from samples.communities.people import as_one_company
from samples.loading import Errand, LoadError, Step, Tell
from samples.story.founding import load, store
from samples.story.state import STARTER, TRAINERS

TITLES = {
    FileKind.DIRECTORY: "People",
    FileKind.LIBRARY: "Library",
    FileKind.ACTIVITY: "Activity",
    FileKind.OUTCOMES: "Outcomes",
}
YEAR = timedelta(days=365)


def steps_for(folder: Path, errand: Errand) -> tuple[Step, ...]:
    """All steps for the community in `folder`. Raises LoadError for a folder without people."""
    files = dict(files_in(folder))
    if FileKind.DIRECTORY not in files:
        raise LoadError(f"{folder} has no people: put people.csv (person_id, joined_at, team) beside the other files.")
    now = errand.now
    return (
        *_imports(files, errand),
        Step("house", "Accounts of the house", lambda tell: _found(folder, now)),
        Step("run 1", "Scoring as of a year before", partial(_score_before, now)),
        Step("run 2", "Scoring as of the last day", partial(_score, now, timedelta())),
        Step("looking back", "Looking back", partial(_look_back, now)),
        Step("champions", "Nominations", partial(name_champions, now)),
        Step("assignments", "Trainers for everybody", partial(teach_everybody, now)),
        Step("doors", "Accounts to look around", lambda tell: open_doors(now)),
    )


def _imports(files: dict[FileKind, Path], errand: Errand) -> Iterator[Step]:
    for kind, path in files.items():
        yield Step(f"import {kind.value}", TITLES[kind], partial(_import, kind, path, errand))


def _import(kind: FileKind, path: Path, errand: Errand, tell: Tell) -> str:
    def show(kind: FileKind, path: Path) -> str:
        row = import_file(
            kind,
            path,
            errand.source,
            at=errand.now,
            progress=lambda news: tell(news.done, news.total, news.message),
            actor_id=None,
        )
        return f"{row.taken:,} rows taken, {row.known:,} known already, {row.rejected:,} rejected"

    if kind is not FileKind.DIRECTORY:
        return show(kind, path)
    with as_one_company(path) as people:
        return show(kind, people)


def _found(folder: Path, now: datetime) -> str:
    """Say where the data come from, enter the house, load the courses, take the worths that the community states."""
    source = attribution_of(folder)
    store({name: text for name, text in (("attribution", source), ("attribution_link", site_of(source))) if text})
    told = enter_house(now)
    for slug in (STARTER, TRAINERS):
        load(slug, now)
    kinds = tuple(db.session.scalars(select(Outcome.kind).distinct().order_by(Outcome.kind)))
    usual = Parameters()
    parameters = read_hints(folder).applied(usual, kinds)
    if parameters != usual:
        store({SETTING: json.dumps(parameters.to_json())})
    return told


def _score_before(now: datetime, tell: Tell) -> str:
    """The run before, so that scores have a past; not in a community that was too young then."""
    first = db.session.scalar(select(func.min(ActivityEvent.at)))
    if first is None or first > _end_of_data() - 2 * YEAR:
        return "The community is younger than two years: there is nothing to compare with"
    return _score(now, YEAR, tell)


def _score(now: datetime, before: timedelta, tell: Tell) -> str:
    """Score as of the end of the last day with data, or some time before."""
    run = compute_run(
        as_of=_end_of_data() - before,
        parameters=chosen_parameters(),
        created_by_id=account("owner"),
        at=now,
        progress=tell,
    )
    return run.statement


def _look_back(now: datetime, tell: Tell) -> str:
    """Ask the community's own past whether the list would have been right, from the end of the data."""
    row = compute_backtest(
        as_of=_end_of_data(),
        parameters=chosen_parameters(),
        created_by_id=account("owner"),
        at=now,
        progress=tell,
    )
    return row.statement


def _end_of_data() -> datetime:
    last = max(
        filter(None, (db.session.scalar(select(func.max(column))) for column in (ActivityEvent.at, Outcome.at))),
        default=None,
    )
    if last is None:
        raise LoadError("There is neither activity nor an outcome in these files: nothing can be scored.")
    return last.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
