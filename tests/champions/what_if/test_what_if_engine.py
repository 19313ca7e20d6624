"""What another setting would do: exactly what a run and a look back under that setting would say."""

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from champions.scoring.backtest import OURS, backtest, horizon_for, past_moments
from champions.scoring.columns import in_id_order
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.kinds import counted_kinds
from champions.scoring.look_back import BY_LOT, PUBLISHED, THESE
from champions.scoring.parameters import Parameters
from champions.scoring.prepared import Prepared
from champions.scoring.tallies import tally
from champions.scoring.what_if import WhatIf
from tests.champions.scoring.communities import NOW, grown

USUAL = Parameters(draws=50)
seeds = st.integers(0, 10_000)
steady = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
changes = st.fixed_dictionaries(
    {},
    optional={
        "dial": st.sampled_from([0.0, 0.3, 1.0]),
        "rate_half_life_days": st.sampled_from([60.0, 365.0]),
        "volume_half_life_days": st.sampled_from([30.0, 200.0]),
        "worths": st.sampled_from([{"accepted": 2.0, "issue_found": 1.0}, {"accepted": 0.0, "issue_found": 1.0}]),
        "repeat_allowance": st.sampled_from([0.5, 50.0]),
    },
)


@steady
@given(seeds, st.booleans(), changes)
def test_prepared_rows_are_counted_as_a_run_counts_them(seed, linked, changed):
    parameters = USUAL.changed(**changed)
    columns = in_id_order(grown(seed, linked=linked).columns().before(NOW))[0]
    prepared = Prepared.of(columns, parameters, NOW)
    for kind in counted_kinds(columns, parameters):
        theirs, ours = tally(columns, kind, parameters, NOW), prepared.tally(kind.name, parameters)
        for field in fields(theirs):
            assert getattr(theirs, field.name).tobytes() == getattr(ours, field.name).tobytes(), field.name


@steady
@given(seeds, changes)
def test_the_list_redrawn_is_the_list_of_a_run(seed, changed):
    parameters = USUAL.changed(**changed)
    columns = grown(seed, people=60).columns()
    run = score(columns, parameters, NOW)
    redrawn = WhatIf(columns, USUAL, NOW).redraw(parameters)
    order = sorted(range(len(run)), key=run.ids.__getitem__)
    assert redrawn.ids == tuple(run.ids[row] for row in order)
    assert redrawn.band == tuple(run.band[row] for row in order)
    for ours, theirs in ((redrawn.value, run.value), (redrawn.lower, run.lower), (redrawn.upper, run.upper)):
        assert ours.tobytes() == theirs[order].tobytes()


@steady
@given(seeds, changes)
def test_the_figure_of_a_setting_is_that_of_its_backtest(seed, changed):
    parameters = USUAL.changed(**changed)
    columns = in_id_order(grown(seed, people=60, threads=300).columns().before(NOW))[0]
    horizon = horizon_for(columns, NOW)
    whole = backtest(columns, parameters, past_moments(columns, NOW, horizon), horizon)
    look = WhatIf(columns, USUAL, NOW).look_back(parameters, USUAL)
    for name, figure in whole.both.items():
        mine = look.both[THESE if name == OURS else name]
        assert (mine.value, mine.lower, mine.upper) == pytest.approx(
            (figure.value, figure.lower, figure.upper), abs=1e-9, nan_ok=True
        )
    assert look.named == sum(len(moment.ids) for moment in whole.moments)


def test_the_published_setting_differs_from_itself_by_nothing():
    look = WhatIf(grown(3, people=60, threads=300).columns(), USUAL, NOW).look_back(USUAL, USUAL)
    gap = look.gap[PUBLISHED]
    assert (gap.value, gap.lower, gap.upper) == (0.0, 0.0, 0.0)


def test_where_attempts_are_not_known_a_list_by_lot_is_shown_beside():
    columns = grown(3, people=60, threads=300, linked=False).columns()
    parameters = USUAL.changed(attempts={})
    look = WhatIf(columns, parameters, NOW).look_back(parameters, parameters)
    assert 0 < look.both[BY_LOT].value < look.both[THESE].value
    assert not any(math.isfinite(step.aim) for step in look.frontier)


def test_a_moved_dial_is_judged_by_both_yardsticks():
    what_if = WhatIf(grown(3, people=60, threads=300).columns(), USUAL, NOW)
    moved = what_if.look_back(USUAL.changed(dial=0.0), USUAL)
    assert moved.gap_as_published != moved.gap[PUBLISHED]
    still = what_if.look_back(USUAL, USUAL)
    assert still.gap_as_published == still.gap[PUBLISHED]


def test_along_the_dial_results_are_given_for_aim():
    look = WhatIf(grown(3, people=60, threads=300).columns(), USUAL, NOW).look_back(USUAL, USUAL)
    assert [step.dial for step in look.frontier] == pytest.approx(np.linspace(0, 1, 11))
    assert next(step for step in look.frontier if step.dial == USUAL.dial).entered == 0
    assert all(0 <= step.results <= 1 for step in look.frontier)


@steady
@given(seeds, st.sampled_from([120.0, 365.0, 500.0]))
def test_a_narrower_window_draws_the_list_of_a_run(seed, days):
    parameters = USUAL.changed(window_days=days)
    columns = grown(seed, people=60, linked=False).columns()
    run = score(columns, parameters, NOW)
    order = sorted(range(len(run)), key=run.ids.__getitem__)
    redrawn = WhatIf(columns, USUAL, NOW).redraw(parameters)
    assert redrawn.ids == tuple(run.ids[row] for row in order)
    assert redrawn.value == pytest.approx(run.value[order])
    assert redrawn.band == tuple(run.band[row] for row in order)


def test_a_short_history_looks_ahead_for_less_than_a_year():
    columns = grown(1, people=60, threads=300).columns()
    assert horizon_for(columns.before(NOW), NOW) == 365.0
    assert horizon_for(columns.before(NOW - 400 * DAY), NOW - 400 * DAY) == 91.0


def test_without_any_history_there_is_nothing_to_look_back_on():
    columns = grown(1, people=60).columns().before(NOW - 700 * DAY)
    look = WhatIf(columns, USUAL, NOW - 700 * DAY).look_back(USUAL, USUAL)
    assert look.moments == ()
    assert look.both == {}
