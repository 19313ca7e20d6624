"""Fills an empty database: with the demo company, or with a real community in the neutral format.

Used by `make run` and by `flask samples load`. With anybody in the database already it does nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import exists, select

from activity.imports.reading import UnreadableError
from db import db, utcnow
from jobs.running import JobFailedError
from people.models import Employee
from samples.communities.community import steps_for
from samples.loading import Bar, Errand, LoadError, Step, finish, go_on_with, open_errand, run_steps
from samples.story.days import Calendar
from samples.story.state import SOURCE, Make, Story, generate
from samples.story.story import steps_of

SEED = 7
DEMO = "the demo company"


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and by which steps of this start. `what` is "" if somebody was in the database already."""

    what: str = ""
    steps: tuple[str, ...] = ()


def load_if_empty(
    app: Flask, data_folder: Path | None, bar: Bar, *, now: datetime | None = None, make: Make = generate
) -> Loaded:
    """Load the community in `data_folder`, or the demo company, into a database with nobody in it.

    A load that was stopped is gone on with from its last finished step. `bar(title)` makes a bar for one step; `now` is
    the moment that is told as today (default: the real one), and `make` makes the demo company. Raises LoadError.
    """
    what = f"the community in {data_folder.resolve()}" if data_folder else DEMO
    with app.app_context():
        errand = open_errand()
        if errand is not None:
            go_on_with(errand, what)
        elif db.session.scalar(select(exists().where(Employee.id.is_not(None)))):
            db.session.commit()
            return Loaded()
        db.session.commit()
    if errand is None:
        source = data_folder.resolve().name if data_folder else SOURCE
        errand = Errand(what, source, now or utcnow())
    steps = _steps(errand, data_folder, make)
    left = tuple(step.name for step in steps if step.name not in errand.done)
    try:
        run_steps(app, errand, steps, bar)
    except (JobFailedError, UnreadableError) as error:
        raise LoadError(f"{what} cannot be loaded: {error}") from error
    with app.app_context():
        finish()
    return Loaded(what, left)


def _steps(errand: Errand, data_folder: Path | None, make: Make) -> tuple[Step, ...]:
    if data_folder is None:
        return steps_of(Story(SEED, Calendar(errand.now), make))
    if not data_folder.is_dir():
        raise LoadError(f"There is no folder {data_folder}.")
    return steps_for(data_folder, errand)
