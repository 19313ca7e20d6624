"""From a company to pairs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching_company import company
from tests.training.rules.matching.worlds import TOPICS, World, broken_rules, costs, rules, thorough, worlds
from training.rules.matching.bound import flow_cost, proven_bound
from training.rules.matching.candidates import candidates
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.settings import Costs, Rules
from training.rules.matching.solving import Result, solve, solve_second
from training.rules.matching.unlisted import solve_over_all


def trainer_by_learner(result: Result) -> dict[int, int]:
    situation = result.candidates.situation
    rows = np.flatnonzero(result.taught)
    trainers = situation.trainers.ids[result.trainer_of[rows]]
    return dict(zip(situation.learners.ids[rows].tolist(), trainers.tolist(), strict=True))


@thorough
@given(worlds(), rules(), costs())
def test_no_pair_breaks_a_rule_and_no_trainer_passes_the_limit(world: World, chosen: Rules, weights: Costs) -> None:
    result = solve(candidates(world.situation(), chosen, weights))
    learners = {learner.id: learner for learner in world.learners}
    trainers = {trainer.id: trainer for trainer in world.trainers}
    for learner, trainer in trainer_by_learner(result).items():
        assert not broken_rules(world, chosen, learners[learner], trainers[trainer])
    for row, trainer in enumerate(result.candidates.situation.trainers.ids):
        assert result.load[row] <= trainers[int(trainer)].places
        assert result.load[row] == list(trainer_by_learner(result).values()).count(int(trainer))


@thorough
@given(worlds(), rules(), costs())
def test_the_reasons_add_up_to_what_was_made_least(world: World, chosen: Rules, weights: Costs) -> None:
    result = solve(candidates(world.situation(), chosen, weights))
    assert result.points.total == flow_cost(result.transport, result.flow)
    assert proven_bound(result.transport, result.flow) == result.points.total


@thorough
@given(worlds(), rules(), costs())
def test_a_second_contact_is_another_than_the_trainer_within_limits_of_its_own(
    world: World, chosen: Rules, weights: Costs
) -> None:
    first = solve(candidates(world.situation(), chosen, weights))
    second = solve_second(first)
    mains, seconds = trainer_by_learner(first), trainer_by_learner(second)
    assert seconds.keys() <= mains.keys()
    assert all(seconds[learner] != mains[learner] for learner in seconds)
    for trainer in world.trainers:
        limit = trainer.places if trainer.second_places is None else trainer.second_places
        assert list(seconds.values()).count(trainer.id) <= limit


@thorough
@given(worlds(most_learners=12, most_trainers=8), rules(), costs(), st.integers(1, 2))
def test_adding_unlisted_pairs_until_none_helps_finds_the_best_of_all_pairs(
    world: World, chosen: Rules, weights: Costs, per_learner: int
) -> None:
    weights = weights.changed(
        least_share=0
    )  # the share counts learners who have candidates: more of them, other floors
    best = solve(candidates(world.situation(), chosen, weights, 99))
    found, saving = solve_over_all(candidates(world.situation(), chosen, weights, per_learner), 50)
    assert saving == 0
    assert len(found.left_over) == len(best.left_over)
    assert found.points.total == best.points.total


@thorough
@given(st.integers(1, 10_000), st.sampled_from((1, 120)))
def test_proposing_again_changes_nothing_once_the_pairs_are_published(seed: int, stay: int) -> None:
    before = company(120, 10, seed)
    first = trainer_by_learner(solve(candidates(before, Rules(), Costs(), 4)))
    present = np.array([first.get(int(learner), -1) for learner in before.learners.ids])
    after = company(120, 10, seed, present)
    assert trainer_by_learner(solve(candidates(after, Rules(), Costs(stay=stay), 4))) == first


def test_an_outweighing_wish_to_stay_moves_nobody_who_may_stay() -> None:
    learners = [Learner(n, gaps={"one voice": 1.0}, present_trainer=20, languages=("en",)) for n in (1, 2, 3)]
    weak, strong = (
        Trainer(20, 3, ("en",), strengths={"one voice": 0.0}),
        Trainer(21, 3, ("en",), strengths={"one voice": 1.0}),
    )
    situation = gather(learners, [weak, strong], {}, TOPICS)
    assert set(trainer_by_learner(solve(candidates(situation, Rules(), Costs.at_steps(5, 0)))).values()) == {20}
    assert set(trainer_by_learner(solve(candidates(situation, Rules(), Costs.at_steps(0, 0)))).values()) == {21}


def test_when_places_are_short_those_who_have_a_trainer_keep_one() -> None:
    learners = [Learner(n, ("en",), present_trainer=20 if n > 3 else None) for n in range(1, 7)]
    result = solve(candidates(gather(learners, [Trainer(20, 3, ("en",))], {}), Rules(), Costs(least_share=0)))
    assert trainer_by_learner(result) == {4: 20, 5: 20, 6: 20}


def test_no_site_is_left_without_when_places_are_short() -> None:
    lyon = [Learner(n, ("en",), "Lyon") for n in range(1, 10)]
    porto = [Learner(n, ("en",), "Porto") for n in range(10, 13)]
    situation = gather([*lyon, *porto], [Trainer(20, 4, ("en",), "Lyon")], {})
    without = trainer_by_learner(solve(candidates(situation, Rules(), Costs(least_share=0))))
    assert all(learner < 10 for learner in without)
    some = trainer_by_learner(solve(candidates(situation, Rules(), Costs(least_share=10))))
    assert sum(learner >= 10 for learner in some) == 1
    assert len(some) == 4


def test_no_language_is_left_without_when_places_are_short() -> None:
    english = [Learner(n, ("English", "Polish"), "Lyon") for n in range(1, 10)]
    polish = [Learner(n, ("Polish",), "Lyon") for n in (10, 11)]
    trainer = Trainer(40, 3, ("English", "Polish"), "Lyon")
    ties = {(learner, 40): 9 for learner in range(1, 10)}
    situation = gather([*english, *polish], [trainer], {}, ties=ties)
    assert any(learner >= 10 for learner in trainer_by_learner(solve(candidates(situation, Rules(), Costs()))))
