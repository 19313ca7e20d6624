"""How the demo's learners go through a course: when they begin, how fast they are, where they stop. Pure.

The shares are chosen so that there is somebody in every state: most finish in time, some come late, a few stop or never
begin. Moments lie in working hours where the person works.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from samples.company.chance import stream

SHARES: Mapping[str, float] = {"early": 0.18, "steady": 0.60, "late": 0.15, "stops": 0.05, "never": 0.02}
MOST_TRIES = 4
INTERRUPTED = 0.15
NOT_TAUGHT, TAUGHT_NOWHERE = 0.25, 14.0
"""The share of modules with such a question, and its hardness: with the slope it has, about one in five knows it."""
ABILITY, ABILITY_SPREAD = 1.5, 1.1
LEARNT_BY_TRY = 0.9
"""What a failed try and reading again add to the log-odds of a right answer."""

MORNING, EVENING = time(8, 30), time(17, 0)
HOURS_OF_WORK = 8.5


@dataclass(frozen=True)
class Habit:
    """One learner. `begins` and `ends` are shares of the time given; `modules` how many before they stop.

    `ability` is the log-odds of answering a question of average difficulty rightly. `interrupted`: the last quiz was
    left in the middle.
    """

    begins: float
    ends: float
    modules: int
    ability: float
    interrupted: bool = False


def habit_of(rng: np.random.Generator, skill: float, modules: int) -> Habit:
    """Draw the habits of somebody with this skill (log-odds, 0 is ordinary) in a course of so many modules."""
    ability = ABILITY + 0.5 * skill + float(rng.normal(0, ABILITY_SPREAD))
    sort = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    begins, ends, stops, cut = rng.random(4).tolist()
    interrupted = cut < INTERRUPTED
    if sort == "never":
        return Habit(0.5, 1.0, 0, ability)
    if sort == "stops":
        return Habit(0.05 + 0.3 * begins, 1.0, 1 + int(stops * (modules - 2)), ability)
    first, last = {"early": (0.01, 0.45), "steady": (0.04, 0.85), "late": (0.30, 1.15)}[sort]
    return Habit(first + 0.12 * begins, last + 0.15 * ends, modules, ability, interrupted)


def example_habit(modules: int) -> Habit:
    """The habits of the learner whom visitors sign in as: well on the way, with a quiz left in the middle."""
    return replace(Habit(0.05, 0.95, modules, 1.5), interrupted=True)


@dataclass(frozen=True)
class Hardness:
    """How hard a question is, in log-odds, and how much it tells the able from the others (1 is usual)."""

    hard: float
    slope: float = 1.0

    def chance(self, ability: float) -> float:
        """The chance of a right answer."""
        return float(1.0 / (1.0 + np.exp(self.slope * (self.hard - ability))))


def hardness_of(seed: int, module: str, abouts: Sequence[str]) -> tuple[Hardness, ...]:
    """How hard each question of a module is; those that ask why are a little harder.

    In one module of four there is a question that is hard for everybody alike, as happens when a lesson does not say
    what its quiz asks: the analysis of questions has something to find. No key is made to look wrong, since none is.
    """
    rng = stream(seed, f"hardness {module}")
    drawn, slopes = rng.normal(0.0, 0.6, len(abouts)), rng.uniform(0.7, 1.4, len(abouts))
    hardness = [
        Hardness(float(hard) + (0.25 if about == "why" else 0.0), float(slope))
        for hard, slope, about in zip(drawn, slopes, abouts, strict=True)
    ]
    if rng.random() < NOT_TAUGHT:
        hardness[int(rng.integers(len(hardness)))] = Hardness(TAUGHT_NOWHERE, 0.1)
    return tuple(hardness)


def at_work(rng: np.random.Generator, moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself if the person is at work then, else a moment of the next working day."""
    local = moment.astimezone(zone)
    if local.weekday() < 5 and MORNING <= local.time() <= EVENING:
        return moment
    day = local.date() + timedelta(days=0 if local.time() < MORNING and local.weekday() < 5 else 1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    later = timedelta(hours=float(rng.random()) * HOURS_OF_WORK)
    return (datetime.combine(day, MORNING, zone) + later).astimezone(moment.tzinfo)
