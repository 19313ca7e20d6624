"""The owner's settings of the matching."""

import dataclasses
import json

import pytest
from hypothesis import given

from tests.training.rules.matching.worlds import costs, rules, thorough
from training.rules.matching.columns import MatchingError
from training.rules.matching.settings import EVEN_STEPS, STAY_STEPS, Costs, Rules


@thorough
@given(rules())
def test_rules_come_back_from_json(found: Rules) -> None:
    assert Rules.from_json(json.loads(json.dumps(found.to_json()))) == found


@thorough
@given(costs())
def test_costs_come_back_from_json(found: Costs) -> None:
    assert Costs.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_missing_names_take_their_defaults() -> None:
    assert Costs.from_json({"gap": 1}) == Costs(gap=1)


@pytest.mark.parametrize("kind", [Rules, Costs])
def test_an_unknown_name_is_refused(kind: type[Rules] | type[Costs]) -> None:
    with pytest.raises(MatchingError, match="Unknown settings: colour"):
        kind.from_json({"colour": 1})


@pytest.mark.parametrize("value", [-1, 10_001, 1.5, "5", True, None])
def test_a_weight_out_of_bounds_is_refused_by_name(value: object) -> None:
    with pytest.raises(MatchingError, match=r"gap=.*must be a whole number, 0 to 10000"):
        Costs.from_json({"gap": value})


def test_a_switch_is_true_or_false() -> None:
    with pytest.raises(MatchingError, match="same_language=1: must be true or false"):
        Rules.from_json({"same_language": 1})


def test_every_number_has_bounds_and_a_sentence_for_the_owner() -> None:
    for kind in (Rules, Costs):
        numbers = {field.name for field in dataclasses.fields(kind) if type(field.default) is int}
        assert numbers == set(kind.bounds)
        assert all(bound.why.endswith(".") for bound in kind.bounds.values())


def test_steps_of_the_sliders_are_costs() -> None:
    assert Costs.at_steps(3, 2) == Costs()
    assert Costs.at_steps(5, 0) == Costs(stay=STAY_STEPS[5], even_load=EVEN_STEPS[0])
    with pytest.raises(MatchingError, match="each must be 0 to 5"):
        Costs.at_steps(6, 0)
