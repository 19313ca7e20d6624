"""Alarms about what somebody did: answers to themselves, floods, copies."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from champions.scoring.fading import DAY
from champions.scoring.kinds import codes_of
from champions.scoring.result import Alarm, Flag
from champions.scoring.scene import ENOUGH, Scene, column_of

ANSWER_VERBS = frozenset({"answer", "reply"})
FEWEST_ANSWERS = 5
OWN_QUESTIONS_SHARE = 0.2
FAITHFUL_SHARE = 0.8
FLOOD_A_DAY = 200
DAYS = np.int64(1_000_000)  # more than any day since 1970
COPIES_SHARE = 0.3


def self_answers(scene: Scene) -> Iterator[Flag]:
    """Many answers to own questions. They count for nothing anyway."""
    events, people = scene.columns.events, len(scene.columns.people)
    rows = answers(scene)
    own = np.bincount(events.actor[rows[events.actor[rows] == events.target[rows]]], minlength=people)
    total = np.bincount(events.actor[rows], minlength=people)
    for person in scene.people[own[scene.people] >= FEWEST_ANSWERS].tolist():
        share = own[person] / total[person]
        if share >= OWN_QUESTIONS_SHARE:
            reason = f"{own[person]} of {total[person]} answers are to own questions; none of them counts."
            yield Flag(person, Alarm.SELF_ANSWERS, reason, float(share))


def second_accounts(scene: Scene) -> Iterator[Flag]:
    """An account that asks, is answered by this person nearly always, and confirms what this person did."""
    events, rows, ties = scene.columns.events, answers(scene), scene.praise.outcomes
    answered = np.bincount(events.target[rows] + 1, minlength=len(scene.columns.people) + 1)[1:]
    for person in scene.among(ties.most >= FEWEST_ANSWERS, ties.most >= OWN_QUESTIONS_SHARE * ties.total):
        giver, times = column_of(ties.by_receiver, person)
        mine = events.target[rows[events.actor[rows] == person]]
        for other, won in zip(giver.tolist(), times.tolist(), strict=True):
            if won < max(FEWEST_ANSWERS, OWN_QUESTIONS_SHARE * ties.total[person]):
                continue
            asked = np.count_nonzero(mine == other)
            if asked >= max(FEWEST_ANSWERS, FAITHFUL_SHARE * answered[other]):
                reason = (
                    f"One account had {asked} of its {answered[other]} answers from this person and "
                    f"confirmed {won:.0f} of {ties.total[person]:.0f} outcomes."
                )
                yield Flag(person, Alarm.SELF_ANSWERS, reason, float(won / ties.total[person]), (other,))


def answers(scene: Scene) -> NDArray[np.intp]:
    """The events by which somebody answered."""
    events = scene.columns.events
    return np.flatnonzero(codes_of(events.verb_names, ANSWER_VERBS)[events.verb] & (events.actor >= 0))


def flood(scene: Scene) -> Iterator[Flag]:
    """So many events on one day that nobody writes them by hand."""
    events = scene.columns.events
    many = scene.people[scene.done[scene.people] >= FLOOD_A_DAY]
    looked_at = np.zeros(len(scene.columns.people) + 1, bool)  # the last entry answers for nobody
    looked_at[many] = True
    rows = np.flatnonzero(scene.own & looked_at[events.actor])
    day = np.floor(events.at[rows] / DAY).astype(np.int64)
    key, times = np.unique(events.actor[rows] * DAYS + day, return_counts=True)
    full = times >= FLOOD_A_DAY
    for person in np.unique(key[full] // DAYS).tolist():
        most = times[full & (key // DAYS == person)]
        reason = f"{most.max()} events on one day; {FLOOD_A_DAY} or more on {len(most)} days."
        yield Flag(person, Alarm.FLOOD, reason, float(min(most.max() / (5 * FLOOD_A_DAY), 1.0)))


def copies(scene: Scene) -> Iterator[Flag]:
    """Many texts that somebody had posted before. Supplied texts are no offence and not counted here."""
    events, people = scene.columns.events, len(scene.columns.people)
    own = scene.own & ~events.from_library
    total = np.bincount(events.actor[own], minlength=people)
    copied = np.bincount(events.actor[own & events.is_copy], minlength=people)
    for person in scene.people[copied[scene.people] >= ENOUGH].tolist():
        share = copied[person] / total[person]
        if share >= COPIES_SHARE:
            reason = f"{copied[person]} of {total[person]} texts were posted before by somebody."
            yield Flag(person, Alarm.COPIES, reason, float(share))
