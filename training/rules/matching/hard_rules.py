"""Which pairs cannot be, and which rules each of them breaks. The one place where hard rules are looked at.

Languages, hours and a trainer's own state are the same for many learners, so they are looked at once for each profile
of learners; the line of management, conflicts and oneself are looked at for each person.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.rules.matching.columns import NOBODY, NOT_STATED, Learners, Numbers, Truths
from training.rules.matching.hours import shared_minutes
from training.rules.matching.settings import BIT, Rule, Rules
from training.rules.matching.situation import Situation

Broken = NDArray[np.uint16]

CELLS_IN_A_BLOCK = 2_000_000
"""Learners times trainers that are looked at together: some 50 MiB of working memory."""


@dataclass(frozen=True, eq=False)
class Block:
    """Some learners of one profile, and the trainers whom nothing but a person's own reasons keeps from them."""

    rows: Numbers
    columns: Numbers
    forbidden: Truths


def profiles(learners: Learners) -> Numbers:
    """A number for each learner, the same for those who are alike in languages and working hours."""
    bits = np.packbits(learners.languages, axis=1)
    hours = np.stack([learners.hours_from, learners.hours_long], axis=1).astype(np.int16)
    alike = np.ascontiguousarray(np.concatenate([bits, hours.view(np.uint8)], axis=1))
    whole = alike.view(np.dtype((np.void, alike.shape[1]))).ravel()
    return np.unique(whole, return_inverse=True)[1].astype(np.int32)


def blocks(situation: Situation, rules: Rules, rows: Numbers) -> Iterator[Block]:
    """Walk the pairs of these learners with all trainers, a profile at a time and never all pairs at once."""
    code = profiles(situation.learners)[rows]
    ordered = rows[np.argsort(code, kind="stable")]
    size = np.bincount(code)
    for first, end in zip(np.cumsum(size) - size, np.cumsum(size), strict=True):
        if first == end:
            continue
        columns = np.flatnonzero(broken_by_profile(situation, rules, ordered[first]) == 0).astype(np.int32)
        step = max(CELLS_IN_A_BLOCK // max(len(columns), 1), 1)
        for start in range(first, end, step):
            some = ordered[start : min(start + step, end)]
            yield Block(some, columns, broken_by_person(situation, rules, some, columns) != 0)


def broken(situation: Situation, rules: Rules, rows: Numbers) -> Broken:
    """Every rule broken by each pair of these learners with all trainers, as sums of `BIT`: [rows, trainers]."""
    code = profiles(situation.learners)[rows]
    everybody = np.arange(len(situation.trainers), dtype=np.int32)
    found = broken_by_person(situation, rules, rows, everybody)
    for profile in np.unique(code):
        alike = np.flatnonzero(code == profile)
        found[alike] |= broken_by_profile(situation, rules, rows[alike[0]])
    return found


def broken_in_pairs(situation: Situation, rules: Rules, learner: Numbers, trainer: Numbers) -> Broken:
    """The same for single pairs: [pairs]."""
    found = _by_state(situation, rules, learner, trainer)
    if rules.outside_line:
        found[_in_one_line(situation, learner, trainer)] |= BIT[Rule.LINE]
    if rules.no_conflicts:
        found[situation.conflicts.value_of(learner, trainer) > 0] |= BIT[Rule.CONFLICT]
    found[situation.learners.ids[learner] == situation.trainers.ids[trainer]] |= BIT[Rule.ONESELF]
    return found


def broken_by_profile(situation: Situation, rules: Rules, row: int) -> Broken:
    """The rules that every learner of this one's profile breaks with each trainer: [trainers]."""
    everybody = np.arange(len(situation.trainers), dtype=np.int32)
    return _by_state(situation, rules, np.full(1, row, np.int32), everybody)


def broken_by_person(situation: Situation, rules: Rules, rows: Numbers, columns: Numbers) -> Broken:
    """The rules that single learners break with single trainers: [rows, columns]."""
    learners, trainers = situation.learners, situation.trainers
    found = np.zeros((len(rows), len(columns)), np.uint16)
    if rules.outside_line:
        in_line = _in_one_line(situation, rows[:, None], columns[None])
        np.multiply(in_line, BIT[Rule.LINE], out=found, casting="unsafe")
    place_of = np.full(len(trainers) + 1, NOBODY, np.int32)  # the last entry answers for nobody
    place_of[columns] = np.arange(len(columns), dtype=np.int32)
    if rules.no_conflicts and len(situation.conflicts):
        place, trainer, _ = situation.conflicts.among(rows)
        at = place_of[trainer]
        found[place[at >= 0], at[at >= 0]] |= BIT[Rule.CONFLICT]
    own = place_of[trainers.rows_of(learners.ids[rows])]
    found[np.flatnonzero(own >= 0), own[own >= 0]] |= BIT[Rule.ONESELF]
    return found


def hours_in_common(situation: Situation, learner: Numbers, trainer: Numbers) -> Numbers:
    """Minutes of the working day that the two share, NOT_STATED where the hours of one are not known."""
    learners, trainers = situation.learners, situation.trainers
    from_a, from_b = learners.hours_from[learner], trainers.hours_from[trainer]
    shared = shared_minutes(from_a, learners.hours_long[learner], from_b, trainers.hours_long[trainer])
    return np.where((from_a == NOT_STATED) | (from_b == NOT_STATED), NOT_STATED, shared).astype(np.int32)


def _by_state(situation: Situation, rules: Rules, learner: Numbers, trainer: Numbers) -> Broken:
    """Rules of languages, hours and the trainer's own state, for pairs or for one learner with many trainers.

    Hours that are not stated break nothing: the rule asks for a known obstacle. A language that is not stated is shared
    with nobody.
    """
    learners, trainers = situation.learners, situation.trainers
    found = np.zeros(len(trainer), np.uint16)
    if rules.same_language:
        found[~(learners.languages[learner] & trainers.languages[trainer]).any(axis=1)] |= BIT[Rule.LANGUAGE]
    if rules.overlap_minutes:
        shared = hours_in_common(situation, learner, trainer)
        found[(shared != NOT_STATED) & (shared < rules.overlap_minutes)] |= BIT[Rule.HOURS]
    found[trainers.possible[trainer]] |= BIT[Rule.APPROVAL]
    found[(~trainers.consents & ~trainers.possible)[trainer]] |= BIT[Rule.CONSENT]
    found[(~trainers.trained & ~trainers.possible)[trainer]] |= BIT[Rule.COURSE]
    found[trainers.paused[trainer]] |= BIT[Rule.PAUSE]
    found[trainers.left[trainer]] |= BIT[Rule.LEFT]
    return found


def _in_one_line(situation: Situation, learner: Numbers, trainer: Numbers) -> Truths:
    """Whether one of the two manages the other, directly or not; index arrays broadcast.

    A difference seen as unsigned is large where it is negative: one comparison instead of two for "from <= x < to".
    Nobody stands in a line with themselves here: that is another rule.
    """
    learner_from = situation.learners.line_from.astype(np.uint32)[learner]
    learner_size = situation.learners.line_to.astype(np.uint32)[learner] - learner_from
    trainer_from = situation.trainers.line_from.astype(np.uint32)[trainer]
    trainer_size = situation.trainers.line_to.astype(np.uint32)[trainer] - trainer_from
    below = learner_from - trainer_from
    in_line = below < trainer_size
    np.negative(below, out=below)
    in_line |= below < learner_size
    in_line &= below != 0
    return in_line
