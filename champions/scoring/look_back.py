"""How lists of earlier moments would have done under any setting: the past of what-if. Pure.

The same figures as in `backtest`, which looks once, at the published setting; here what no slider changes is kept.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.backtest import AGAINST
from champions.scoring.columns import Columns, Numbers, Reals
from champions.scoring.forecast import Forecast
from champions.scoring.joining import Scale, scale_of
from champions.scoring.judging import Drawn, Figure, brought, share_of, sizes
from champions.scoring.parameters import Parameters
from champions.scoring.prepared import Prepared
from champions.scoring.truth import beyond, results, won_and_tried

THESE, PUBLISHED, BY_LOT = "these settings", "the published settings", "drawn by lot"
DIALS = tuple(step / 10 for step in range(11))


@dataclass(frozen=True)
class Step:
    """A position of the dial: results and aim in the past, as shares of the best possible (NaN: not known).

    `entered` is how many people its list of today has that the list of the setting asked for has not.
    """

    dial: float
    results: float
    aim: float
    entered: int


@dataclass(frozen=True, eq=False)
class LookBack:
    """How lists would have done in the past: by name of the list, as shares of the best possible. Where aim is judged
    too, a list by lot has none by its nature, and is left out.

    All are judged by the worths and the dial of the setting asked for. `gap`: these settings less each other list.
    `gap_as_published`: these settings less the published ones, judged by the published dial; None without a past.
    `named` people were named at the `moments`, and brought `brought` results within `horizon_days`.
    """

    moments: tuple[float, ...]
    horizon_days: float
    named: int
    brought: float
    both: Mapping[str, Figure]
    gap: Mapping[str, Figure]
    gap_as_published: Figure | None
    frontier: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class Sums:
    """Expected results and excess of the people scored, over all kinds that count, and what brings them to a scale."""

    person: Numbers
    kinds: tuple[str, ...]
    expected: Reals
    excess: Reals
    scale: Scale
    guide: float

    @classmethod
    def of(cls, made: tuple[Forecast, ...], person: Numbers, parameters: Parameters) -> "Sums":
        """Sum up the forecasts of each kind."""
        guide = parameters.share_of_few * len(person)
        expected, excess = np.zeros(len(person)), np.zeros(len(person))
        for item in made:
            expected += item.kind.worth * item.expected
            excess += item.kind.worth * item.excess
        scale = scale_of(made, len(person), guide)
        return cls(person, tuple(item.kind.name for item in made), expected, excess, scale, guide)

    def at(self, dial: float) -> Reals:
        """The scores at a position of the dial."""
        of_results, of_aim = self.scale.factors(dial)
        return of_results * self.expected + of_aim * self.excess


@dataclass(frozen=True, eq=False)
class Past:
    """One earlier moment and what came in the following horizon, an entry per person.

    `results`, `won` and `tried` are by kind, at a worth of 1; `plain` are the rankings to be held against.
    """

    seen: Prepared
    results: Mapping[str, Reals]
    won: Mapping[str, Reals]
    tried: Mapping[str, Reals]
    plain: Mapping[str, Reals]

    @classmethod
    def of(cls, columns: Columns, parameters: Parameters, as_of: float, end: float) -> "Past":
        """Prepare a moment from columns in the order of ids."""
        before = columns.before(as_of)
        seen = Prepared.of(before, parameters, as_of)
        kinds = {name: item.kind for name, item in seen.kinds.items()}
        known = {name: kind for name, kind in kinds.items() if kind.attempt_verb is not None}
        counted = {name: won_and_tried(columns, kind, as_of, end) for name, kind in known.items()}
        return cls(
            seen=seen,
            results={name: results(columns, (kind,), as_of, end) for name, kind in kinds.items()},
            won={name: won for name, (won, _) in counted.items()},
            tried={name: tried for name, (_, tried) in counted.items()},
            plain={name: ranker(before, (), as_of) for name, ranker in AGAINST.items()},
        )

    def truth(self, ours: Sums, parameters: Parameters) -> tuple[Reals, Reals | None]:
        """The results, and those beyond the usual (None where no attempts are known), of the people scored."""
        truth, aim = np.zeros(len(self.seen.people)), np.zeros(len(self.seen.people))
        who = np.zeros(len(self.seen.people), bool)
        who[ours.person] = True
        for name in ours.kinds:
            worth = parameters.worth_of(name)
            truth += worth * self.results[name]
            if name in self.won:
                aim += beyond(worth * self.won[name], self.tried[name], who)
        known = any(name in self.won for name in ours.kinds)
        return truth[ours.person], aim[ours.person] if known else None


@dataclass(frozen=True, eq=False)
class Yardstick:
    """What a list of one earlier moment is held against: the truth, the best list, and how the plain lists did.

    `aim` is None where no attempts are known. It depends on the worths and on who is scored alone.
    """

    as_of: float
    drawn: Drawn
    size: Reals
    truth: Reals
    aim: Reals | None
    best: Reals
    best_aim: Reals
    beside: tuple[Mapping[str, Reals], Mapping[str, Reals]]

    @classmethod
    def of(cls, past: Past, ours: Sums, theirs: Reals, parameters: Parameters, drawn: Drawn) -> "Yardstick":
        """For the people of `ours`; `theirs` are the published scores of everybody, `drawn` of everybody."""
        truth, aim = past.truth(ours, parameters)
        drawn = drawn[:, ours.person]
        size = sizes(parameters.share_of_few, drawn)
        best = brought(truth, truth, drawn, size)
        best_aim = best if aim is None else brought(aim, aim, drawn, size)
        made = cls(past.seen.as_of, drawn, size, truth, aim, best, best_aim, ({}, {}))
        plain = {PUBLISHED: theirs, **past.plain}
        held = {name: made.judge(ranking[ours.person]) for name, ranking in plain.items()}
        of_results = {name: shares[0] for name, shares in held.items()}
        if aim is None:
            of_results[BY_LOT] = share_of(size * truth.mean(), best)
        of_aim = {name: shares[1] for name, shares in held.items() if aim is not None}
        return cls(past.seen.as_of, drawn, size, truth, aim, best, best_aim, (of_results, of_aim))

    def judge(self, values: Reals) -> tuple[Reals, Reals]:
        """The shares of the best results and of the best aim that a ranking reaches, in each drawing."""
        of_results = share_of(brought(values, self.truth, self.drawn, self.size), self.best)
        if self.aim is None:
            return of_results, of_results
        return of_results, share_of(brought(values, self.aim, self.drawn, self.size), self.best_aim)

    @property
    def length(self) -> int:
        """How many people are named."""
        return int(self.size[0])


def frontier(now: Sums, held: list[tuple[Yardstick, Sums]], here: float) -> tuple[Step, ...]:
    """What each position of the dial would have brought, and whom its list of today has that the one `here` has not."""
    size = max(1, round(now.guide))
    chosen = set(top(now.at(here), size).tolist())
    steps = []
    for dial in sorted({*DIALS, here}):
        lists = [(yardstick, top(sums.at(dial), yardstick.length)) for yardstick, sums in held]
        of_results = [_part(item.truth[rows].sum(), item.best[0]) for item, rows in lists]
        of_aim = [_part(item.aim[rows].sum(), item.best_aim[0]) for item, rows in lists if item.aim is not None]
        entered = len(set(top(now.at(dial), size).tolist()) - chosen)
        steps.append(Step(dial, _mean(of_results), _mean(of_aim), entered))
    return tuple(steps)


def top(values: Reals, size: int) -> NDArray[np.intp]:
    """The rows of the `size` highest values; ties fall in the order of rows."""
    size = min(size, len(values))
    if not size:
        return np.zeros(0, np.intp)
    line = np.partition(values, len(values) - size)[len(values) - size]
    above = np.flatnonzero(values > line)
    return np.concatenate([above, np.flatnonzero(values == line)[: size - len(above)]])


def _part(total: float, best: float) -> float:
    return float(total / best) if best > 0 else math.nan


def _mean(values: list[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan
