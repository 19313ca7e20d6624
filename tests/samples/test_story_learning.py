"""How the demo's learners answer and when they learn: plausible, in working hours, never later than now."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.story.answers import answer
from samples.story.habits import MORNING, Habit, Hardness, at_work, hardness_of
from samples.story.state import COURSES, STARTER, TRAINERS
from samples.story.way import Learner, Stage, walk
from training.attempts.sitting_queries import Quiz
from training.rules.attempts import PlacedQuestion
from training.rules.course_files.reader import read_course
from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.protocol import State

ENROLLED = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
DUE = ENROLLED + timedelta(weeks=6)
ZONES = ("Europe/Lisbon", "Europe/Warsaw", "UTC")


def questions():
    for slug in (STARTER, TRAINERS):
        for module in read_course(COURSES / slug).modules:
            yield from module.questions


@pytest.fixture(scope="module")
def stages():
    modules = read_course(COURSES / STARTER).modules
    found = []
    for number, module in enumerate(modules, 1):
        placed = tuple(
            PlacedQuestion(place, one.specification, one.weight, one.about.value, one.topic)
            for place, one in enumerate(module.questions, 1)
        )
        hard = hardness_of(7, module.slug, [one.about for one in placed])
        lessons = tuple((10 * number + place, lesson.minutes) for place, lesson in enumerate(module.lessons))
        found.append(Stage(lessons, Quiz(number, 0.7, placed, tuple(range(len(placed)))), hard))
    return found


def test_who_knows_it_answers_rightly_and_who_does_not_answers_something_else():
    rng = np.random.default_rng(3)
    for question in questions():
        kind = kind_of(question.specification)
        right = answer(rng, question.specification, 1.0)
        assert kind.grade(question.specification, right).state is State.RIGHT, question.slug
        wrong = [kind.grade(question.specification, answer(rng, question.specification, 0.0)) for _ in range(10)]
        assert all(one.state is not State.UNANSWERED for one in wrong), question.slug
        # Two things that belong to the same may change places, and a word may be right by luck.
        assert sum(one.state is State.RIGHT for one in wrong) <= 5, question.slug


def test_a_question_is_easier_for_the_able_unless_it_misleads():
    assert Hardness(0.5).chance(2.0) > Hardness(0.5).chance(0.0)
    assert Hardness(0.5, -0.6).chance(2.0) < Hardness(0.5, -0.6).chance(0.0)


@given(minutes=st.integers(0, 60 * 24 * 30), zone=st.sampled_from(ZONES), seed=st.integers(0, 100))
def test_people_learn_when_they_are_at_work(minutes, zone, seed):
    moment = ENROLLED + timedelta(minutes=minutes)
    found = at_work(np.random.default_rng(seed), moment, ZoneInfo(zone))
    local = found.astimezone(ZoneInfo(zone))
    assert found >= moment
    assert found - moment < timedelta(days=4)
    assert local.weekday() < 5
    assert local.time() >= MORNING
    assert local.hour < 18


def walked(stages, habit, now, seed=1):
    learner = Learner(1, habit, ENROLLED, DUE, ZoneInfo("Europe/Lisbon"))
    return walk(np.random.default_rng(seed), learner, stages, now)


def test_an_able_learner_reads_every_lesson_and_sits_every_quiz(stages):
    way = walked(stages, Habit(0.05, 0.8, len(stages), 4.0), DUE)
    assert len(way.readings) == sum(len(stage.lessons) for stage in stages)
    assert [one.module_id for one in way.sittings] == sorted(one.module_id for one in way.sittings)
    assert {one.module_id for one in way.sittings} == set(range(1, len(stages) + 1))


@given(days=st.floats(0, 42), seed=st.integers(0, 1000), ability=st.floats(-1, 3))
def test_nothing_happens_after_now_and_one_quiz_at_most_is_under_way(stages, days, seed, ability):
    now = ENROLLED + timedelta(days=days)
    way = walked(stages, Habit(0.02, 0.9, len(stages), ability), now, seed)
    assert all(one.at < now for one in way.readings)
    assert all(one.started_at < now and (one.finished_at is None or one.finished_at < now) for one in way.sittings)
    assert all(at < now for one in way.sittings for at, _ in one.answers.values())
    assert sum(one.finished_at is None for one in way.sittings) <= 1
    assert all(one.finished_at is not None for one in way.sittings[:-1])


def test_who_stops_after_three_modules_does_no_fourth(stages):
    way = walked(stages, Habit(0.05, 0.8, 3, 4.0), DUE)
    assert {one.module_id for one in way.sittings} == {1, 2, 3}


def test_who_is_interrupted_has_a_quiz_with_half_of_the_answers(stages):
    way = walked(stages, Habit(0.05, 0.8, len(stages), 4.0, interrupted=True), ENROLLED + timedelta(days=20))
    last = way.sittings[-1]
    assert last.finished_at is None
    assert 0 < len(last.answers) < len(stages[last.module_id - 1].quiz.questions)
