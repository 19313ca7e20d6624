"""One run's model card: what it read, how it weighed, how it would have done, what it cannot say, and what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from champions.backtest.models import Backtest
from champions.backtest.queries import of_run as backtest_of_run
from champions.models import Score, ScoringRun
from champions.scores.unknown_words import of_run as unknown_of_run
from champions.scoring.parameters import BOUNDS
from champions.scoring.result import Band
from champions.words import title_of
from db import db

LIMITS = (
    "It sees only the channels that were imported, and only outcomes that somebody confirmed.",
    "It says who brings results, not who teaches well: whether somebody can teach is asked, tried, and reported.",
    "A person with little evidence has a wide range; the range says so, the score alone does not.",
    "Worths are a choice of the company, and no data can show that they are right.",
    "It is a fact for people to decide on. It decides nothing by itself.",
)
FAILURES = (
    "At a single moment the figures wander by 0.1 to 0.2 of the best possible; judge by several moments.",
    "Looking back at six communities, of those called sure 67 to 100 in 100 were among the few of the following year, "
    "of the borderline 18 to 47. So some who are sure turn out not to be, and some who are not shown turn out to be.",
    "Where it is not known how often somebody tried, aim cannot be told from effort: busy people are favoured there.",
    "A second account that confirms its owner helps it a little before an alarm is raised; so does praise that a group "
    "spreads thinly over many others.",
    "Who works where nothing is recorded as an outcome stands near 0, whatever they do.",
)


@dataclass(frozen=True)
class Setting:
    """One parameter of the run, why it exists, and what it was in the run before (empty: the same)."""

    name: str
    value: str
    unit: str
    why: str
    before: str


@dataclass(frozen=True)
class Kind:
    """One kind of outcome that counts: its worth, what an attempt is (empty: not known), and how many were read."""

    title: str
    worth: str
    attempt: str
    number: int


@dataclass(frozen=True)
class Change:
    """How the list differs from that of the run before, in people."""

    before: ScoringRun
    entered: int
    left: int
    stayed: int


@dataclass(frozen=True)
class ModelCard:
    """Everything on the card."""

    run: ScoringRun
    sure: int
    borderline: int
    kinds: tuple[Kind, ...]
    not_counted: tuple[tuple[str, int], ...]
    settings: tuple[Setting, ...]
    unknown: tuple[str, ...]
    backtest: Backtest | None
    change: Change | None

    @property
    def changed(self) -> tuple[Setting, ...]:
        """The settings that were others in the run before."""
        return tuple(setting for setting in self.settings if setting.before)


def card_of(run: ScoringRun) -> ModelCard:
    """The card of a run, in three statements."""
    query = select(ScoringRun).where(ScoringRun.id < run.id).order_by(ScoringRun.id.desc()).limit(1)
    before = db.session.scalars(query).first()
    bands = _bands(run, before)
    here = bands[run.id]
    change = None
    if before is not None:
        there = set(bands[before.id])
        change = Change(before, len(set(here) - there), len(there - set(here)), len(there & set(here)))
    return ModelCard(
        run=run,
        sure=sum(band == Band.SURE for band in here.values()),
        borderline=sum(band == Band.BORDERLINE for band in here.values()),
        kinds=_kinds(run),
        not_counted=_not_counted(run),
        settings=_settings(run, before),
        unknown=tuple(unknown_of_run(run.card)),
        backtest=backtest_of_run(run),
        change=change,
    )


def _bands(run: ScoringRun, before: ScoringRun | None) -> dict[int, dict[int, str]]:
    """Who is in a band, by run and employee."""
    runs = [run.id, *([before.id] if before else [])]
    query = select(Score.run_id, Score.employee_id, Score.band).where(
        Score.run_id.in_(runs), Score.band != Band.NOT_SHOWN
    )
    found: dict[int, dict[int, str]] = {number: {} for number in runs}
    for run_id, employee_id, band in db.session.execute(query):
        found[run_id][employee_id] = band
    return found


def _kinds(run: ScoringRun) -> tuple[Kind, ...]:
    worths, attempts = run.parameters["worths"], run.card.get("attempts", {})
    numbers = run.card.get("outcomes", {}).get("by_kind", {})
    return tuple(
        Kind(
            title_of(kind),
            f"{worths.get(kind, run.parameters['other_worth']):g}",
            attempts.get(kind) or "",
            numbers.get(kind, 0),
        )
        for kind in run.card["kinds"]
    )


def _not_counted(run: ScoringRun) -> tuple[tuple[str, int], ...]:
    numbers: Mapping[str, int] = run.card.get("outcomes", {}).get("by_kind", {})
    return tuple(
        (title_of(kind), number) for kind, number in numbers.items() if kind not in run.card["kinds"] and number
    )


def _settings(run: ScoringRun, before: ScoringRun | None) -> tuple[Setting, ...]:
    earlier = before.parameters if before else run.parameters
    settings = [
        _setting(name, run.parameters.get(name), earlier.get(name), bound.unit, bound.why)
        for name, bound in BOUNDS.items()
    ]
    why = "Compare people of the same job, site and access to channels with each other first."
    settings.append(_setting("peer_groups", run.parameters.get("peer_groups"), earlier.get("peer_groups"), "", why))
    return tuple(settings)


def _setting(name: str, value: Any, before: Any, unit: str, why: str) -> Setting:
    words = name.replace("_", " ")
    return Setting(words[:1].upper() + words[1:], _plain(value), unit, why, _plain(before) if before != value else "")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not set" if value is None else f"{value:g}"
