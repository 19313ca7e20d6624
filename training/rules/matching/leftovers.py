"""Who stays without a trainer, the one rule that stands in the way, and the one step that would help most."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.rules.matching.columns import NOBODY, NOT_STATED, Numbers, Truths
from training.rules.matching.hard_rules import (
    CELLS_IN_A_BLOCK,
    Broken,
    broken,
    broken_in_pairs,
    hours_in_common,
    profiles,
)
from training.rules.matching.settings import BIT, Rule
from training.rules.matching.solving import Result

OBSTACLES = (Rule.LANGUAGE, Rule.HOURS, Rule.LINE, Rule.CONFLICT, Rule.ONESELF, Rule.PLACES)
"""Asked in this order of the trainers who teach now: the first that nobody is left after stands in the way."""

EASY_CURES = (Rule.PLACES, Rule.COURSE, Rule.APPROVAL, Rule.HOURS, Rule.PAUSE)
HARD_CURES = (Rule.LANGUAGE, Rule.CONFLICT, Rule.LINE)
"""Relaxed only if no easy one helps: a raised limit, a course, an approval or a shorter overlap hurts nobody."""

CURES = EASY_CURES + HARD_CURES

LEAST_SHARED = 60
"""Minutes: with less of the working day in common nobody could meet, whatever the rule asks for."""


@dataclass(frozen=True)
class Leftover:
    """Learners (ids) for whom the same stands in the way and the same would help.

    `obstacle` is what no teaching trainer gets past; APPROVAL stands for "there is no trainer". `cure` is the rule
    whose relaxation places most of them, None if none alone would. `helper` is the trainer (id) with whom it places
    most of them, `takes` how many; `helpers` how many trainers would do. `minutes` is the most of the working day that
    they share with a trainer of their language, where hours are the obstacle; `allow` is the most that the rule may ask
    for if the helper is to take that many, where hours are the cure.
    """

    learners: tuple[int, ...]
    languages: tuple[str, ...]
    obstacle: Rule
    cure: Rule | None
    helper: int | None
    takes: int
    helpers: int
    minutes: int | None
    allow: int | None


def leftovers(result: Result) -> tuple[Leftover, ...]:
    """Explain everybody left over, the largest group first."""
    rows = result.left_over
    obstacle = np.zeros(len(rows), np.int8)
    helped = np.zeros((len(rows), len(CURES)), bool)
    for part, bits in _parts(result, rows):
        obstacle[part] = _obstacles(result, bits)
        helped[part] = np.stack([helps.any(axis=1) for helps in _helps(result, rows[part], bits)], axis=1)
    found = []
    for group in _alike(result, rows, obstacle):
        while len(group):
            cure, takes = _best_cure(result, rows[group], helped[group])
            served = helped[group, cure] if cure is not None else np.ones(len(group), bool)
            found.append(_leftover(result, rows[group[served]], int(obstacle[group[0]]), cure, takes))
            group = group[~served]
    return tuple(sorted(found, key=lambda each: (-len(each.learners), each.learners)))


def _parts(result: Result, rows: Numbers) -> Iterator[tuple[slice, Broken]]:
    """The rules that the pairs of some learners with all trainers break, never all learners at once."""
    found = result.candidates
    step = max(CELLS_IN_A_BLOCK // max(len(found.situation.trainers), 1), 1)
    for start in range(0, len(rows), step):
        part = slice(start, min(start + step, len(rows)))
        yield part, broken(found.situation, found.rules, rows[part])


def _obstacles(result: Result, bits: Broken) -> NDArray[np.int8]:
    """The place in OBSTACLES of what stands in each learner's way; the place after the last if there is no trainer."""
    possible = np.broadcast_to(result.candidates.situation.trainers.active, bits.shape)
    found = np.full(len(bits), len(OBSTACLES) if not possible.any() else len(OBSTACLES) - 1, np.int8)
    open_yet = np.full(len(bits), bool(possible.any()))
    for place, rule in enumerate(OBSTACLES[:-1]):
        possible = possible & (bits & BIT[rule] == 0)
        stuck = open_yet & ~possible.any(axis=1)
        found[stuck] = place
        open_yet &= ~stuck
    return found


def _helps(result: Result, rows: Numbers, bits: Broken) -> list[Truths]:
    """For each of CURES: with which trainers its relaxation alone would place each learner: [rows, trainers]."""
    room = _room(result) > 0
    found = [(bits == (0 if cure is Rule.PLACES else BIT[cure])) & room[place] for place, cure in enumerate(CURES)]
    by_hours = found[CURES.index(Rule.HOURS)]
    row, trainer = (part.astype(np.int32) for part in np.nonzero(by_hours))
    by_hours[row, trainer] = hours_in_common(result.candidates.situation, rows[row], trainer) >= LEAST_SHARED
    return found


