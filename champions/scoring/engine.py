"""One scoring run: columns in, one explained result out.

The same columns, parameters and moment give the same bytes, in whatever order the rows and people stand.
"""

import json
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring import statement
from champions.scoring.columns import Columns, Numbers, Reals, select
from champions.scoring.digest import digest
from champions.scoring.draws import Standing, drawn_scores, standing
from champions.scoring.fading import DAY
from champions.scoring.forecast import Forecast, forecasts
from champions.scoring.joining import part, part_variance, scale_of
from champions.scoring.kinds import counted_kinds, own_events
from champions.scoring.parameters import Parameters
from champions.scoring.ranges import overlapping_ranks, range_of
from champions.scoring.result import Band, KindEvidence, ScoringResult, Verdict

VERSION = "2"
FEWEST_SHARE, MOST_SHARE = 0.8, 1.2  # of the guide: 2 and 3 in 100 when the guide is 2.5
CONTENDERS = 4.0  # whoever may stand within so many times the most is drawn
TIED = 1e-9


@dataclass(frozen=True, eq=False)
class _Scored:
    """Scores of the people scored, in the order of their ids."""

    person: Numbers
    forecasts: tuple[Forecast, ...]
    factors: tuple[float, float]
    value: Reals
    lower: Reals
    upper: Reals
    parts: Reals


def score(columns: Columns, parameters: Parameters, as_of: float) -> ScoringResult:
    """Score everybody active in the last `active_days` before `as_of` (seconds since 1970, UTC).

    Rows at or after `as_of` and rows before the window are not read. Raises ColumnError if the columns
    contradict each other. Degenerate input gives a result without anyone named, and a statement that says
    what is missing.
    """
    columns.check()
    read = _window(columns, parameters, as_of)
    person = people_to_score(read, parameters, as_of)
    scored = _scored(read, person, parameters, as_of)
    return _result(read, parameters, as_of, scored, _verdict(read, scored))


def people_to_score(columns: Columns, parameters: Parameters, as_of: float) -> Numbers:
    """Who did something of their own in the last `active_days` and may be scored, in the order of their
    ids.
    """
    rows = own_events(columns) & (columns.events.at >= as_of - parameters.active_days * DAY)
    found = np.zeros(len(columns.people), bool)
    found[columns.events.actor[rows]] = True
    if columns.people.may_be_scored is not None:
        found &= columns.people.may_be_scored
    ids = columns.people.ids
    return np.array(sorted(np.flatnonzero(found).tolist(), key=ids.__getitem__), np.int32)


def _window(columns: Columns, parameters: Parameters, as_of: float) -> Columns:
    start = as_of - parameters.window_days * DAY
    events, outcomes = columns.events, columns.outcomes
    return select(
        columns,
        (events.at < as_of) & (events.at >= start),
        (outcomes.at < as_of) & (outcomes.at >= start),
    )


def _scored(columns: Columns, person: Numbers, parameters: Parameters, as_of: float) -> _Scored:
    kinds = counted_kinds(columns, parameters)
    made = forecasts(columns, kinds, person, parameters, as_of)
    factors = scale_of(made, len(person), parameters.share_of_few * len(person)).factors(parameters.dial)
    parts = np.zeros((len(made), len(person)))
    variance = np.zeros(len(person))
    for row, item in enumerate(made):
        parts[row] = part(item, factors)
        variance += part_variance(item, factors)
    value = parts.sum(axis=0)
    lower, upper = range_of(value, variance)
    return _Scored(person, made, factors, value, lower, upper, parts)


def _verdict(columns: Columns, scored: _Scored) -> Verdict:
    if not len(columns.events):
        return Verdict.NO_EVENTS
    if not len(scored.person):
        return Verdict.NOBODY_ACTIVE
    if not scored.forecasts:
        return Verdict.NO_OUTCOMES
    if len(scored.person) < statement.FEWEST_PEOPLE:
        return Verdict.TOO_FEW_PEOPLE
    if _outcomes(scored) < statement.FEWEST_OUTCOMES:
        return Verdict.TOO_FEW_OUTCOMES
    return Verdict.ALL_TIED if np.ptp(scored.value) <= TIED else Verdict.NAMED


