"""The comparison of waves finds what was put in, says when it cannot tell, and starts from who was better before."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.measures.staggered import Verdict, Waves, compare


def made(people: int = 120, effect: float = 0.0, seed: int = 1, spans: int = 2) -> Waves:
    """Waves by lot among people who differ much from one another; `effect` is what training adds in 30 days."""
    generator = np.random.default_rng(seed)
    level = generator.gamma(1.0, 2.0, people)
    wave = generator.permutation(np.arange(people) % (spans + 1)) + 1
    treated = wave[:, None] <= np.arange(1, spans + 1)[None, :]
    rate = level[:, None] + effect * treated
    after = generator.poisson(rate * 2) / 2
    before = generator.poisson(level * 3) / 3
    stratum = generator.integers(0, 6, people)
    return Waves(wave, stratum, before, after, np.full(spans, 60.0), float(after.sum() * 2))


def test_what_was_put_in_is_found() -> None:
    effect = compare(made(300, effect=1.5, seed=2), 7)
    assert effect.verdict is Verdict.MORE
    assert effect.lower < 1.5 < effect.upper
    assert effect.chance < 0.05


def test_harm_is_said_as_plainly() -> None:
    waves = made(300)
    treated = waves.wave[:, None] <= np.array([[1, 2]])
    assert compare(replace(waves, after=waves.after - 1.5 * treated), 7).verdict is Verdict.FEWER


def test_nothing_put_in_is_found_to_be_nothing_in_about_nine_of_ten_draws() -> None:
    verdicts = [compare(made(120, seed=seed), 7).verdict for seed in range(60)]
    assert sum(one is not Verdict.NO_SURE_DIFFERENCE for one in verdicts) <= 13  # 6 are expected; 13 is beyond 1 in 200


def test_the_range_holds_the_truth_in_about_nine_of_ten_draws() -> None:
    held = [one.lower < 1 < one.upper for one in (compare(made(150, 1.0, seed), 7) for seed in range(60))]
    assert sum(held) >= 47


@pytest.mark.parametrize(
    "waves",
    [
        made(8),
        made(60, spans=0),
        replace(made(60), counted=9),
        replace(made(60), wave=np.ones(60, dtype=int)),
        replace(made(60), stratum=np.arange(60)),
    ],
    ids=["few people", "one wave", "few results", "nobody waits", "nobody alike"],
)
def test_too_little_to_tell_gives_no_figure(waves: Waves) -> None:
    effect = compare(waves, 7)
    assert effect.verdict is Verdict.TOO_LITTLE
    assert effect.difference is effect.lower is effect.chance is None


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(-5, 5), st.permutations(range(40)))
def test_what_everybody_changes_alike_and_the_order_of_people_say_nothing(seed, shift, order) -> None:
    waves = made(40, effect=2, seed=seed)
    place = np.array(order)
    other = Waves(
        waves.wave[place],
        waves.stratum[place] + 100,
        waves.before[place] + shift,
        waves.after[place] + shift,
        waves.days,
        waves.counted,
    )
    first, second = compare(waves, 7), compare(other, 7)
    assert first.verdict == second.verdict
    if first.difference is not None:
        assert [first.difference, first.lower, first.upper] == pytest.approx(
            [second.difference, second.lower, second.upper], abs=1e-9
        )


def test_the_same_seed_gives_the_same_figures() -> None:
    assert compare(made(), 3) == compare(made(), 3)
