"""The pairs worth looking at."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching_company import company
from tests.training.rules.matching.worlds import World, broken_rules, costs, rules, thorough, worlds
from training.rules.matching.candidates import Candidates, candidates
from training.rules.matching.columns import MatchingError
from training.rules.matching.settings import Costs, Rules
from training.rules.matching.solving import solve


def pairs_of(found: Candidates) -> set[tuple[int, int]]:
    learners, trainers = found.situation.learners.ids, found.situation.trainers.ids
    return set(zip(learners[found.learner].tolist(), trainers[found.trainer].tolist(), strict=True))


def allowed_pairs(world: World, chosen: Rules) -> set[tuple[int, int]]:
    asked = [each for each in world.learners if each.takes_part and not each.paused and not each.left]
    return {
        (learner.id, trainer.id)
        for learner in asked
        for trainer in world.trainers
        if not broken_rules(world, chosen, learner, trainer)
    }


@thorough
@given(worlds(), rules())
def test_with_room_for_all_every_allowed_pair_and_no_other_is_a_candidate(world: World, chosen: Rules) -> None:
    found = candidates(world.situation(), chosen, Costs())
    assert pairs_of(found) == allowed_pairs(world, chosen)
    assert found.complete


@thorough
@given(worlds(), rules(), costs(), st.integers(1, 3))
def test_a_learner_has_no_more_than_the_number_asked_for_and_all_are_allowed(
    world: World, chosen: Rules, weights: Costs, per_learner: int
) -> None:
    found = candidates(world.situation(), chosen, weights, per_learner)
    assert pairs_of(found) <= allowed_pairs(world, chosen)
    for learner in world.learners:
        own = [pair for pair in pairs_of(found) if pair[0] == learner.id]
        possible = [pair for pair in allowed_pairs(world, chosen) if pair[0] == learner.id]
        assert len(own) == min(per_learner, len(possible))


@thorough
@given(worlds(), rules(), costs(), st.integers(2, 3))
def test_present_pairs_are_candidates_if_they_are_still_allowed(
    world: World, chosen: Rules, weights: Costs, per_learner: int
) -> None:
    found = pairs_of(candidates(world.situation(), chosen, weights, per_learner))
    for pair in allowed_pairs(world, chosen):
        learner = next(each for each in world.learners if each.id == pair[0])
        if pair[1] in (learner.present_trainer, learner.present_second):
            assert pair in found


@thorough
@given(worlds(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(world: World, per_learner: int, dice: random.Random) -> None:
    shuffled = replace(
        world,
        learners=tuple(dice.sample(world.learners, len(world.learners))),
        trainers=tuple(dice.sample(world.trainers, len(world.trainers))),
    )
    one, other = (candidates(each.situation(), Rules(), Costs(), per_learner) for each in (world, shuffled))
    assert pairs_of(one) == pairs_of(other)
    assert (one.fit == other.fit).all()


def test_a_few_candidates_each_reach_the_places_of_all_trainers() -> None:
    situation = company(600, 40)
    all_pairs = solve(candidates(situation, Rules(), Costs(), 40))
    few = solve(candidates(situation, Rules(), Costs(), 8))
    assert len(few.candidates) < len(all_pairs.candidates)
    assert len(few.left_over) <= len(all_pairs.left_over) + 1
    assert few.points.total <= all_pairs.points.total * 1.01


def test_learners_who_see_no_difference_do_not_all_name_the_same_trainers() -> None:
    situation = company(300, 30)
    alike = replace(
        situation,
        learners=replace(situation.learners, gaps=np.full_like(situation.learners.gaps, np.nan)),
        trainers=replace(situation.trainers, languages=np.ones_like(situation.trainers.languages)),
    )
    found = candidates(alike, Rules(overlap_minutes=0, outside_line=False), Costs(tie=0, site=0), 3)
    assert len(np.unique(found.trainer)) == 30
    assert not len(solve(found).left_over)


def test_staying_and_load_may_change_without_new_candidates_but_other_weights_may_not() -> None:
    found = candidates(company(50, 5), Rules(), Costs())
    assert found.at(Costs(stay=7, even_load=8, least_share=9)).costs.stay == 7
    with pytest.raises(MatchingError, match="build them anew"):
        found.at(Costs(gap=1))
