"""What the page about one person shows: the trend over runs, evidence row by row, and who looked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from activity.models import ActivityEvent, Outcome, OutcomeCredit, Reach
from champions.models import Score, ScoreView, ScoringRun
from db import db
from people.models import Employee
from web import PAGE_SIZE, Page


@dataclass(frozen=True)
class RunScore:
    """One person's score in one run."""

    run_id: int
    as_of: datetime
    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Evidence:
    """One outcome credited to the person, and the event that brought it where that is known."""

    at: datetime
    kind: str
    value: float
    channel: str
    permalink: str
    verb: str


@dataclass(frozen=True)
class Looked:
    """That somebody looked at the score."""

    at: datetime
    name: str
    run_id: int


def trend(employee_id: int, most: int = 12) -> list[RunScore]:
    """The person's scores in the last runs, the oldest first."""
    query = (
        select(Score.run_id, ScoringRun.as_of, Score.value, Score.lower, Score.upper)
        .join(ScoringRun, ScoringRun.id == Score.run_id)
        .where(Score.employee_id == employee_id)
        .order_by(Score.run_id.desc())
        .limit(most)
    )
    return [RunScore(*row) for row in reversed(db.session.execute(query).all())]


def evidence(
    employee_id: int, run: ScoringRun, kind: str | None = None, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[Evidence]:
    """The outcomes credited to the person within the run's window, the newest first, a page of them."""
    criteria = [
        OutcomeCredit.employee_id == employee_id,
        Outcome.at >= run.window_from,
        Outcome.at < run.as_of,
        Outcome.kind.in_([kind] if kind else run.card["kinds"]),
    ]
    query = (
        select(
            Outcome.at,
            Outcome.kind,
            Outcome.value * OutcomeCredit.share,
            func.coalesce(ActivityEvent.channel, ""),
            func.coalesce(ActivityEvent.permalink, ""),
            func.coalesce(ActivityEvent.verb, ""),
            func.count().over(),
        )
        .join(OutcomeCredit, OutcomeCredit.outcome_id == Outcome.id)
        .outerjoin(ActivityEvent, ActivityEvent.id == OutcomeCredit.event_id)
        .where(*criteria)
        .order_by(Outcome.at.desc(), Outcome.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    rows = db.session.execute(query).all()
    return Page([Evidence(*row[:6]) for row in rows], number, rows[0][6] if rows else 0, size)


def reach_counts(employee_id: int, run: ScoringRun) -> dict[Reach, int]:
    """How many of the person's own events in the window were paid, organic, or do not say."""
    query = (
        select(ActivityEvent.reach, func.count())
        .where(
            ActivityEvent.employee_id == employee_id,
            ActivityEvent.at >= run.window_from,
            ActivityEvent.at < run.as_of,
        )
        .group_by(ActivityEvent.reach)
    )
    counts = {Reach(reach): number for reach, number in db.session.execute(query)}
    return {reach: counts.get(reach, 0) for reach in Reach}


def who_looked(employee_id: int, most: int = 10) -> list[Looked]:
    """Who looked at the person's score lately, the latest first."""
    query = (
        select(ScoreView.at, Employee.name, ScoreView.run_id)
        .join(Employee, Employee.id == ScoreView.viewer_id)
        .where(ScoreView.employee_id == employee_id)
        .order_by(ScoreView.at.desc())
        .limit(most)
    )
    return [Looked(*row) for row in db.session.execute(query)]
