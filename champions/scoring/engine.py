"""One scoring run: columns in, one explained result out.

The same columns, parameters and moment give the same bytes, in whatever order the rows and people stand.
"""

from dataclasses import replace

import numpy as np

from champions.scoring.assembly import assembled, flags_of
from champions.scoring.columns import Columns, Numbers, Reals, in_id_order, select
from champions.scoring.fading import DAY
from champions.scoring.parameters import Parameters
from champions.scoring.reading import Reading
from champions.scoring.result import ScoringResult
from champions.scoring.scored import Scored


def score(columns: Columns, parameters: Parameters, as_of: float) -> ScoringResult:
    """Score everybody active in the last `active_days` before `as_of` (seconds since 1970, UTC).

    Rows at or after `as_of` and rows before the window are not read. Raises ColumnError if the columns
    contradict each other. Degenerate input gives a result without anyone named, and a statement that says
    what is missing.
    """
    columns.check()
    read, numbers = in_id_order(_window(columns, parameters, as_of))
    reading = Reading(read, as_of)
    scored = Scored.of(read, people_to_score(reading, parameters), parameters, as_of)
    result = assembled(reading, parameters, scored)
    flags = flags_of(reading, scored, result)
    return replace(result, person=numbers[result.person], flags=tuple(flag.of(numbers) for flag in flags))


def values(columns: Columns, parameters: Parameters, as_of: float) -> Reals:
    """Only the scores, an entry per person of `columns`, NaN for who is not scored: to look back, and for
    sliders.
    """
    read, numbers = in_id_order(_window(columns, parameters, as_of))
    scored = Scored.of(read, people_to_score(Reading(read, as_of), parameters), parameters, as_of)
    answer = np.full(len(columns.people), np.nan)
    answer[numbers[scored.person]] = scored.value
    return answer


def people_to_score(reading: Reading, parameters: Parameters) -> Numbers:
    """Who did something of their own in the last `active_days` and may be scored, by number."""
    columns = reading.columns
    rows = reading.own & (columns.events.at >= reading.as_of - parameters.active_days * DAY)
    found = np.zeros(len(columns.people), bool)
    found[columns.events.actor[rows]] = True
    if columns.people.may_be_scored is not None:
        found &= columns.people.may_be_scored
    return np.flatnonzero(found).astype(np.int32)


def _window(columns: Columns, parameters: Parameters, as_of: float) -> Columns:
    start = as_of - parameters.window_days * DAY
    events, outcomes = columns.events, columns.outcomes
    return select(
        columns,
        (events.at < as_of) & (events.at >= start),
        (outcomes.at < as_of) & (outcomes.at >= start),
    )