def _outcomes(scored: _Scored) -> float:
    return float(sum(item.tally.number.sum() for item in scored.forecasts))


def _stand(columns: Columns, scored: _Scored, parameters: Parameters) -> tuple[Standing, int]:
    """Draw the people who may be among the few; the others stand where their ranges overlap."""
    guide = parameters.share_of_few * len(scored.person)
    fewest, most = max(1, round(FEWEST_SHARE * guide)), max(1, math.ceil(MOST_SHARE * guide))
    low, high = overlapping_ranks(scored.lower, scored.upper)
    chosen = np.flatnonzero(low <= max(CONTENDERS * most, 20))
    ids = tuple(columns.people.ids[number] for number in scored.person[chosen])
    drawn = drawn_scores(scored.forecasts, chosen, ids, scored.factors, parameters.draws, parameters.seed)
    found = standing(drawn, fewest, most)
    p_few = np.zeros(len(scored.person))
    p_few[chosen], low[chosen], high[chosen] = found.p_few, found.rank_low, found.rank_high
    return Standing(p_few, low, high, found.few), round(found.few)


def _bands(p_few: Reals, parameters: Parameters) -> tuple[Band, ...]:
    return tuple(
        Band.SURE
        if p >= parameters.sure_from
        else Band.BORDERLINE
        if p >= parameters.borderline_from
        else Band.NOT_SHOWN
        for p in p_few.tolist()
    )


def _result(columns: Columns, parameters: Parameters, as_of: float, scored: _Scored, verdict: Verdict) -> ScoringResult:
    count = len(scored.person)
    stand, few = Standing(np.zeros(count), np.ones(count, np.int32), np.full(count, count, np.int32), 0.0), 0
    if verdict is Verdict.NAMED:
        stand, few = _stand(columns, scored, parameters)
    band = _bands(stand.p_few, parameters)
    if verdict is Verdict.NAMED and Band.SURE not in band:
        verdict = Verdict.BORDERLINE_ONLY
    order = np.lexsort((np.arange(count), -scored.value))
    facts = {
        "people": count,
        "sure": band.count(Band.SURE),
        "borderline": band.count(Band.BORDERLINE),
        "outcomes": _outcomes(scored),
        "active_days": parameters.active_days,
    }
    person = scored.person[order]
    return ScoringResult(
        version=VERSION,
        digest=digest(columns, as_of, json.dumps(parameters.to_json(), sort_keys=True)),
        as_of=as_of,
        parameters=parameters,
        verdict=verdict,
        statement=statement.sentence(verdict, **facts),
        few=few,
        ids=tuple(columns.people.ids[number] for number in person),
        person=person,
        value=scored.value[order],
        lower=scored.lower[order],
        upper=scored.upper[order],
        p_few=stand.p_few[order],
        rank_low=stand.rank_low[order],
        rank_high=stand.rank_high[order],
        band=tuple(band[i] for i in order),
        kinds=tuple(item.kind.name for item in scored.forecasts),
        parts=scored.parts[:, order],
        evidence=tuple(_evidence(columns, item, order) for item in scored.forecasts),
        totals=facts,
    )


def _evidence(columns: Columns, item: Forecast, order: NDArray[np.intp]) -> KindEvidence:
    verb = item.kind.attempt_verb
    counts, unknown = item.tally, np.full(len(order), np.nan)
    volume = item.volume[order]
    usual = np.divide(item.usual[order], volume, out=unknown.copy(), where=volume > 0)
    known = item.attempts_known
    return KindEvidence(
        kind=item.kind.name,
        worth=item.kind.worth,
        attempt_verb=None if verb is None else columns.events.verb_names[verb],
        number=counts.number[order],
        attempts=counts.attempts[order] if known else unknown,
        recent_attempts=counts.volume[order] if known else unknown,
        successes=counts.successes[order],
        rate=item.rate[order] if known else unknown,
        prior_rate=item.prior[order] if known else unknown,
        peers_rate=usual if known else unknown,
        expected=item.expected[order],
        excess=item.excess[order],
    )
