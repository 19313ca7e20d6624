"""Loading in steps that bear being stopped: what is done is noted, and the next start goes on from there.

A step changes everything or nothing, and its note is committed with it; imports, which commit themselves, change
nothing when they are repeated. So nothing is ever wiped, neither ours nor a company's own.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Flask
from sqlalchemy import ColumnElement, delete, exists, or_, select

from activity.models import Import
from db import bulk_upsert, db, may_write, table_of
from jobs.progress import News
from jobs.terminal import TerminalBar
from people.directory.rows import LOCAL_PREFIX
from people.models import CompanySetting, Employee

LOADING = "loading"
"""The company setting that is there while a load is not finished."""

Bar = Callable[[str], TerminalBar]
Tell = Callable[[int, int, str], None]


class LoadError(Exception):
    """Nothing can be loaded here; the message says why and what to do."""


@dataclass(frozen=True)
class Errand:
    """What is being loaded (`what`, from `source`), the moment that is told as now, and the steps that are done."""

    what: str
    source: str
    now: datetime
    done: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps({**vars(self), "now": self.now.isoformat()})

    @classmethod
    def from_json(cls, text: str) -> "Errand":
        """Read what `to_json` wrote."""
        facts = json.loads(text)
        return cls(facts["what"], facts["source"], datetime.fromisoformat(facts["now"]), tuple(facts["done"]))


@dataclass(frozen=True)
class Step:
    """A part of loading: its name in the notes, what the bar calls it, and the deed.

    The deed is handed where to tell how far it is, and returns what came of it in words.
    """

    name: str
    title: str
    run: Callable[[Tell], str]


def open_errand() -> Errand | None:
    """What an earlier start was loading when it was stopped. In an application context."""
    text = db.session.scalar(select(CompanySetting.value).where(CompanySetting.name == LOADING))
    return Errand.from_json(text) if text else None


def go_on_with(errand: Errand, what: str) -> None:
    """Raise LoadError if the load that was stopped was of something else, or if others have added data since."""
    if errand.what != what:
        raise LoadError(
            f"An earlier start was stopped while it loaded {errand.what}, and this one is to load {what}. "
            "Start that one again to finish it, or use another INSTANCE_DIR or database."
        )
    if db.session.scalar(select(_others_were_here(errand.source))):
        raise LoadError(
            f"An earlier start was stopped while it loaded {errand.what}, and people or files were added since. "
            "Nothing was changed. Use another INSTANCE_DIR or an empty database for your own data."
        )


def _others_were_here(source: str) -> ColumnElement[bool]:
    return or_(exists().where(Import.source != source), exists().where(Employee.external_id.startswith(LOCAL_PREFIX)))


def run_steps(app: Flask, errand: Errand, steps: Iterable[Step], bar: Bar) -> None:
    """Run the steps that are not done yet, each in a context of its own and with a bar of its own."""
    with app.app_context():
        note(errand)
        db.session.commit()
    for step in steps:
        if step.name in errand.done:
            continue
        with app.app_context():
            errand = _run(step, errand, bar(step.title))


def _run(step: Step, errand: Errand, bar: TerminalBar) -> Errand:
    """Run one step and note it, in one transaction; returns the errand with the step done."""
    try:
        may_write()
        errand = replace(errand, done=(*errand.done, step.name))
        told = step.run(lambda done, total, message: bar(News(done, total, message)))
        may_write()
        note(errand)
        db.session.commit()
        bar(News(1, 1, told))
    finally:
        bar.close()
    return errand


def note(errand: Errand) -> None:
    """Keep how far it is. Adds and flushes."""
    bulk_upsert(table_of(CompanySetting), [{"name": LOADING, "value": errand.to_json()}], key="name", columns=["value"])


def finish() -> None:
    """Forget the errand: everything is loaded. Commits."""
    db.session.execute(delete(CompanySetting).where(CompanySetting.name == LOADING))
    db.session.commit()
