"""Reads about jobs: for the list, for one job, and for the shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Row, Select, func, select

from db import Base, db
from jobs.models import Job, JobState
from jobs.progress import News, read_news
from mail import OutgoingMail
from web import PAGE_SIZE, Page

COLUMNS = (
    Job.id,
    Job.kind,
    Job.title,
    Job.state,
    Job.tries,
    Job.most_tries,
    Job.run_after,
    Job.done,
    Job.total,
    Job.message,
    Job.error,
    Job.created_at,
    Job.started_at,
    Job.ended_at,
)


@dataclass(frozen=True)
class JobView:
    """A job as pages and the command line show it; `news` is live while it runs."""

    id: int
    kind: str
    title: str
    state: JobState
    tries: int
    most_tries: int
    run_after: datetime
    news: News
    error: str
    actor: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def seconds(self) -> float | None:
        """How long the last try took; None while it runs or before it began."""
        if self.started_at is None or self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds()

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in {JobState.DONE, JobState.DEAD}


@dataclass(frozen=True)
class MailTrouble:
    """Messages that the mail server did not take: how many, and what it said last."""

    number: int
    error: str


def counts() -> Mapping[JobState, int]:
    """How many jobs there are in each state; every state is there."""
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    found = {JobState(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in JobState}


def jobs_page(state: JobState | None, number: int, total: int, folder: Path) -> Page[JobView]:
    """One page of the jobs, newest first; `total` as counted, `folder` is the instance folder."""
    query = _rows().order_by(Job.id.desc()).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    if state is not None:
        query = query.where(Job.state == state)
    return Page([_view(row, folder) for row in db.session.execute(query)], number, total)


def job_view(job_id: int, folder: Path) -> JobView | None:
    """One job, or None."""
    row = db.session.execute(_rows().where(Job.id == job_id)).one_or_none()
    return None if row is None else _view(row, folder)


def newest(state: JobState | None, most: int, folder: Path) -> Sequence[JobView]:
    """The newest jobs, for the command line."""
    query = _rows().order_by(Job.id.desc()).limit(most)
    if state is not None:
        query = query.where(Job.state == state)
    return [_view(row, folder) for row in db.session.execute(query)]


def mail_trouble() -> MailTrouble | None:
    """Messages that were tried and not taken, or None."""
    unsent = (OutgoingMail.sent_at.is_(None), OutgoingMail.error != "")
    number, error = db.session.execute(select(func.count(), func.max(OutgoingMail.error)).where(*unsent)).one()
    return MailTrouble(number, error) if number else None


def _rows() -> Select:
    # The table is named, not imported: people stands above jobs.
    people = Base.metadata.tables["employee"]
    who = func.coalesce(people.c.name, "").label("actor")
    return select(*COLUMNS, who).select_from(Job).outerjoin(people, people.c.id == Job.actor_id)


def _view(row: Row, folder: Path) -> JobView:
    values = dict(row._mapping)
    done, total, message = values.pop("done"), values.pop("total"), values.pop("message")
    state = JobState(values.pop("state"))
    news = read_news(folder, row.id) if state is JobState.RUNNING else News(done, total, message)
    return JobView(**values, state=state, news=news)
