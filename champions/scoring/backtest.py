"""The user's own past: whom we would have named on earlier days, and what they and the others brought since.

Pure. Each moment is scored from what was known before it; the following year is the truth. Lists are judged
by both aims, results and results beyond the usual, each as a share of what the best possible list brought,
joined by the dial: results^(1 - dial) x aim^dial. Where attempts are not known the results alone count.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from champions.scoring import engine
from champions.scoring.columns import Columns, Reals
from champions.scoring.fading import DAY
from champions.scoring.judging import Figure, drawings, joined, of_best, pooled
from champions.scoring.kinds import counted_kinds
from champions.scoring.parameters import Parameters
from champions.scoring.rankers import activity, popularity
from champions.scoring.statement import FEWEST_PEOPLE
from champions.scoring.truth import beyond_usual, results

OURS = "our list"
AGAINST = {"activity count": activity, "popularity": popularity}
FEWEST_RESULTS = 30.0
FEWEST_NAMED = 5
FEWEST_HISTORY_DAYS = 90.0
FEWEST_DRAWINGS, MOST_NUMBERS = 20, 50_000_000
HORIZONS = (365.0, 182.0, 91.0)
FEWEST_MOMENTS = 2


class Quality(StrEnum):
    """The verdict of a backtest."""

    BETTER = "better"
    NO_DIFFERENCE = "no_difference"
    WORSE = "worse"
    TOO_LITTLE = "too_little"


SENTENCES = {
    Quality.BETTER: "Our list would have been the better one: it reached {ours:.0%} of the best possible, the better "
    "of activity count and popularity {best:.0%}.",
    Quality.NO_DIFFERENCE: "No sure difference: our list reached {ours:.0%} of the best possible, the better of "
    "activity count and popularity {best:.0%}, and the range of the gap holds zero.",
    Quality.WORSE: "Our list would have been the worse one here: {ours:.0%} of the best possible, against {best:.0%} "
    "for the better of activity count and popularity. Look at the settings before relying on it.",
    Quality.TOO_LITTLE: "Too little data to tell: {results:.0f} results of {named} people named over {moments} "
    "moments; at least {fewest_results:.0f} and {fewest_named} are needed.",
}


@dataclass(frozen=True, eq=False)
class Moment:
    """One day in the past: whom we would have named (`ids`, best first), and what each list brought
    afterwards.

    `brought` are results of each of `ids`; `per_person` (results) is keyed by ranking.
    """

    as_of: float
    people: int
    ids: tuple[str, ...]
    brought: tuple[float, ...]
    others_per_person: float
    per_person: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Backtest:
    """All moments and a plain verdict.

    Shares of the best possible by ranking: of `results`, of results beyond the usual (`aim`, empty where
    attempts are not known), and `both` joined by the dial. `gap`: ours less each other ranking's `both`.
    """

    moments: tuple[Moment, ...]
    results: Mapping[str, Figure]
    aim: Mapping[str, Figure]
    both: Mapping[str, Figure]
    gap: Mapping[str, Figure]
    quality: Quality
    statement: str


@dataclass(frozen=True, eq=False)
class _Judged:
    told: Moment
    results: dict[str, Reals]
    aim: dict[str, Reals]


def past_moments(columns: Columns, as_of: float, horizon_days: float = 365.0, most: int = 4) -> tuple[float, ...]:
    """Up to `most` days, half a horizon apart, each with a whole horizon behind it and some history before
    it. Where the data end before `as_of`, they are counted back from there: nothing is known of later days.
    """
    if not len(columns.events):
        return ()
    as_of = min(as_of, float(columns.events.at.max()) + 1)
    first = float(columns.events.at.min()) + FEWEST_HISTORY_DAYS * DAY
    found = (as_of - (horizon_days + horizon_days / 2 * step) * DAY for step in range(most))
    return tuple(moment for moment in found if moment >= first)


def horizon_for(columns: Columns, as_of: float) -> float:
    """How many days to look ahead from each moment: a year, or less where the history is too short for it."""
    found = {days: len(past_moments(columns, as_of, days)) for days in HORIZONS}
    for fewest in (FEWEST_MOMENTS, 1):
        for days in HORIZONS:
            if found[days] >= fewest:
                return days
    return HORIZONS[0]


def resampling(people: int, seed: int, resamples: int = 300) -> Reals:
    """Drawings of the people for intervals, fewer where there are very many people."""
    times = max(FEWEST_DRAWINGS, min(resamples, MOST_NUMBERS // max(people, 1)))
    return drawings(people, times, seed)


def backtest(
    columns: Columns,
    parameters: Parameters,
    moments: tuple[float, ...],
    horizon_days: float = 365.0,
    resamples: int = 300,
) -> Backtest:
    """Judge our list at each moment against activity count and popularity, on the following `horizon_days`."""
    drawn = resampling(len(columns.people), parameters.seed, resamples)
    judged = [_judged(columns, parameters, as_of, as_of + horizon_days * DAY, drawn) for as_of in moments]
    return _together([moment for moment in judged if moment], parameters)


def _judged(columns: Columns, parameters: Parameters, as_of: float, end: float, drawn: Reals) -> _Judged | None:
    """One moment; None where nobody could have been named."""
    seen = columns.before(as_of)
    kinds = counted_kinds(seen, parameters)
    ours = engine.values(seen, parameters, as_of)
    scored = np.flatnonzero(np.isfinite(ours))
    if len(scored) < FEWEST_PEOPLE or not kinds:
        return None
    rankings = {OURS: ours[scored]}
    rankings.update({name: ranker(seen, kinds, as_of)[scored] for name, ranker in AGAINST.items()})
    truth = results(columns, kinds, as_of, end)[scored]
    share = parameters.share_of_few
    aim = {}
    if any(kind.attempt_verb is not None for kind in kinds):
        beyond = beyond_usual(columns, kinds, np.isfinite(ours), as_of, end)[scored]
        aim = of_best(rankings, beyond, share, drawn[:, scored])
    told = _told(columns, as_of, scored, rankings, truth, math.ceil(round(share * len(scored), 6)))
    return _Judged(told, of_best(rankings, truth, share, drawn[:, scored]), aim)


def _told(
    columns: Columns, as_of: float, scored: NDArray[np.intp], rankings: Mapping[str, Reals], truth: Reals, size: int
) -> Moment:
    lists = {name: np.lexsort((scored, -values))[:size] for name, values in rankings.items()}
    others = np.delete(truth, lists[OURS])
    return Moment(
        as_of=as_of,
        people=len(scored),
        ids=tuple(columns.people.ids[number] for number in scored[lists[OURS]]),
        brought=tuple(truth[lists[OURS]].tolist()),
        others_per_person=float(others.mean()) if len(others) else math.nan,
        per_person={name: float(truth[rows].mean()) for name, rows in lists.items()},
    )


def _together(judged: list[_Judged], parameters: Parameters) -> Backtest:
    brought = pooled([moment.results for moment in judged])
    aim = pooled([moment.aim for moment in judged if moment.aim])
    both = joined(brought, aim, parameters.dial)
    figures = {name: Figure.of(drawn) for name, drawn in both.items()}
    gap = {name: Figure.of(both[OURS] - both[name]) for name in AGAINST if name in both}
    moments = tuple(moment.told for moment in judged)
    quality = _quality(moments, gap)
    facts = {
        "ours": figures[OURS].value if figures else math.nan,
        "best": max((figures[name].value for name in AGAINST if name in figures), default=math.nan),
        "results": sum(sum(moment.brought) for moment in moments),
        "named": sum(len(moment.ids) for moment in moments),
        "moments": len(moments),
        "fewest_results": FEWEST_RESULTS,
        "fewest_named": FEWEST_NAMED,
    }
    return Backtest(
        moments=moments,
        results={name: Figure.of(drawn) for name, drawn in brought.items()},
        aim={name: Figure.of(drawn) for name, drawn in aim.items()},
        both=figures,
        gap=gap,
        quality=quality,
        statement=SENTENCES[quality].format(**facts),
    )


def _quality(moments: tuple[Moment, ...], gap: Mapping[str, Figure]) -> Quality:
    brought = sum(sum(moment.brought) for moment in moments)
    named = sum(len(moment.ids) for moment in moments)
    if brought < FEWEST_RESULTS or named < FEWEST_NAMED:
        return Quality.TOO_LITTLE
    if all(figure.lower > 0 for figure in gap.values()):
        return Quality.BETTER
    if any(figure.upper < 0 for figure in gap.values()):
        return Quality.WORSE
    return Quality.NO_DIFFERENCE
