"""What speaks against a pair, in points."""

import numpy as np
import pytest
from hypothesis import given

from tests.training.rules.matching.worlds import TOPICS, World, costs, thorough, worlds
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.pair_costs import PairCosts, gap_weights
from training.rules.matching.settings import Costs


def points_of(learner: Learner, *trainers: Trainer, answered: int = 0) -> PairCosts:
    ties = {(learner.id, trainer.id): answered for trainer in trainers}
    return PairCosts(gather([learner], trainers, {}, TOPICS, ties), Costs())


def gap_points(learner: Learner, *trainers: Trainer) -> list[int]:
    columns = np.arange(len(trainers), dtype=np.int32)
    return points_of(learner, *trainers).gap(np.zeros(1, np.int32), columns)[0].tolist()


@thorough
@given(worlds(), costs())
def test_points_lie_between_nothing_and_their_weight_and_agree_for_single_pairs(world: World, chosen: Costs) -> None:
    pair_costs = PairCosts(world.situation(), chosen)
    rows, columns = np.arange(len(world.learners), dtype=np.int32), np.arange(len(world.trainers), dtype=np.int32)
    for name in ("gap", "tie", "site"):
        points = getattr(pair_costs, name)(rows, columns)
        assert points.min(initial=0) >= 0
        assert points.max(initial=0) <= getattr(chosen, name)
    learner, trainer = (part.ravel().astype(np.int32) for part in np.indices((len(rows), len(columns))))
    assert (pair_costs.gap_of_pairs(learner, trainer) == pair_costs.gap(rows, columns).ravel()).all()


@thorough
@given(worlds())
def test_the_points_of_a_pair_do_not_depend_on_who_else_is_looked_at(world: World) -> None:
    pair_costs = PairCosts(world.situation(), Costs())
    rows, columns = np.arange(len(world.learners), dtype=np.int32), np.arange(len(world.trainers), dtype=np.int32)
    together = pair_costs.fit(rows, columns)
    for row in rows:
        assert (pair_costs.fit(rows[row : row + 1], columns) == together[row]).all()


def test_who_is_strongest_where_the_learner_lacks_most_costs_nothing() -> None:
    lacks = Learner(1, gaps={"one voice": 0.8})
    best = Trainer(20, 1, strengths={"one voice": 1.0})
    worst = Trainer(21, 1, strengths={"one voice": 0.0, "pass it on": 1.0})
    assert gap_points(lacks, best, worst) == [0, 600]


def test_the_widest_gap_counts_more_than_the_average_strength() -> None:
    lacks = Learner(1, gaps={"one voice": 0.9, "listen first": 0.3, "pass it on": 0.3})
    specialist = Trainer(20, 1, strengths={"one voice": 0.9, "listen first": 0.3, "pass it on": 0.3})
    all_rounder = Trainer(21, 1, strengths=dict.fromkeys(TOPICS, 0.7))
    first, second = gap_points(lacks, specialist, all_rounder)
    assert first < second


def test_without_quiz_results_every_trainer_costs_half() -> None:
    assert gap_points(Learner(1), Trainer(20, 1, strengths={"one voice": 1.0}), Trainer(21, 1)) == [300, 300]


def test_who_lacks_nothing_is_as_one_of_whom_nothing_is_known() -> None:
    assert gap_points(Learner(1, gaps=dict.fromkeys(TOPICS, 0.0)), Trainer(20, 1)) == [300]


def test_an_unknown_strength_lies_in_the_middle() -> None:
    assert gap_points(Learner(1, gaps={"one voice": 1.0}), Trainer(20, 1)) == [300]


@pytest.mark.parametrize(("answered", "points"), [(0, 200), (2, 100), (6, 50), (1000, 0)])
def test_each_answer_to_each_other_halves_less_and_less(answered: int, points: int) -> None:
    pair_costs = points_of(Learner(1), Trainer(20, 1), answered=answered)
    assert pair_costs.tie(np.zeros(1, np.int32), np.zeros(1, np.int32)).item() == points


def test_a_site_that_is_not_stated_is_nobody_s_neighbour() -> None:
    pair_costs = points_of(Learner(1), Trainer(20, 1), Trainer(21, 1, site="Lyon"))
    assert pair_costs.site(np.zeros(1, np.int32), np.arange(2, dtype=np.int32)).tolist() == [[100, 100]]


def test_gap_weights_are_thousandths() -> None:
    weights, whole = gap_weights(np.array([[0.3, 0.6, np.nan]], np.float32))
    assert weights.tolist() == [[200, 800, 0]]
    assert whole.tolist() == [1000]
