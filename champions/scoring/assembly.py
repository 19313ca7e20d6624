"""Putting a run's answer in order: the best first, each with band, parts, evidence, measures and flags."""

import json

import numpy as np
from numpy.typing import NDArray

from champions.scoring import statement
from champions.scoring.alarms import raised
from champions.scoring.changes import one_more, silence
from champions.scoring.columns import Columns, Reals
from champions.scoring.components import components
from champions.scoring.digest import digest
from champions.scoring.forecast import Forecast
from champions.scoring.parameters import Parameters
from champions.scoring.reading import Reading
from champions.scoring.result import Band, Flag, KindEvidence, ScoringResult, Verdict
from champions.scoring.scene import Scene
from champions.scoring.scored import Scored
from champions.scoring.steps import largest_step

VERSION = "3"
FEWEST_LOOKED_AT, MOST_LOOKED_AT = 50, 2_000


def assembled(reading: Reading, parameters: Parameters, scored: Scored) -> ScoringResult:
    """The result of a run, the best first, without flags."""
    columns, as_of = reading.columns, reading.as_of
    verdict = scored.verdict(columns)
    stand = scored.stand(columns.people.ids, parameters) if verdict is Verdict.NAMED else scored.nobody()
    band = bands_of(stand.p_few, parameters)
    if verdict is Verdict.NAMED and Band.SURE not in band:
        verdict = Verdict.BORDERLINE_ONLY
    order = np.lexsort((scored.person, -scored.value))
    facts = {
        "people": len(scored.person),
        "sure": band.count(Band.SURE),
        "borderline": band.count(Band.BORDERLINE),
        "outcomes": scored.outcomes,
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
        few=round(stand.few),
        step=largest_step(scored.forecasts, scored.factors, parameters),
        ids=tuple(map(columns.people.ids.__getitem__, person.tolist())),
        person=person,
        value=scored.value[order],
        lower=scored.lower[order],
        upper=scored.upper[order],
        p_few=stand.p_few[order],
        rank_low=stand.rank_low[order],
        rank_high=stand.rank_high[order],
        band=tuple(map(band.__getitem__, order.tolist())),
        kinds=tuple(item.kind.name for item in scored.forecasts),
        parts=scored.parts[:, order],
        evidence=tuple(_evidence(columns, item, order, scored.factors, parameters) for item in scored.forecasts),
        components=tuple(item.of(order) for item in components(reading, scored.forecasts, scored.person, scored.guide)),
        totals=facts,
    )


def flags_of(reading: Reading, scored: Scored, result: ScoringResult) -> tuple[Flag, ...]:
    """Alarms about everybody who may be shown and those next in line, the foremost first."""
    if not scored.forecasts:
        return ()
    shown = sum(band is not Band.NOT_SHOWN for band in result.band)
    looked_at = result.person[: min(shown + FEWEST_LOOKED_AT, MOST_LOOKED_AT)]
    kinds = tuple(item.kind for item in scored.forecasts)
    return raised(Scene.of(reading, kinds, np.sort(looked_at)))


def bands_of(p_few: Reals, parameters: Parameters) -> list[Band]:
    """The band of each chance to be among the few."""
    names = np.array([Band.NOT_SHOWN, Band.BORDERLINE, Band.SURE], dtype=object)
    level = (p_few >= parameters.borderline_from).astype(np.intp) + (p_few >= parameters.sure_from)
    bands: list[Band] = names[level].tolist()
    return bands


def _evidence(
    columns: Columns,
    item: Forecast,
    order: NDArray[np.intp],
    factors: tuple[float, float],
    parameters: Parameters,
) -> KindEvidence:
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
        one_more=one_more(item, factors, parameters)[order],
        silence=silence(item, factors, parameters)[order],
    )
