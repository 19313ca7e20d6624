"""Looking back: whom we would have named, what they brought, and when there is too little to tell."""

import numpy as np
import pytest

from champions.scoring.backtest import OURS, Quality, backtest, past_moments
from champions.scoring.fading import DAY
from champions.scoring.judging import Figure, drawings, joined, of_best, pooled
from champions.scoring.parameters import Parameters
from tests.champions.scoring.communities import NOW, grown


def test_the_named_and_what_they_brought_are_told_for_each_moment() -> None:
    columns = grown(2, people=200, threads=2500).columns()
    moments = past_moments(columns, NOW, 180)
    report = backtest(columns, Parameters(), moments, 180)
    assert [moment.as_of for moment in report.moments] == list(moments)
    for moment in report.moments:
        assert len(moment.ids) == len(moment.brought) == int(np.ceil(0.025 * moment.people))
        assert moment.per_person[OURS] == pytest.approx(np.mean(moment.brought))
        assert np.mean(moment.brought) > moment.others_per_person
    assert 0 < report.both[OURS].value <= 1
    assert report.both[OURS].lower <= report.both[OURS].value <= report.both[OURS].upper
    assert report.quality is not Quality.WORSE


def test_what_came_later_changes_nobody_who_is_named() -> None:
    community = grown(2, people=100, threads=800)
    moment = NOW - 200 * DAY
    later = [{"at": NOW - 10 * DAY, "person": "p050", "kind": "accepted"}] * 50
    first = backtest(community.columns(), Parameters(), (moment,), 180).moments[0]
    second = backtest(community.with_more([], later).columns(), Parameters(), (moment,), 180).moments[0]  # type: ignore[arg-type]
    assert first.ids == second.ids


def test_too_little_data_is_said() -> None:
    columns = grown(1, people=20, threads=30).columns()
    report = backtest(columns, Parameters(), past_moments(columns, NOW, 180), 180)
    assert report.quality is Quality.TOO_LITTLE
    assert report.statement.startswith("Too little data to tell")


def test_without_history_there_is_no_moment() -> None:
    columns = grown(1, people=20, threads=30).columns()
    assert past_moments(columns, float(columns.events.at.min()) + 100 * DAY) == ()
    report = backtest(columns, Parameters(), ())
    assert report.quality is Quality.TOO_LITTLE
    assert report.moments == ()


def test_a_list_is_judged_against_the_best_list_of_its_size() -> None:
    truth = np.array([5.0, 3.0, 1.0, 0.0])
    drawn = drawings(4, 20, seed=1)
    judged = of_best({"best": truth, "worst": -truth, "second": np.array([0, 9, 0, 0.0])}, truth, 0.25, drawn)
    assert judged["best"][0] == 1
    assert judged["worst"][0] == 0
    assert judged["second"][0] == pytest.approx(0.6)
    known = judged["best"][np.isfinite(judged["best"])]
    assert known == pytest.approx(np.ones(len(known)))


def test_both_aims_are_joined_by_the_dial() -> None:
    results, aim = {"x": np.array([0.81])}, {"x": np.array([0.49])}
    assert joined(results, aim, 0.5)["x"][0] == pytest.approx(0.63)
    assert joined(results, aim, 0.0)["x"][0] == pytest.approx(0.81)
    assert joined(results, {}, 0.5) == results
    assert joined(results, {"x": np.array([-0.2])}, 0.5)["x"][0] == 0


def test_figures_pool_over_moments_that_know_something() -> None:
    unknown = np.array([np.nan, 0.4])
    assert pooled([{"x": np.array([0.6, 0.2])}, {"x": unknown}])["x"] == pytest.approx([0.6, 0.3])
    assert np.isnan(Figure.of(np.array([np.nan, np.nan])).lower)
