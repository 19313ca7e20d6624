"""Everybody's score with its range, and where they stand, before it is put in order and explained."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring import statement
from champions.scoring.columns import Columns, Numbers, Reals
from champions.scoring.draws import Standing, drawn_scores, standing
from champions.scoring.forecast import Forecast, forecasts
from champions.scoring.joining import part, part_variance, scale_of, usual_part
from champions.scoring.kinds import counted_kinds
from champions.scoring.parameters import Parameters
from champions.scoring.ranges import chance_above, line_of, overlapping_ranks, range_of
from champions.scoring.result import Verdict

FEWEST_SHARE, MOST_SHARE = 0.8, 1.2  # of the guide: 2 and 3 in 100 when the guide is 2.5
FEWEST_DRAWN = 20
MOST_DRAWN = 5_000
DRAWN_FROM = 0.005  # whoever is among the few less often than this is never shown
TIED = 1e-9


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores of the people scored, in the order of their numbers (which is that of their ids).

    `factors` are what one expected result and one beyond the usual add to a score; `guide` the size of the
    list.
    """

    person: Numbers
    forecasts: tuple[Forecast, ...]
    factors: tuple[float, float]
    guide: float
    value: Reals
    lower: Reals
    upper: Reals
    variance: Reals
    shift: Reals
    parts: Reals

    @classmethod
    def of(cls, columns: Columns, person: Numbers, parameters: Parameters, as_of: float) -> "Scored":
        """Score `person` from columns in the order of ids that end before `as_of`."""
        made = forecasts(columns, counted_kinds(columns, parameters), person, parameters, as_of)
        return cls.joined(made, person, parameters)

    @classmethod
    def joined(cls, made: tuple[Forecast, ...], person: Numbers, parameters: Parameters) -> "Scored":
        """Score `person` from the forecasts of each kind: results and aim joined by the dial."""
        guide = parameters.share_of_few * len(person)
        factors = scale_of(made, len(person), guide).factors(parameters.dial)
        parts = np.zeros((len(made), len(person)))
        variance, shift = np.zeros(len(person)), np.zeros(len(person))
        for row, item in enumerate(made):
            parts[row] = part(item, factors)
            variance += part_variance(item, factors)
            shift += usual_part(item, factors[1])
        value = parts.sum(axis=0)
        lower, upper = range_of(value, variance, shift)
        return cls(person, made, factors, guide, value, lower, upper, variance, shift, parts)

    @property
    def outcomes(self) -> float:
        """How many outcomes of the people scored count."""
        return float(sum(item.tally.number.sum() for item in self.forecasts))

    def verdict(self, columns: Columns) -> Verdict:
        """NAMED if there is evidence for a list, else what is missing."""
        if not len(columns.events):
            return Verdict.NO_EVENTS
        if not len(self.person):
            return Verdict.NOBODY_ACTIVE
        if not self.forecasts:
            return Verdict.NO_OUTCOMES
        if len(self.person) < statement.FEWEST_PEOPLE:
            return Verdict.TOO_FEW_PEOPLE
        if self.outcomes < statement.FEWEST_OUTCOMES:
            return Verdict.TOO_FEW_OUTCOMES
        return Verdict.ALL_TIED if np.ptp(self.value) <= TIED else Verdict.NAMED

    def nobody(self) -> Standing:
        """Where everybody stands when nobody is named: anywhere."""
        count = len(self.person)
        return Standing(np.zeros(count), np.ones(count, np.int32), np.full(count, count, np.int32), 0.0)

    def _contenders(self, best_rank: Numbers, most: int) -> NDArray[np.intp]:
        """Who may be among the `most`: everybody else would be drawn in vain."""
        within = np.flatnonzero(best_rank <= max(most, FEWEST_DRAWN))
        value, variance, shift = self.value[within], self.variance[within], self.shift[within]
        near = chance_above(value, variance, line_of(value, variance, most, shift), shift) >= DRAWN_FROM
        near |= best_rank[within] <= FEWEST_DRAWN
        return within[near]

    def _at_the_line(self, chosen: NDArray[np.intp]) -> Standing:
        """Among very many people the line of the few hardly moves from draw to draw: then no draws are needed."""
        value, variance, shift = self.value[chosen], self.variance[chosen], self.shift[chosen]
        chance = chance_above(value, variance, line_of(value, variance, self.guide, shift), shift)
        ordered = np.sort(-self.value)
        low = np.searchsorted(ordered, -self.upper[chosen], side="left") + 1
        high = np.maximum(np.searchsorted(ordered, -self.lower[chosen], side="right"), 1)
        return Standing(chance, low.astype(np.int32), high.astype(np.int32), self.guide)

    def stand(self, ids: tuple[str, ...], parameters: Parameters) -> Standing:
        """Draw the people who may be among the few; the others stand where their ranges overlap."""
        fewest = max(1, round(FEWEST_SHARE * self.guide))
        most = max(1, math.ceil(MOST_SHARE * self.guide))
        low, high = overlapping_ranks(self.lower, self.upper)
        chosen = self._contenders(low, most)
        if len(chosen) > MOST_DRAWN:
            found = self._at_the_line(chosen)
        else:
            names = tuple(ids[number] for number in self.person[chosen])
            drawn = drawn_scores(self.forecasts, chosen, names, self.factors, parameters.draws, parameters.seed)
            found = standing(drawn, fewest, most)
        p_few = np.zeros(len(self.person))
        p_few[chosen], low[chosen], high[chosen] = found.p_few, found.rank_low, found.rank_high
        return Standing(p_few, low, high, found.few)
