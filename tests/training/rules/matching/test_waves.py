"""Waves drawn by lot."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.matching.worlds import thorough
from training.rules.matching.columns import MatchingError
from training.rules.matching.waves import draw_waves, overridden, wave_sizes

STRATUM = st.tuples(st.sampled_from(("Care", "Service", "Shop")), st.sampled_from(("Lyon", "Porto")))
LEARNERS = st.dictionaries(st.integers(1, 500), STRATUM, max_size=60)
SEEDS = st.integers(0, 2**63 - 1)


@thorough
@given(LEARNERS, st.integers(1, 20), SEEDS)
def test_everybody_is_in_one_wave_of_the_size_asked_for(
    strata: dict[int, tuple[str, ...]], places: int, seed: int
) -> None:
    draw = draw_waves(strata, wave_sizes(len(strata), places), seed)
    assert [len(draw.members(wave)) for wave in range(1, len(draw.sizes) + 1)] == list(draw.sizes)
    assert draw.wave_of.keys() == strata.keys()
    assert all(size <= places for size in draw.sizes)
    assert max(draw.sizes, default=0) - min(draw.sizes, default=0) <= 1


@thorough
@given(LEARNERS, SEEDS, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order(
    strata: dict[int, tuple[str, ...]], seed: int, dice: random.Random
) -> None:
    shuffled = dict(dice.sample(list(strata.items()), len(strata)))
    sizes = wave_sizes(len(strata), 7)
    assert draw_waves(strata, sizes, seed) == draw_waves(shuffled, sizes, seed)


@thorough
@given(st.integers(10, 60), st.integers(10, 60), SEEDS)
def test_each_wave_holds_its_share_of_each_stratum(many: int, few: int, seed: int) -> None:
    strata = {n: ("Care", "Lyon") if n < many else ("Shop", "Porto") for n in range(many + few)}
    draw = draw_waves(strata, wave_sizes(many + few, 9), seed)
    for members in draw.counts().values():
        for wave, size in enumerate(draw.sizes):
            assert abs(members[wave] - sum(members) * size / (many + few)) <= 2


def test_each_member_of_a_stratum_has_the_same_chance() -> None:
    strata = dict.fromkeys(range(8), ("Care", "Lyon"))
    first = [draw_waves(strata, (4, 4), seed).members(1) for seed in range(400)]
    for learner in strata:
        assert abs(sum(learner in wave for wave in first) - 200) < 50  # five standard deviations of a fair coin


def test_a_lot_can_be_recomputed_with_any_tool() -> None:
    draw = draw_waves(dict.fromkeys((11, 12, 13), ("Care",)), (1, 1, 1), seed=5)
    lots = {n: hashlib.sha256(f"5\n{n}".encode()).hexdigest()[:16] for n in (11, 12, 13)}
    assert [draw.members(wave)[0] for wave in (1, 2, 3)] == sorted(lots, key=lots.__getitem__)


def test_another_seed_or_another_stratum_is_another_draw() -> None:
    strata = dict.fromkeys(range(6), ("Care",))
    draws = [
        draw_waves(strata, (3, 3), 1),
        draw_waves(strata, (3, 3), 2),
        draw_waves({**strata, 5: ("Shop",)}, (3, 3), 1),
        draw_waves(strata, (2, 4), 1),
    ]
    assert len({draw.digest for draw in draws}) == len(draws)


def test_an_override_moves_one_learner_and_takes_them_out_of_the_comparison() -> None:
    draw = draw_waves(dict.fromkeys(range(6), ("Care",)), (3, 3), 1)
    late = draw.members(2)[0]
    moved = overridden(draw, late, 1, " back from leave ")
    assert late in moved.members(1)
    assert late not in moved.compared(1)
    assert moved.compared(2) == tuple(learner for learner in draw.members(2) if learner != late)
    assert moved.overrides == {late: "back from leave"}
    assert moved.digest == draw.digest
    assert late in draw.members(2)


@pytest.mark.parametrize(
    ("learner", "wave", "reason", "message"),
    [
        (99, 1, "why", "Learner 99 is not in this draw"),
        (1, 0, "why", "There is no wave 0: this draw has 2"),
        (1, 3, "why", "There is no wave 3"),
        (1, 2, "  ", "needs a reason"),
    ],
)
def test_an_override_is_refused_with_the_cure(learner: int, wave: int, reason: str, message: str) -> None:
    draw = draw_waves(dict.fromkeys(range(6), ("Care",)), (3, 3), 1)
    with pytest.raises(MatchingError, match=message):
        overridden(draw, learner, wave, reason)


def test_sizes_must_give_everybody_a_place() -> None:
    with pytest.raises(MatchingError, match="2 places for 3 learners: give each a place"):
        draw_waves(dict.fromkeys(range(3), ("Care",)), (1, 1), 1)


def test_without_places_there_is_nothing_to_draw() -> None:
    with pytest.raises(MatchingError, match="No trainer has a place free: approve a trainer or raise a limit"):
        wave_sizes(5, 0)
    assert wave_sizes(0, 0) == ()
    assert wave_sizes(403, 104) == (101, 101, 101, 100)
