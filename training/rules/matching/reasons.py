"""Why two people are a pair: the facts behind the points, ready to be told in words."""

from dataclasses import dataclass

import numpy as np

from training.rules.matching.columns import NOT_STATED, Numbers
from training.rules.matching.hard_rules import hours_in_common
from training.rules.matching.pair_costs import gap_weights
from training.rules.matching.situation import Situation

STRONG = 0.6
"""From this strength on, a page may call a trainer strong in a topic."""


@dataclass(frozen=True)
class Reasons:
    """What speaks for one pair.

    `topic` is where the trainer can give the learner most, "" without quiz results; `strength` is the trainer's there,
    0 to 1, None if not known. `widest` tells that the learner lacks nothing more, `strongest` that the trainer is
    nowhere better. `answered` counts answers to each other; `minutes` of the working day are shared, None if not known.
    """

    topic: str
    strength: float | None
    widest: bool
    strongest: bool
    languages: tuple[str, ...]
    same_site: bool
    answered: int
    minutes: int | None
    stays: bool


def reasons(situation: Situation, learner: Numbers, trainer: Numbers) -> tuple[Reasons, ...]:
    """The reasons of single pairs, given as rows."""
    gaps, strengths = situation.learners.gaps[learner], situation.trainers.strengths[trainer]
    topic = _best_topics(situation, learner, trainer)
    answered = situation.ties.value_of(learner, trainer)
    minutes = hours_in_common(situation, learner, trainer)
    spoken = situation.learners.languages[learner] & situation.trainers.languages[trainer]
    here, there = situation.learners.site[learner], situation.trainers.site[trainer]
    stays = situation.present[learner] == trainer
    names, found = situation.names, []
    for row, place in enumerate(topic):
        known = place != NOT_STATED
        strength = float(strengths[row, place]) if known else np.nan
        found.append(
            Reasons(
                topic=names.topics[place] if known else "",
                strength=None if np.isnan(strength) else round(strength, 3),
                widest=bool(known and gaps[row, place] >= np.nanmax(gaps[row])),
                strongest=bool(known and strength >= np.nanmax(strengths[row], initial=0)),
                languages=tuple(names.languages[language] for language in np.flatnonzero(spoken[row])),
                same_site=bool(here[row] == there[row] != NOT_STATED),
                answered=int(answered[row]),
                minutes=None if minutes[row] == NOT_STATED else int(minutes[row]),
                stays=bool(stays[row]),
            )
        )
    return tuple(found)


def _best_topics(situation: Situation, learner: Numbers, trainer: Numbers) -> Numbers:
    """The topic that adds most to each pair's fit, NOT_STATED for a learner without known gaps."""
    wanted, whole = gap_weights(situation.learners.gaps[learner])
    if not wanted.shape[1]:
        return np.full(len(learner), NOT_STATED, np.int32)
    given = wanted * np.nan_to_num(situation.trainers.strengths[trainer], nan=0.0)
    given[(given.max(axis=1) == 0)] = wanted[given.max(axis=1) == 0]
    return np.where(whole > 0, given.argmax(axis=1), NOT_STATED).astype(np.int32)
