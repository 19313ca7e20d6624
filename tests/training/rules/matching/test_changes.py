"""What changes against now, and what it would cost to change less."""

from itertools import pairwise

from hypothesis import given

from benchmarks.matching_company import company, half_a_year_later
from tests.training.rules.matching.worlds import World, costs, rules, thorough, worlds
from training.rules.matching.candidates import candidates
from training.rules.matching.changes import Because, changes, trade_off
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.settings import Costs, Rules
from training.rules.matching.solving import solve, solve_second


def why_it_ends(learner: Learner, *trainers: Trainer, managers: dict[int, int | None] | None = None) -> Because:
    others = [Learner(90, ("en",), present_trainer=20), Learner(91, ("en",), present_trainer=20)]
    situation = gather([learner, *others], trainers, managers or {})
    found = changes(solve(candidates(situation, Rules(), Costs(stay=0, even_load=0, least_share=0))))
    ended = [int(row) for row in (*found.moves, *found.loses)]
    return found.why[ended.index(0)]


@thorough
@given(worlds(), rules(), costs())
def test_everybody_asked_keeps_moves_joins_loses_or_had_and_has_nobody(
    world: World, chosen: Rules, weights: Costs
) -> None:
    result = solve(candidates(world.situation(), chosen, weights))
    found = changes(result)
    parts = [set(part.tolist()) for part in (found.keeps, found.moves, found.joins, found.loses)]
    assert sum(map(len, parts)) == len(set.union(*parts))
    situation = result.candidates.situation
    for row in range(len(situation.learners)):
        had, has = situation.learners.present_trainer[row] != -1, bool(result.taught[row])
        same = has and situation.trainers.ids[result.trainer_of[row]] == situation.learners.present_trainer[row]
        expected = [had and same, had and has and not same, has and not had, had and not has]
        expected[3] = expected[3] and bool(situation.learners.asked[row])
        assert [row in part for part in parts] == expected
    assert len(found.why) == len(found.moves) + len(found.loses)
    assert 0 <= found.share <= 1


def test_each_end_of_a_pair_has_its_reason() -> None:
    mine = Learner(1, ("en",), present_trainer=20)
    other = Trainer(21, 9, ("en",))
    assert why_it_ends(mine, other) is Because.TRAINER_GONE
    assert why_it_ends(mine, Trainer(20, 9, ("en",), left=True), other) is Because.TRAINER_GONE
    assert why_it_ends(mine, Trainer(20, 9, ("en",), consents=False), other) is Because.TRAINER_GONE
    assert why_it_ends(mine, Trainer(20, 9, ("en",), paused=True), other) is Because.TRAINER_PAUSED
    assert why_it_ends(mine, Trainer(20, 9, ("de",)), other) is Because.RULE
    assert why_it_ends(mine, Trainer(20, 9, ("en",)), other, managers={1: 20}) is Because.RULE
    assert why_it_ends(mine, Trainer(20, 0, ("en",)), other) is Because.LIMIT


def test_a_better_fit_is_a_reason_too() -> None:
    lacks = Learner(1, ("en",), gaps={"one voice": 1.0}, present_trainer=20)
    weak, strong = (
        Trainer(20, 3, ("en",), strengths={"one voice": 0.0}),
        Trainer(21, 3, ("en",), strengths={"one voice": 1.0}),
    )
    found = changes(solve(candidates(gather([lacks], [weak, strong], {}, ["one voice"]), Rules(), Costs(stay=0))))
    assert found.why == (Because.FIT,)


@thorough
@given(worlds(), rules(), costs())
def test_the_more_a_present_pair_is_worth_the_fewer_end_and_the_worse_the_fit(
    world: World, chosen: Rules, weights: Costs
) -> None:
    points = trade_off(candidates(world.situation(), chosen, weights), (0, 1, 60, 500))
    assert points[0].above_best == 0
    for less, more in pairwise(points):
        assert more.ended <= less.ended
        assert more.cost >= less.cost


def test_when_a_few_trainers_leave_few_pairs_change_at_the_default_setting() -> None:
    before = company(2000, 50)
    result = solve(candidates(before, Rules(), Costs()))
    after = half_a_year_later(before, result.trainer_of, solve_second(result).trainer_of, leaving=0.02)
    listed = candidates(after, Rules(), Costs())
    free, default = trade_off(listed, (0, Costs().stay))
    assert default.share <= 0.05 < free.share
    assert 0 < default.above_best < 0.05
