"""Plain facts about each person's rows in a run, stored with the score so that no page counts them again."""

from typing import Any

import numpy as np

from champions.scoring.columns import Columns, Reach, select
from champions.scoring.distinct import distinct
from champions.scoring.fading import DAY
from champions.scoring.kinds import own_events
from champions.scoring.network import help_rows
from champions.scoring.result import Band, ScoringResult

MOST_CHANNELS = 5
CHANNEL_SHARE = 0.1


def row_facts(columns: Columns, result: ScoringResult, window_from: float) -> list[dict[str, Any]]:
    """For each person of the result, in its order: `reached` (different people helped), `days` of own activity from
    the first event on, `own` events, of these `paid` and `not_stated` (whether their reach was paid for), and for who
    is shown `channels` (where at least a tenth of the own events took place, the first first).
    """
    events, outcomes = columns.events, columns.outcomes
    read = select(columns, (events.at >= window_from) & (events.at < result.as_of), outcomes.at >= window_from)
    people, events, own = len(columns.people), read.events, own_events(read)
    rows = help_rows(read)
    pairs = distinct(events.actor[rows] * np.int64(people) + events.target[rows])
    reached = np.bincount(pairs // max(people, 1), minlength=people)
    first = np.full(people, result.as_of)
    np.minimum.at(first, events.actor[own], events.at[own])
    number = np.bincount(events.actor[own], minlength=people)
    silent = np.bincount(events.actor[own & (events.reach == Reach.NOT_STATED)], minlength=people)
    paid = np.bincount(events.actor[own & (events.reach == Reach.PAID)], minlength=people)
    channels = _channels(read, own, result)
    return [
        {
            "reached": int(reached[person]),
            "days": round((result.as_of - float(first[person])) / DAY),
            "own": int(number[person]),
            "not_stated": int(silent[person]),
            "paid": int(paid[person]),
            **({"channels": channels[person]} if person in channels else {}),
        }
        for person in result.person.tolist()
    ]


def _channels(columns: Columns, own: Any, result: ScoringResult) -> dict[int, list[str]]:
    events = columns.events
    shown = {person for person, band in zip(result.person.tolist(), result.band, strict=True) if band != Band.NOT_SHOWN}
    wanted = np.zeros(len(columns.people) + 1, bool)
    wanted[sorted(shown)] = True
    rows = np.flatnonzero(own & wanted[events.actor] & (events.channel >= 0))
    width = max(len(events.channel_names), 1)
    keys, times = np.unique(events.actor[rows] * np.int64(width) + events.channel[rows], return_counts=True)
    found: dict[int, list[str]] = {}
    people = np.array(sorted(shown), np.int64)
    starts, ends = np.searchsorted(keys, people * width), np.searchsorted(keys, (people + 1) * width)
    for person, start, end in zip(people.tolist(), starts.tolist(), ends.tolist(), strict=True):
        mine = np.arange(start, end)
        ordered = mine[np.argsort(-times[mine], kind="stable")]
        kept = [row for row in ordered.tolist() if times[row] >= CHANNEL_SHARE * times[mine].sum()][:MOST_CHANNELS]
        found[person] = [events.channel_names[int(keys[row] % width)] for row in kept]
    return found
