"""What the page about one person shows: the trend over runs, evidence row by row, and who looked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Float, cast, func, literal, null, select

from activity.models import ActivityEvent, Outcome, OutcomeCredit
from champions.models import Score, ScoreView, ScoringRun
from db import db
from people.models import Employee
from web import PAGE_SIZE, Page

MOST_RUNS, MOST_LOOKS = 12, 10


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


def trend_and_looks(
    employee_id: int, runs: int = MOST_RUNS, looks: int = MOST_LOOKS
) -> tuple[list[RunScore], list[Looked]]:
    """The person's last scores, the oldest first, and who looked lately, the latest first. One statement."""
    nothing = cast(null(), Float)
    scores = (
        select(ScoringRun.as_of, literal(""), Score.run_id, Score.value, Score.lower, Score.upper)
        .join(ScoringRun, ScoringRun.id == Score.run_id)
        .where(Score.employee_id == employee_id)
        .order_by(Score.run_id.desc())
        .limit(runs)
        .subquery()
    )
    views = (
        select(ScoreView.at, Employee.name, ScoreView.run_id, nothing, nothing, nothing)
        .join(Employee, Employee.id == ScoreView.viewer_id)
        .where(ScoreView.employee_id == employee_id)
        .order_by(ScoreView.at.desc())
        .limit(looks)
        .subquery()
    )
    rows = db.session.execute(select(scores).union_all(select(views))).all()
    trend = sorted((RunScore(row[2], row[0], *row[3:]) for row in rows if row[3] is not None), key=_by_run)
    looked = [Looked(row[0], row[1], row[2]) for row in rows if row[3] is None]
    return trend, sorted(looked, key=lambda item: item.at, reverse=True)


def _by_run(score: RunScore) -> int:
    return score.run_id


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
