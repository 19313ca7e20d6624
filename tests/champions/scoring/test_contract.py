"""The contract that the database side and the pages build on."""

import json

import numpy as np
import pytest

from champions.scoring.building import ColumnsBuilder
from champions.scoring.columns import ColumnError, Columns
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.parameters import ParameterError, Parameters
from champions.scoring.result import Band, Verdict

NOW = 20_000 * DAY


def community() -> Columns:
    """Forty people with some ten answers each; the first few have theirs accepted far more often."""
    builder = ColumnsBuilder()
    for number in range(40):
        for step in range(10):
            at = NOW - (5 + 30 * step + number % 7) * DAY
            name = f"{number}-{step}"
            builder.event(at, f"p{number:02d}", "answer", target="asker", name=name, parent=f"q{step}")
            if step < (8 if number < 3 else 2):
                builder.outcome(at + DAY, f"p{number:02d}", "accepted", event=name)
    return builder.columns()


def test_the_best_come_first_and_their_parts_add_up() -> None:
    result = score(community(), Parameters(), NOW)
    assert set(result.ids[:3]) == {"p00", "p01", "p02"}
    assert np.abs(result.parts.sum(axis=0) - result.value).max() <= 1e-9
    assert (result.lower <= result.value).all()
    assert (result.value <= result.upper).all()
    assert result.verdict in {Verdict.NAMED, Verdict.BORDERLINE_ONLY}
    assert result.band[-1] is Band.NOT_SHOWN


def test_parameters_survive_json() -> None:
    changed = Parameters(dial=0.25, worths={"accepted": 2.0})
    assert Parameters.from_json(json.loads(json.dumps(changed.to_json()))) == changed


def test_parameters_out_of_bounds_are_refused_by_name() -> None:
    with pytest.raises(ParameterError, match="dial"):
        Parameters(dial=1.5)
    with pytest.raises(ParameterError, match="accepted"):
        Parameters(worths={"accepted": -1.0})
    with pytest.raises(ParameterError, match="colour"):
        Parameters.from_json({"colour": 1})


def test_columns_that_contradict_each_other_are_refused_by_name() -> None:
    good = community()
    events = good.events
    wrong = type(events)(**{**vars(events), "actor": events.actor + 1000})
    with pytest.raises(ColumnError, match=r"events\.actor"):
        Columns(good.people, wrong, good.outcomes).check()


def test_rows_after_the_moment_change_nothing() -> None:
    early = NOW - 100 * DAY
    whole = score(community(), Parameters(), early)
    cut = score(community().before(early), Parameters(), early)
    assert whole.ids == cut.ids
    assert whole.value.tobytes() == cut.value.tobytes()
    assert whole.digest == cut.digest