def _room(result: Result) -> Numbers:
    """How many learners each trainer could take once a rule is relaxed: [cures, trainers].

    A limit is raised by one, which is no help where more places than that are kept for paused learners. Who is
    approved, learns to teach or comes back has the whole limit. Else places that are free, or one where moving others
    makes one free.
    """
    situation, flow = result.candidates.situation, result.flow
    free = np.maximum(result.transport.places - flow.load, flow.within_reach)
    room = np.broadcast_to(free, (len(CURES), len(free))).copy()
    room[CURES.index(Rule.PLACES)] = situation.kept <= situation.trainers.places
    for cure in (Rule.APPROVAL, Rule.COURSE, Rule.PAUSE):
        room[CURES.index(cure)] = situation.places
    return room


def _alike(result: Result, rows: Numbers, obstacle: NDArray[np.int8]) -> Iterator[NDArray[np.int64]]:
    """Places in `rows` of learners with one obstacle and the same languages, and hours if these are the obstacle."""
    learners = result.candidates.situation.learners
    languages = np.unique(learners.languages[rows], axis=0, return_inverse=True)[1].ravel()
    hours = np.where(obstacle == OBSTACLES.index(Rule.HOURS), profiles(learners)[rows], NOT_STATED)
    alike = np.unique(np.stack([obstacle, languages, hours], axis=1), axis=0, return_inverse=True)[1].ravel()
    for group in range(int(alike.max(initial=-1)) + 1):
        yield np.flatnonzero(alike == group)


def _best_cure(result: Result, rows: Numbers, helped: Truths) -> tuple[int | None, Numbers]:
    """The place in CURES of the rule whose relaxation places most of these learners, None if none places anybody.

    And how many of them each trainer would take then.
    """
    wanted = np.zeros((len(CURES), len(result.load)), np.int64)
    for part, bits in _parts(result, rows):
        wanted += np.stack([helps.sum(axis=0) for helps in _helps(result, rows[part], bits)])
    takes = np.minimum(wanted, _room(result))
    placed = np.minimum(helped.sum(axis=0), takes.sum(axis=1))
    for some in (EASY_CURES, HARD_CURES):
        places = [CURES.index(cure) for cure in some]
        if placed[places].any():
            best = max(places, key=lambda place: int(placed[place]))
            return best, takes[best].astype(np.int32)
    return None, np.zeros(len(result.load), np.int32)


def _leftover(result: Result, rows: Numbers, obstacle: int, cure: int | None, takes: Numbers) -> Leftover:
    situation = result.candidates.situation
    spoken = situation.learners.languages[rows[0]]
    helper = int(takes.argmax()) if takes.any() else NOBODY
    rule = OBSTACLES[obstacle] if obstacle < len(OBSTACLES) else Rule.APPROVAL
    return Leftover(
        learners=tuple(int(learner) for learner in situation.learners.ids[rows]),
        languages=tuple(name for name, speaks in zip(situation.names.languages, spoken, strict=True) if speaks),
        obstacle=rule,
        cure=None if cure is None else CURES[cure],
        helper=None if helper == NOBODY else int(situation.trainers.ids[helper]),
        takes=0 if helper == NOBODY else int(takes[helper]),
        helpers=int(np.count_nonzero(takes)),
        minutes=_most_minutes(result, int(rows[0])) if rule is Rule.HOURS else None,
        allow=_to_allow(result, rows, helper, int(takes[helper])) if cure == CURES.index(Rule.HOURS) else None,
    )


def _most_minutes(result: Result, row: int) -> int:
    """The most of the working day that this learner shares with a teaching trainer of the same language."""
    found = result.candidates
    trainer = np.flatnonzero(found.situation.trainers.active).astype(np.int32)
    learner = np.full(len(trainer), row, np.int32)
    bits = broken_in_pairs(found.situation, found.rules, learner, trainer)
    shared = hours_in_common(found.situation, learner, trainer)
    return int(shared[bits & BIT[Rule.LANGUAGE] == 0].max())


def _to_allow(result: Result, rows: Numbers, helper: int, takes: int) -> int:
    """The minutes that the rule may ask for at most, if this trainer is to take so many of these learners."""
    found, trainer = result.candidates, np.full(len(rows), helper, np.int32)
    bits = broken_in_pairs(found.situation, found.rules, rows, trainer)
    shared = hours_in_common(found.situation, rows, trainer)[bits == BIT[Rule.HOURS]]
    return int(np.sort(shared)[-takes])
