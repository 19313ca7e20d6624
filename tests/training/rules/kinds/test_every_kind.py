"""What holds for every kind of question, whatever the specification and whatever comes in."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.kinds.specifications import (
    BY_KIND,
    form_of,
    json_values,
    specifications,
    with_a_key,
)
from training.rules.kinds.catalogue import GRADED_BY_PEOPLE, KINDS, NOT_GRADED, kind_of, validate
from training.rules.kinds.protocol import State

SECRETS = {"right", "feedback", "mark", "accept", "tolerance", "near_miss", "marking"}


def test_every_kind_has_a_strategy() -> None:
    assert set(BY_KIND) == set(KINDS)


@given(specifications)
def test_a_sound_specification_has_no_problems(specification) -> None:
    assert validate(specification) == []


@given(with_a_key)
def test_the_right_response_earns_everything(specification) -> None:
    kind = kind_of(specification)
    response = kind.right_response(specification)
    graded = kind.grade(specification, response)
    assert (graded.fraction, graded.state) == (1.0, State.RIGHT)
    assert kind.missing(specification, response) == ""
    assert kind.right_answer(specification)


@given(specifications)
def test_no_response_is_unanswered_and_says_what_is_missing(specification) -> None:
    kind = kind_of(specification)
    graded = kind.grade(specification, {})
    assert (graded.fraction, graded.state) == (0.0, State.UNGRADED if kind.name in NOT_GRADED else State.UNANSWERED)
    assert kind.missing(specification, {})
    assert kind.summary(specification, {}) == ""
    assert kind.parse(specification, {}) == {}


@given(specifications, st.integers(0, 2**63))
def test_what_is_shown_holds_no_key(specification, seed) -> None:
    shown = kind_of(specification).shown(specification, seed)
    assert not SECRETS & _names_in(shown)
    json.dumps(shown)


@given(specifications, st.integers(0, 2**63), st.randoms())
def test_what_is_shown_does_not_depend_on_the_order_in_the_file(specification, seed, random) -> None:
    other = deepcopy(specification)
    for name in ("choices", "items", "pairs", "extra", "areas"):
        if name in other:
            random.shuffle(other[name])
    for inner in [*other.get("gaps", []), *other.get("scenes", {}).values()]:
        random.shuffle(inner.get("choices", []))
    shown, shown_of_other = (kind_of(one).shown(one, seed) for one in (specification, other))
    assert shown == shown_of_other


@given(specifications, st.integers(0, 99), st.integers(0, 99))
def test_shuffling_shows_the_same_things_and_keys(specification, seed, other_seed) -> None:
    kind = kind_of(specification)
    shown, again = kind.shown(specification, seed), kind.shown(specification, other_seed)
    for name, value in shown.items():
        if isinstance(value, list):
            assert sorted(map(json.dumps, value)) == sorted(map(json.dumps, again[name]))


@given(with_a_key)
def test_a_response_survives_the_form(specification) -> None:
    kind = kind_of(specification)
    response = kind.right_response(specification)
    parsed = kind.parse(specification, form_of(kind.name, response))
    assert parsed == json.loads(json.dumps(parsed))
    assert kind.grade(specification, parsed) == kind.grade(specification, response)


@pytest.mark.parametrize("name", sorted(GRADED_BY_PEOPLE | NOT_GRADED))
@given(data=st.data())
def test_what_no_program_can_grade_has_no_right_answer(name, data) -> None:
    specification = data.draw(BY_KIND[name])
    assert KINDS[name].right_response(specification) == {}
    assert KINDS[name].right_answer(specification) == ""


@given(specifications, json_values)
def test_grading_nonsense_gives_a_fraction_and_never_raises(specification, nonsense) -> None:
    kind = kind_of(specification)
    names = ("chosen", "written", "matched", "places", "path", "agreed", "files")
    wrapped = dict.fromkeys(names, nonsense)
    for response in (nonsense, wrapped):
        graded = kind.grade(specification, response)
        assert 0 <= graded.fraction <= 1
        assert isinstance(kind.summary(specification, response), str)
        assert isinstance(kind.missing(specification, response), str)


@given(specifications, st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=30), max_size=4), max_size=4))
def test_parsing_nonsense_leaves_it_out(specification, form) -> None:
    kind = kind_of(specification)
    for sent in (form, {name: ["\x00", "no such key"] for name in ("answer", "path", "file")}):
        response = kind.parse(specification, sent)
        assert kind.parse(specification, form_of(kind.name, response)) == response
        assert "\x00" not in json.dumps(response)


@pytest.mark.parametrize("name", sorted(KINDS))
@given(nonsense=st.dictionaries(st.text(max_size=12), json_values, max_size=4), data=st.data())
def test_nonsense_in_a_specification_is_reported_and_never_raises(name, nonsense, data) -> None:
    assert validate({**nonsense, "kind": name})
    sound = data.draw(BY_KIND[name])
    spoilt = data.draw(st.sampled_from(sorted(set(sound) - {"kind"})))
    for problem in validate({**sound, spoilt: data.draw(json_values)}):
        assert problem.field
        assert problem.message
        assert problem.cure


def test_an_unknown_kind_is_named_with_those_that_exist() -> None:
    (problem,) = validate({"kind": "riddle"})
    assert problem.field == ("kind",)
    assert "single_choice" in problem.cure
    assert validate({})[0].message == "The kind of question is missing."


def test_an_unknown_field_is_reported_with_the_one_that_was_meant() -> None:
    problems = validate({"kind": "true_false", "rihgt": True})
    assert [problem.field for problem in problems] == [("rihgt",), ("right",)]
    assert problems[0].cure == "Did you mean “right”?"


def _names_in(value) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_names_in, value.values()))
    return set().union(*map(_names_in, value)) if isinstance(value, list) else set()
