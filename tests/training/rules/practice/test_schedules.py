"""When a question comes back."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import SETTINGS
from training.rules.practice.ladder import RUNGS
from training.rules.practice.schedule import Planned, Recall, Schedule, recall_of
from training.rules.practice.schedules import SCHEDULES

PASSED = date(2026, 3, 2)
recalls = st.lists(st.sampled_from(Recall), max_size=12)


def after(schedule: Schedule, said: list[Recall]) -> tuple[Planned, date]:
    """The plan after these answers, each given on the day it was due, the first in the quiz; and the last day."""
    on = PASSED
    planned = schedule.begin(Recall.KNOWN, on)
    for recall in said:
        on = planned.due_on
        planned = schedule.go_on(json.loads(json.dumps(planned.state)), recall, on)
    return planned, on


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=list(SCHEDULES))
@settings(max_examples=60)
@given(said=recalls)
def test_a_question_comes_back_later_than_today_and_within_a_year_or_so(schedule, said):
    planned, on = after(schedule, said)
    assert timedelta(days=1) <= planned.due_on - on <= timedelta(days=366)


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=list(SCHEDULES))
@settings(max_examples=60)
@given(said=recalls)
def test_what_is_forgotten_comes_back_no_later_than_what_is_known(schedule, said):
    days = [after(schedule, [*said, recall])[0].due_on for recall in Recall]
    assert days == sorted(days)


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=list(SCHEDULES))
@given(said=recalls)
@settings(max_examples=30)
def test_the_same_answers_give_the_same_plan(schedule, said):
    assert after(schedule, said) == after(schedule, said)


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=list(SCHEDULES))
def test_the_gaps_grow_while_it_is_known(schedule):
    gaps = []
    for known in range(5):
        planned, on = after(schedule, [Recall.KNOWN] * known)
        gaps.append((planned.due_on - on).days)
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 10 * gaps[0]


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=list(SCHEDULES))
def test_a_clock_that_was_set_back_does_no_harm(schedule):
    planned = schedule.begin(Recall.KNOWN, PASSED)
    again = schedule.go_on(planned.state, Recall.KNOWN, PASSED - timedelta(days=5))
    assert again.due_on > PASSED - timedelta(days=5)


def test_the_ladder_is_what_the_page_says():
    ladder = SCHEDULES["ladder"]
    assert RUNGS == (2, 7, 21, 60, 120, 240)
    assert ladder.go_on({"rung": 3}, Recall.FORGOTTEN, PASSED).due_on == PASSED + timedelta(days=2)
    assert ladder.go_on({"rung": 3}, Recall.PARTLY, PASSED).due_on == PASSED + timedelta(days=60)
    assert ladder.go_on({"rung": 5}, Recall.KNOWN, PASSED).due_on == PASSED + timedelta(days=240)


@pytest.mark.parametrize(
    ("fraction", "recall"),
    [
        (1.0, Recall.KNOWN),
        (1 - 1e-12, Recall.KNOWN),
        (0.5, Recall.PARTLY),
        (0.49, Recall.FORGOTTEN),
        (0, "forgotten"),
    ],
)
def test_a_fraction_says_how_well_it_came_back(fraction, recall):
    assert recall_of(fraction) == recall


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan")])
def test_no_fraction_is_refused(fraction):
    with pytest.raises(ValueError, match="between 0 and 1"):
        recall_of(fraction)


def test_the_setting_knows_every_schedule_and_no_other():
    setting = next(one for one in SETTINGS if one.name == "PRACTICE_SCHEDULE")
    assert [setting.parse(name) for name in SCHEDULES] == list(SCHEDULES)
    assert setting.default == next(iter(SCHEDULES))
    with pytest.raises(ValueError, match=r"daily"):
        setting.parse("daily")
