"""Ranges, draws and bands: they agree with each other and with what they claim."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from champions.scoring.columns import in_id_order
from champions.scoring.draws import drawn_scores, normals, positive, standing, streams
from champions.scoring.engine import people_to_score, score
from champions.scoring.parameters import Parameters
from champions.scoring.ranges import chance_above, line_of, overlapping_ranks, range_of
from champions.scoring.reading import Reading
from champions.scoring.result import Band
from champions.scoring.scored import Scored
from tests.champions.scoring.communities import NOW, grown


def scored_community(seed: int) -> tuple[Scored, tuple[str, ...]]:
    columns, _ = in_id_order(grown(seed, people=80, threads=500).columns())
    parameters = Parameters()
    people = people_to_score(Reading(columns, NOW), parameters)
    return Scored.of(columns, people, parameters, NOW), columns.people.ids


def test_ranges_hold_the_middle_nine_tenths_of_the_draws() -> None:
    scored, ids = scored_community(3)
    rows = np.arange(len(scored.person))
    drawn = drawn_scores(scored.forecasts, rows, tuple(ids[p] for p in scored.person), scored.factors, 4000, 1)
    inside = ((drawn >= scored.lower[:, None]) & (drawn <= scored.upper[:, None])).mean(axis=1)
    leading = scored.value > np.quantile(scored.value, 0.5)
    assert inside[leading].mean() == pytest.approx(0.9, abs=0.03)
    assert inside[leading].min() > 0.8
    assert drawn.mean(axis=1)[leading] == pytest.approx(scored.value[leading], rel=0.1, abs=0.05)


def test_whoever_is_not_drawn_would_hardly_ever_have_been_among_the_few() -> None:
    scored, ids = scored_community(5)
    stand = scored.stand(ids, Parameters(draws=1000))
    rows = np.arange(len(scored.person))
    names = tuple(ids[person] for person in scored.person)
    drawn = drawn_scores(scored.forecasts, rows, names, scored.factors, 1000, 1)
    everybody = standing(drawn, max(1, round(0.8 * scored.guide)), max(1, int(np.ceil(1.2 * scored.guide))))
    assert stand.p_few == pytest.approx(everybody.p_few, abs=0.05)


def test_the_chance_to_be_among_the_few_adds_up_to_their_number() -> None:
    result = score(grown(8, people=150, threads=900).columns(), Parameters(draws=1000), NOW)
    assert result.p_few.sum() == pytest.approx(result.few, abs=1)
    assert result.few == pytest.approx(0.025 * len(result), abs=1.5)


def test_bands_follow_the_chance_alone() -> None:
    result = score(grown(8, people=150, threads=900).columns(), Parameters(), NOW)
    for chance, band in zip(result.p_few, result.band, strict=True):
        expected = Band.SURE if chance >= 0.9 else Band.BORDERLINE if chance >= 0.1 else Band.NOT_SHOWN
        assert band is expected


def test_the_line_needs_no_draws_among_very_many() -> None:
    random = np.random.default_rng(1)
    value, spread = random.gamma(0.5, 2.0, 20_000), random.uniform(0.1, 0.5, 20_000)
    variance = (value * spread) ** 2
    size = 500.0
    chance = chance_above(value, variance, line_of(value, variance, size))
    assert chance.sum() == pytest.approx(size, rel=1e-3)
    drawn = positive(value, variance, normals(streams(tuple(map(str, range(20_000))), 1), 200, 0))
    seen = standing(drawn, 500, 500).p_few
    assert np.abs(chance - seen).max() < 0.15
    assert np.abs(chance - seen)[(seen > 0) & (seen < 1)].mean() < 0.03


def test_one_persons_evidence_moves_nobody_elses_draws() -> None:
    one, two = streams(("a", "b", "c"), 7), streams(("c", "a"), 7)
    assert normals(one, 50, 3)[0].tolist() == normals(two, 50, 3)[1].tolist()
    assert normals(one, 50, 3)[0].tolist() != normals(one, 50, 4)[0].tolist()
    assert streams(("a",), 7)[0] != streams(("a",), 8)[0]


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 50), st.floats(0, 100)), min_size=1, max_size=30))
def test_a_range_holds_its_score_and_leaves_a_possible_rank(pairs: list[tuple[float, float]]) -> None:
    value, variance = (np.array(column) for column in zip(*pairs, strict=True))
    lower, upper = range_of(value, variance)
    assert (lower <= value).all()
    assert (value <= upper).all()
    best, worst = overlapping_ranks(lower, upper)
    rank = 1 + (value[None, :] > value[:, None]).sum(axis=1)
    assert (best <= rank).all()
    assert (rank <= worst).all()


def test_draws_are_standard_normal_and_of_the_asked_mean() -> None:
    drawn = normals(streams(tuple(map(str, range(200))), 1), 500, 0)
    assert drawn.mean() == pytest.approx(0, abs=0.02)
    assert drawn.std() == pytest.approx(1, abs=0.02)
    mean, variance = np.array([4.0, 0.0]), np.array([2.0, 0.0])
    gamma = positive(mean, variance, normals(streams(("x", "y"), 1), 20_000, 0))
    assert gamma[0].mean() == pytest.approx(4, rel=0.02)
    assert gamma[0].var() == pytest.approx(2, rel=0.06)
    assert not gamma[1].any()
