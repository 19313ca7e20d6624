"""What the page of looking back shows: the latest backtest, with names, and those before it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from champions.backtest.models import Backtest
from champions.backtest.operations import settings_key
from champions.models import ScoringRun
from champions.scoring.judging import Figure
from champions.shortlist.queries import Named, people_named
from db import db

WORDS = {
    "our list": "Our list",
    "activity count": "By number of posts and replies",
    "popularity": "By how many people turned to them",
}


@dataclass(frozen=True)
class Told:
    """Somebody who would have been named, and the worth of the results that they brought; `name` empty: not told."""

    employee_id: int
    name: str
    team: str
    brought: float


@dataclass(frozen=True)
class Day:
    """One earlier day: who would have been named, best first, and results a person of each list and of the others."""

    as_of: datetime
    people: int
    named: tuple[Told, ...]
    others: float
    lists: tuple[tuple[str, float], ...]

    @property
    def highest(self) -> float:
        """The largest figure of this day, for the scale of its bars."""
        return max([self.others, *(value for _, value in self.lists), 0.1])


def latest(settings: dict[str, Any] | None = None) -> Backtest | None:
    """The newest backtest, or the newest made with these settings (parameters as JSON)."""
    query = select(Backtest).order_by(Backtest.id.desc()).limit(1)
    if settings is not None:
        query = query.where(Backtest.settings_key == settings_key(settings))
    return db.session.scalars(query).first()


def earlier(before: int, most: int = 8) -> list[Backtest]:
    """Backtests before this one, the newest first."""
    return list(
        db.session.scalars(select(Backtest).where(Backtest.id < before).order_by(Backtest.id.desc()).limit(most))
    )


def days(row: Backtest) -> list[Day]:
    """The earlier days of a backtest, the newest first; who left or opted out since is counted and not named."""
    people = people_named({person for moment in row.moments for person, _ in moment["named"]})
    return [_day(moment, people) for moment in row.moments]


def _day(moment: dict[str, Any], people: dict[int, Named]) -> Day:
    told = [
        Told(
            person,
            people[person].name if person in people else "",
            people[person].team if person in people else "",
            brought,
        )
        for person, brought in moment["named"]
    ]
    return Day(
        datetime.fromtimestamp(moment["as_of"], UTC),
        moment["people"],
        tuple(told),
        number(moment["others_per_person"]),
        tuple((WORDS[name], number(moment["per_person"][name])) for name in WORDS if name in moment["per_person"]),
    )


def figures(row: Backtest, aim: str) -> dict[str, Figure]:
    """The figures of one aim ("results", "aim", "both" or "gap") by ranking, in the order in which they are shown."""
    stored = row.figures[aim]
    return {name: Figure(*(number(value) for value in stored[name])) for name in WORDS if name in stored}


def number(value: float | None) -> float:
    """What was stored; NaN where it was no number."""
    return math.nan if value is None else value


def of_run(run: ScoringRun) -> Backtest | None:
    """The newest backtest made with the settings of a run."""
    return latest(run.parameters)


def ids(days_: Iterable[Day]) -> set[int]:
    """The employees named on a page of days."""
    return {told.employee_id for item in days_ for told in item.named if told.name}
