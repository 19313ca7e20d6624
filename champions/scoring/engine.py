"""One scoring run: columns in, one explained result out.

The same columns, parameters and moment give the same bytes, in whatever order the rows and people stand.
"""

import json
import math
from dataclasses import dataclass

import numpy as np

from champions.scoring import joining, statement
from champions.scoring.columns import Columns, Numbers, Reals, Truths, select
from champions.scoring.digest import digest
from champions.scoring.draws import Standing, drawn_scores, standing
from champions.scoring.fading import DAY
from champions.scoring.forecast import Forecast, forecast
from champions.scoring.kinds import counted_kinds, own_events
from champions.scoring.parameters import Parameters
from champions.scoring.ranges import overlapping_ranks, range_of
from champions.scoring.result import Band, KindEvidence, ScoringResult, Verdict

VERSION = "1"
FEWEST_SHARE, MOST_SHARE = 0.8, 1.2  # of the guide: 2 and 3 in 100 when the guide is 2.5
CONTENDERS = 4.0  # so many times the guided number are drawn at least


@dataclass(frozen=True, eq=False)
class _Scored:
    """Scores of the active people, in the order of their numbers."""

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
    active = active_people(read, parameters, as_of)
    kinds = counted_kinds(read, parameters)
    forecasts = tuple(forecast(read, kind, active, parameters, as_of) for kind in kinds)
    person = np.flatnonzero(active).astype(np.int32)
    scored = _scored(forecasts, active, person, parameters)
    verdict = _verdict(read, forecasts, person, scored.value)
    return _result(read, parameters, as_of, forecasts, person, scored, verdict)


def active_people(columns: Columns, parameters: Parameters, as_of: float) -> Truths:
    """Who did something of their own in the last `active_days`."""
    rows = own_events(columns) & (columns.events.at >= as_of - parameters.active_days * DAY)
    found = np.zeros(len(columns.people), bool)
    found[columns.events.actor[rows]] = True
    return found


def _window(columns: Columns, parameters: Parameters, as_of: float) -> Columns:
    start = as_of - parameters.window_days * DAY
    events, outcomes = columns.events, columns.outcomes
    return select(
        columns, (events.at < as_of) & (events.at >= start), (outcomes.at < as_of) & (outcomes.at >= start)
    )


def _scored(
    forecasts: tuple[Forecast, ...], active: Truths, person: Numbers, parameters: Parameters
) -> _Scored:
    scale = joining.scale_of(forecasts, active, parameters.share_of_few * len(person))
    factors = scale.factors(parameters.dial)
    parts = np.zeros((len(forecasts), len(person)))
    variance = np.zeros(len(person))
    for row, item in enumerate(forecasts):
        parts[row] = joining.part(item, *factors)[person]
        variance += joining.part_variance(item, *factors)[person]
    value = parts.sum(axis=0)
    lower, upper = range_of(value, variance)
    return _Scored(value, lower, upper, parts)


def _verdict(columns: Columns, forecasts: tuple[Forecast, ...], person: Numbers, value: Reals) -> Verdict:
    if not len(columns.events):
        return Verdict.NO_EVENTS
    if not len(person):
        return Verdict.NOBODY_ACTIVE
    if not forecasts:
        return Verdict.NO_OUTCOMES
    if len(person) < statement.FEWEST_PEOPLE:
        return Verdict.TOO_FEW_PEOPLE
    if sum(item.number[person].sum() for item in forecasts) < statement.FEWEST_OUTCOMES:
        return Verdict.TOO_FEW_OUTCOMES
    return Verdict.ALL_TIED if np.ptp(value) <= 1e-9 else Verdict.NAMED


def _stand(
    columns: Columns,
    forecasts: tuple[Forecast, ...],
    person: Numbers,
    scored: _Scored,
    parameters: Parameters,
) -> tuple[Standing, int]:
    """Draw the people who may be among the few; the others stand where their ranges overlap."""
    guide = parameters.share_of_few * len(person)
    fewest, most = max(1, round(FEWEST_SHARE * guide)), max(1, math.ceil(MOST_SHARE * guide))
    low, high = overlapping_ranks(scored.lower, scored.upper)
    chosen = np.flatnonzero(low <= max(CONTENDERS * most, 20))
    active = np.zeros(len(columns.people), bool)
    active[person] = True
    factors = joining.scale_of(forecasts, active, guide).factors(parameters.dial)
    ids = tuple(columns.people.ids[number] for number in person[chosen])
    drawn = drawn_scores(forecasts, person[chosen], ids, factors, parameters.draws, parameters.seed)
    found = standing(drawn, fewest, most)
    p_few = np.zeros(len(person))
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


def _result(
    columns: Columns,
    parameters: Parameters,
    as_of: float,
    forecasts: tuple[Forecast, ...],
    person: Numbers,
    scored: _Scored,
    verdict: Verdict,
) -> ScoringResult:
    nobody = np.zeros(len(person))
    last = np.full(len(person), len(person), np.int32)
    stand, few = Standing(nobody, np.ones(len(person), np.int32), last, 0.0), 0
    if verdict is Verdict.NAMED:
        stand, few = _stand(columns, forecasts, person, scored, parameters)
    band = _bands(stand.p_few, parameters)
    if verdict is Verdict.NAMED and Band.SURE not in band:
        verdict = Verdict.BORDERLINE_ONLY
    ids = [columns.people.ids[number] for number in person]
    order = np.lexsort((np.array(ids, dtype=object).astype(str) if ids else nobody, -scored.value))
    facts = {
        "people": len(person),
        "sure": band.count(Band.SURE),
        "borderline": band.count(Band.BORDERLINE),
        "outcomes": float(sum(item.number[person].sum() for item in forecasts)),
        "active_days": parameters.active_days,
    }
    return ScoringResult(
        version=VERSION,
        digest=digest(columns, as_of, json.dumps(parameters.to_json(), sort_keys=True)),
        as_of=as_of,
        parameters=parameters,
        verdict=verdict,
        statement=statement.sentence(verdict, **facts),
        few=few,
        ids=tuple(ids[i] for i in order),
        person=person[order],
        value=scored.value[order],
        lower=scored.lower[order],
        upper=scored.upper[order],
        p_few=stand.p_few[order],
        rank_low=stand.rank_low[order],
        rank_high=stand.rank_high[order],
        band=tuple(band[i] for i in order),
        kinds=tuple(item.kind.name for item in forecasts),
        parts=scored.parts[:, order],
        evidence=tuple(_evidence(columns, item, person[order]) for item in forecasts),
        totals=facts,
    )


def _evidence(columns: Columns, item: Forecast, person: Numbers) -> KindEvidence:
    verb = item.kind.attempt_verb
    rate, unknown = item.rate[person], np.full(len(person), np.nan)
    volume = item.volume[person]
    usual = np.divide(item.usual[person], volume, out=unknown.copy(), where=volume > 0)
    return KindEvidence(
        kind=item.kind.name,
        worth=item.kind.worth,
        attempt_verb=None if verb is None else columns.events.verb_names[verb],
        number=item.number[person],
        attempts=item.attempts[person],
        recent_attempts=volume if item.attempts_known else unknown,
        successes=item.successes[person],
        rate=rate if item.attempts_known else unknown,
        prior_rate=item.prior[person],
        peers_rate=usual if item.attempts_known else unknown,
        expected=item.expected[person],
        excess=item.excess[person],
    )
