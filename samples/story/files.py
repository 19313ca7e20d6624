"""The exports of the demo's own systems, as they would have been on a day, and their import."""

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from activity.imports.folder_import import import_folder
from samples.company import files
from samples.company.records import Company, Person
from samples.loading import Tell
from samples.story.days import RUNS
from samples.story.state import SOURCE, Story

NOTICE = timedelta(days=30)
"""So long before it the directory knows of the end of an employment."""


def import_until(story: Story, turn: int, tell: Tell) -> str:
    """Import the directory as it stood on the day of run `turn`, and all that happened since the run before."""
    calendar = story.calendar
    until = calendar.start_of(RUNS[turn])
    since = calendar.start_of(RUNS[turn - 1]) if turn else until - timedelta(days=400)
    company = stretch(story.taught if turn else story.company, since, until)
    with tempfile.TemporaryDirectory() as folder:
        files.write(company, Path(folder))
        import_folder(
            Path(folder),
            SOURCE,
            at=calendar.at(RUNS[turn], 6),
            progress=lambda news: tell(news.done, news.total, news.message),
            actor_id=story.owner_id if turn else None,
        )
    return f"{len(company.events):,} events and {len(company.outcomes):,} outcomes"


def stretch(company: Company, since: datetime, until: datetime) -> Company:
    """The company as its systems knew it at `until`, with what happened from `since` on."""
    return replace(
        company,
        people=tuple(_as_known(person, until) for person in company.people if person.start <= until.date()),
        events=tuple(event for event in company.events if since <= event.at < until),
        outcomes=tuple(outcome for outcome in company.outcomes if since <= outcome.at < until),
    )


def _as_known(person: Person, on: datetime) -> Person:
    if person.end is not None and person.end > (on + NOTICE).date():
        return replace(person, end=None)
    return person
