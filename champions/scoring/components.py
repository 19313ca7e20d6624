"""All named measures of a run, with their range and the evidence under them.

Adding one: an entry in `COMPONENTS`, a line in `_context` (or `_counted`), a heading in docs/scoring.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from champions.scoring import context
from champions.scoring.columns import Numbers, Reals
from champions.scoring.fading import per_person
from champions.scoring.forecast import Forecast
from champions.scoring.joining import top_mean
from champions.scoring.network import help_rank
from champions.scoring.ranges import Z_95, range_of
from champions.scoring.reading import Reading
from champions.scoring.result import Component


@dataclass(frozen=True)
class Measure:
    """One measure: its `name`, whether it is `counted` in the score, its `unit`, and whether it is a
    `share`.
    """

    name: str
    counted: bool
    unit: str
    share: bool = False


COMPONENTS = (
    Measure("expected_results", True, "results a year"),
    Measure("expected_excess", True, "results a year"),
    Measure("success_rate", True, "of attempts", share=True),
    Measure("people_helped", False, "people"),
    Measure("help_network", False, "times the average"),
    Measure("teams_helped", False, "teams"),
    Measure("channels_used", False, "channels"),
    Measure("own_words", False, "of own texts", share=True),
    Measure("listening", False, "of own events", share=True),
    Measure("reply_hours", False, "hours"),
    Measure("quiet_moved", False, "people"),
    Measure("organic", False, "of events that state it", share=True),
)


def components(
    reading: Reading, forecasts: tuple[Forecast, ...], person: Numbers, guide: float
) -> tuple[Component, ...]:
    """Every measure for the people in `person`; `guide` is the size of the list that sets the scale for drawing."""
    values = {**_context(reading, person), **_counted(forecasts, len(person))}
    return tuple(_component(measure, *values[measure.name], guide) for measure in COMPONENTS)


def _counted(forecasts: tuple[Forecast, ...], people: int) -> Mapping[str, tuple[Reals, Reals]]:
    expected, excess, number = np.zeros(people), np.zeros(people), np.zeros(people)
    won, tried = np.zeros(people), np.zeros(people)
    for item in forecasts:
        expected += item.kind.worth * item.expected
        excess += item.kind.worth * item.excess
        number += item.tally.number
        if item.attempts_known:
            won += item.rate * (item.tally.attempts + item.strength)
            tried += item.tally.attempts + item.strength
    rate = np.divide(won, tried, out=np.full(people, np.nan), where=tried > 0)
    return {
        "expected_results": (expected, number),
        "expected_excess": (excess, number),
        "success_rate": (rate, tried),
    }


def _context(reading: Reading, person: Numbers) -> Mapping[str, tuple[Reals, Reals]]:
    columns, own, as_of = reading.columns, reading.own, reading.as_of
    times = per_person(columns.events.actor[reading.help_rows], len(columns.people))
    everybody = {
        "people_helped": (reading.people_helped, times),
        "help_network": (help_rank(reading.helped), times),
        "teams_helped": context.teams_helped(columns, reading.help_rows, as_of),
        "channels_used": context.channels_used(columns, own, as_of),
        "own_words": context.own_words(columns, own),
        "listening": context.listening(columns, own),
        "reply_hours": context.reply_hours(columns),
        "quiet_moved": context.quiet_moved(columns),
        "organic": context.organic(columns, own),
    }
    return {name: (value[person], count[person]) for name, (value, count) in everybody.items()}


def _component(measure: Measure, value: Reals, count: Reals, guide: float) -> Component:
    if measure.share:
        share = np.clip(value, 0.0, 1.0)
        lower, upper = wilson(share, count)
    else:
        known = np.where(np.isfinite(value), value, 0.0)
        best = top_mean(known, guide) if len(known) else 0.0
        share = np.clip(known / best, 0.0, 1.0) if best > 0 else np.zeros(len(known))
        lower, upper = range_of(value, np.divide(value * value, count, out=np.zeros(len(value)), where=count > 0))
    return Component(measure.name, value, share, lower, upper, count, measure.counted)


def wilson(share: Reals, count: Reals) -> tuple[Reals, Reals]:
    """Likely range of a share seen in `count` cases (Wilson 1927), 5th to 95th of 100; 0 to 1 without
    cases.
    """
    size = np.maximum(count, 1e-9)
    middle = (share + Z_95**2 / (2 * size)) / (1 + Z_95**2 / size)
    width = Z_95 * np.sqrt(share * (1 - share) / size + Z_95**2 / (4 * size**2)) / (1 + Z_95**2 / size)
    return np.clip(middle - width, 0.0, 1.0), np.clip(middle + width, 0.0, 1.0)
