"""One learner's way through a course: lessons read, quizzes sat, tried again, up to the present moment. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from samples.story.answers import answer
from samples.story.habits import LEARNT_BY_TRY, MOST_TRIES, Habit, Hardness, at_work
from training.attempts.sitting_operations import Reading, Sitting
from training.attempts.sitting_queries import Quiz
from training.rules.attempts import GivenResponse, mark_questions, quiz_result

LATELY = timedelta(days=8)
"""Only quizzes that were begun within this time are still open in the middle."""


@dataclass(frozen=True)
class Stage:
    """One module: its lessons as (id, minutes), its quiz, and how hard each question is."""

    lessons: tuple[tuple[int, int], ...]
    quiz: Quiz
    hard: tuple[Hardness, ...]


@dataclass
class Way:
    """What a learner did."""

    readings: list[Reading] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)


@dataclass(frozen=True)
class Learner:
    """Who walks: the enrolment, from when to when, and where the person works."""

    enrolment_id: int
    habit: Habit
    enrolled_at: datetime
    due_at: datetime
    zone: ZoneInfo


def walk(rng: np.random.Generator, learner: Learner, stages: Sequence[Stage], now: datetime) -> Way:
    """Everything that the learner did before `now`, in the order of modules."""
    way = Way()
    time_given = learner.due_at - learner.enrolled_at
    clock = learner.enrolled_at
    for number, stage in enumerate(stages[: learner.habit.modules]):
        share = learner.habit.begins + (learner.habit.ends - learner.habit.begins) * number / len(stages)
        planned = learner.enrolled_at + time_given * max(0.0, share + float(rng.normal(0, 0.015)))
        clock = at_work(rng, max(planned, clock + timedelta(hours=1)), learner.zone)
        clock = _read(rng, learner, stage, clock, way)
        clock, passed = _sit(rng, learner, stage, clock, way)
        if clock >= now or not passed:
            break
    return _until(_interrupted(way, learner.habit, now), now)


def _read(rng: np.random.Generator, learner: Learner, stage: Stage, clock: datetime, way: Way) -> datetime:
    for lesson_id, minutes in stage.lessons:
        clock += timedelta(minutes=minutes * float(rng.uniform(0.7, 1.7)))
        way.readings.append(Reading(learner.enrolment_id, lesson_id, clock))
        if rng.random() < 0.2:
            clock = at_work(rng, clock + timedelta(hours=20), learner.zone)
    return clock


def _sit(rng: np.random.Generator, learner: Learner, stage: Stage, clock: datetime, way: Way) -> tuple[datetime, bool]:
    """Try the quiz until it is passed, a day or more apart; returns when it ended and whether it was passed."""
    for tries in range(MOST_TRIES):
        began = at_work(rng, clock + timedelta(minutes=float(rng.uniform(2, 15))), learner.zone)
        ability = learner.habit.ability + LEARNT_BY_TRY * tries
        sitting = _sitting(rng, learner.enrolment_id, stage, ability, began)
        way.sittings.append(sitting)
        clock = sitting.finished_at or began
        if _passes(stage.quiz, sitting):
            return clock, True
        clock = at_work(rng, clock + timedelta(hours=float(rng.uniform(18, 60))), learner.zone)
    return clock, False


def _sitting(rng: np.random.Generator, enrolment_id: int, stage: Stage, ability: float, began: datetime) -> Sitting:
    """Every question answered in turn, some half a minute to two minutes each."""
    clock, answers = began, {}
    for question, hard in zip(stage.quiz.questions, stage.hard, strict=True):
        clock += timedelta(seconds=float(rng.uniform(25, 110)))
        answers[question.position] = (clock, answer(rng, question.specification, hard.chance(ability)))
    ended = clock + timedelta(seconds=float(rng.uniform(5, 40)))
    return Sitting(enrolment_id, stage.quiz.module_id, int(rng.integers(2**31)), began, answers, ended)


def _passes(quiz: Quiz, sitting: Sitting) -> bool:
    given = {place: GivenResponse(place, 1, value, at) for place, (at, value) in sitting.answers.items()}
    return bool(quiz_result(mark_questions(quiz.questions, given), quiz.pass_mark).passed)


def _interrupted(way: Way, habit: Habit, now: datetime) -> Way:
    """Leave the last quiz before `now` in the middle, if that is the learner's habit and it was lately."""
    begun = [sitting for sitting in way.sittings if sitting.started_at < now]
    if not habit.interrupted or not begun or begun[-1].started_at < now - LATELY:
        return way
    last = begun[-1]
    answered = dict(list(last.answers.items())[: len(last.answers) // 2])
    open_one = replace(last, answers=answered, finished_at=None)
    return Way([one for one in way.readings if one.at < last.started_at], [*begun[:-1], open_one])


def _until(way: Way, now: datetime) -> Way:
    """Only what happened before `now`. A quiz that goes on then is under way, with the answers given so far."""
    return Way([one for one in way.readings if one.at < now], list(_cut(way.sittings, now)))


def _cut(sittings: Sequence[Sitting], now: datetime) -> Iterator[Sitting]:
    for sitting in sittings:
        if sitting.started_at >= now:
            return
        if sitting.finished_at is None or sitting.finished_at < now:
            yield sitting
            continue
        so_far: dict[int, tuple[datetime, dict[str, Any]]] = {
            place: given for place, given in sitting.answers.items() if given[0] < now
        }
        yield replace(sitting, answers=so_far, finished_at=None)
