"""From records to columns, and what is refused on the way."""

import numpy as np
import pytest
from hypothesis import given

from tests.training.rules.matching.worlds import TOPICS, World, thorough, worlds
from training.rules.matching.columns import MatchingError
from training.rules.matching.gathering import Learner, Trainer, gather


@thorough
@given(worlds())
def test_columns_say_what_the_records_said(world: World) -> None:
    situation = world.situation()
    for row, learner in enumerate(sorted(world.learners, key=lambda each: each.id)):
        spoken = {situation.names.languages[place] for place in np.flatnonzero(situation.learners.languages[row])}
        assert spoken == set(learner.languages)
        assert situation.learners.present_trainer[row] == (learner.present_trainer or -1)
        assert situation.learners.asked[row] == (learner.takes_part and not learner.paused and not learner.left)
    assert [trainer.places for trainer in sorted(world.trainers, key=lambda each: each.id)] == list(
        situation.trainers.places
    )


def test_ties_count_both_directions_and_pass_over_strangers() -> None:
    ties = {(1, 20): 2, (20, 1): 3, (1, 77): 9, (20, 20): 9}
    situation = gather([Learner(1)], [Trainer(20, 1)], {}, ties=ties)
    assert situation.ties.value.tolist() == [5]


def test_a_pause_keeps_the_place_with_the_present_trainer() -> None:
    situation = gather([Learner(1, paused=True, present_trainer=20)], [Trainer(20, 3)], {})
    assert situation.places.tolist() == [2]
    assert situation.second_places.tolist() == [3]


def test_who_has_left_keeps_no_place() -> None:
    situation = gather([Learner(1, paused=True, left=True, present_trainer=20)], [Trainer(20, 3)], {})
    assert situation.places.tolist() == [3]


@pytest.mark.parametrize(
    ("learner", "trainer", "message"),
    [
        (Learner(1, gaps={"cooking": 0.5}), Trainer(20, 1), "Employee 1: 'cooking' is none of the topics"),
        (Learner(1, gaps={"one voice": 1.5}), Trainer(20, 1), "learners.gaps: a share lies outside 0 to 1"),
        (Learner(1), Trainer(20, -1), "trainers.places: a limit is below 0"),
        (Learner(1), Trainer(20, 1, second_places=-2), "trainers.second_places: a limit is below 0"),
        (Learner(1, hours=(1440, 60)), Trainer(20, 1), "learners.hours_from: a number lies outside -1 to 1439"),
        (Learner(1), Trainer(20, 1, hours=(0, 2000)), "trainers.hours_long: a number lies outside -1 to 1440"),
    ],
)
def test_a_value_out_of_range_is_refused_by_place(learner: Learner, trainer: Trainer, message: str) -> None:
    with pytest.raises(MatchingError, match=message):
        gather([learner], [trainer], {}, TOPICS)


def test_an_employee_twice_is_refused() -> None:
    with pytest.raises(MatchingError, match=r"learners.ids: must ascend, each employee once"):
        gather([Learner(1), Learner(1)], [], {})


def test_a_circle_of_managers_is_refused() -> None:
    with pytest.raises(MatchingError, match="in a circle"):
        gather([Learner(1)], [], {1: 2, 2: 1})
