"""A made-up company of any size, straight as the columns of the matching; all from one seeded generator."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.rules.matching.columns import NOBODY, Ids, Learners, Names, Numbers, Pairs, Shares, Trainers, Truths
from training.rules.matching.management import lines_of_management
from training.rules.matching.situation import Situation

SITES = 12
LANGUAGES = ("English", "German", "French", "Spanish", "Polish", "Portuguese")
TOPICS = tuple(f"module {module}: {side}" for module in range(1, 9) for side in ("why", "how"))
SITE_SHARES = np.r_[np.full(4, 0.15), np.full(8, 0.05)]
OPENING = np.array([480, 480, 420, 540, 540, 480, 960, 960, 900, 60, 120, 1380])
TEAM = 12
SPAN = 8
ROOM = 1.15


def company(learners: int, trainers: int, seed: int = 1, present: Ids | None = None) -> Situation:
    """Learners and trainers (other employees) in one tree of teams on twelve sites around the world.

    Seven in ten speak their site's language first; a third of learners and three in five trainers speak English
    besides. Trainers have places for 1.15 times the learners. Gaps and strengths differ by person and by topic. Each
    learner has answered, or been answered by, about three trainers, mostly on the same site. `present` are the ids of
    the learners' trainers, if they have any.
    """
    dice = np.random.default_rng(seed)
    site = dice.choice(SITES, learners + trainers, p=SITE_SHARES).astype(np.int32)
    teaching = np.zeros(learners + trainers, bool)
    teaching[dice.choice(learners + trainers, trainers, replace=False)] = True
    first = np.where(dice.random(len(site)) < 0.7, site % len(LANGUAGES), dice.integers(0, len(LANGUAGES), len(site)))
    spoken = np.zeros((len(site), len(LANGUAGES)), bool)
    spoken[np.arange(len(site)), first] = True
    spoken[dice.random(len(site)) < np.where(teaching, 0.6, 0.35), 0] = True
    team = (np.arange(len(site)) // TEAM).astype(np.int32)
    line = _lines(team)
    everybody = {
        "ids": np.arange(1, len(site) + 1),
        "languages": spoken,
        "site": site,
        "team": team,
        "hours_from": OPENING[site].astype(np.int32),
        "hours_long": np.full(len(site), 480, np.int32),
        "line_from": line[0],
        "line_to": line[1],
    }
    taught = _learners({name: column[~teaching] for name, column in everybody.items()}, first[~teaching], dice)
    teachers = _trainers({name: column[teaching] for name, column in everybody.items()}, learners, dice)
    sites, teams = (
        tuple(f"{word} {n}" for n in range(count)) for word, count in (("site", SITES), ("team", team[-1] + 1))
    )
    none = np.zeros(0, np.int32)
    ties = _ties(dice, taught.site, teachers.site)
    if present is not None:
        taught = replace(taught, present_trainer=present)
    return Situation(taught, teachers, ties, Pairs(none, none, none), Names(LANGUAGES, sites, teams, TOPICS))


def _learners(common: dict[str, Any], first: NDArray[np.int64], dice: np.random.Generator) -> Learners:
    absent, none = np.full(len(first), NOBODY), np.zeros(len(first), bool)
    return Learners(
        **common,
        main_language=first.astype(np.int32),
        gaps=_skills(dice, len(first), 0.0, 0.7),
        present_trainer=absent,
        present_second=absent,
        takes_part=~none,
        paused=none,
        left=none,
    )


def _trainers(common: dict[str, Any], learners: int, dice: np.random.Generator) -> Trainers:
    count = len(common["ids"])
    places, nobody = np.full(count, int(np.ceil(learners / count * ROOM)), np.int32), np.zeros(count, bool)
    return Trainers(
        **common,
        places=places,
        second_places=places,
        strengths=_skills(dice, count, 0.8, 0.6),
        possible=nobody,
        consents=~nobody,
        trained=~nobody,
        paused=nobody,
        left=nobody,
    )


def half_a_year_later(
    situation: Situation, present: Numbers, second: Numbers, leaving: float, seed: int = 2
) -> Situation:
    """The same company with the pairs published, some trainers gone, and what is known of people changed a little.

    Gaps move by a standard deviation of 0.10 and strengths by 0.05, as new quiz results and new evidence come in; one
    tie in ten is new. `present` and `second` are trainers' rows.
    """
    dice = np.random.default_rng(seed)
    learners, trainers = situation.learners, situation.trainers
    gone = np.zeros(len(trainers), bool)
    gone[dice.choice(len(trainers), round(len(trainers) * leaving), replace=False)] = True
    ids = np.append(trainers.ids, NOBODY)
    taught = replace(
        learners, gaps=_moved(dice, learners.gaps, 0.10), present_trainer=ids[present], present_second=ids[second]
    )
    teachers = replace(trainers, strengths=_moved(dice, trainers.strengths, 0.05), left=gone)
    old, new = situation.ties, _ties(dice, learners.site, trainers.site)
    kept, added = dice.random(len(old)) < 0.9, dice.random(len(new)) < 0.1
    ties = _summed(
        np.r_[old.learner[kept], new.learner[added]],
        np.r_[old.trainer[kept], new.trainer[added]],
        np.r_[old.value[kept], new.value[added]],
        len(trainers),
    )
    return replace(situation, learners=taught, trainers=teachers, ties=ties)


def _lines(team: Numbers) -> NDArray[np.int32]:
    """The first of each team manages it and is managed by the first of the team above."""
    above = np.maximum((team - 1) // SPAN, 0) * TEAM
    heads = np.arange(len(team)) % TEAM == 0
    manager = np.where(heads, above, team * TEAM) + 1
    managers: dict[int, int | None] = {employee: int(manager[employee - 1]) for employee in range(2, len(team) + 1)}
    lines = lines_of_management({1: None, **managers})
    return np.array([lines[employee] for employee in range(1, len(team) + 1)], np.int32).T


def _skills(dice: np.random.Generator, people: int, level: float, spread: float) -> Shares:
    """Shares between 0 and 1: a level of the person and as much again of the topic."""
    personal = dice.normal(level, spread, (people, 1))
    shares: Shares = (1 / (1 + np.exp(-(personal + dice.normal(0, 1, (people, len(TOPICS))))))).astype(np.float32)
    return shares


def _moved(dice: np.random.Generator, shares: Shares, spread: float) -> Shares:
    return np.clip(shares + dice.normal(0, spread, shares.shape), 0, 1).astype(np.float32)


def _ties(dice: np.random.Generator, here: Numbers, there: Numbers) -> Pairs:
    """Three a learner; four in five of those drawn between sites are dropped and drawn within the site instead."""
    learner = np.repeat(np.arange(len(here), dtype=np.int32), 3)
    trainer = dice.integers(0, len(there), len(learner)).astype(np.int32)
    near = np.argsort(there, kind="stable").astype(np.int32)
    start, end = np.searchsorted(there[near], here[learner]), np.searchsorted(there[near], here[learner], "right")
    local: Truths = (dice.random(len(learner)) < 0.8) & (end > start)
    trainer[local] = near[(start + (dice.random(len(learner)) * (end - start)).astype(np.int64))[local]]
    return _summed(learner, trainer, dice.geometric(0.4, len(learner)).astype(np.int32), len(there))


def _summed(learner: Numbers, trainer: Numbers, times: Numbers, trainers: int) -> Pairs:
    key, place = np.unique(learner.astype(np.int64) * trainers + trainer, return_inverse=True)
    total = np.bincount(place, times).astype(np.int32)
    return Pairs((key // trainers).astype(np.int32), (key % trainers).astype(np.int32), total)
