"""Numbers: how they are read, how near is near enough, in which unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.kinds.numbers import read_number
from training.rules.kinds.numeric import Numeric
from training.rules.kinds.protocol import State


def earns(text: str, **fields: object) -> bool:
    specification = {"kind": "numeric", **fields}
    assert Numeric().validate(specification) == []
    return Numeric().grade(specification, {"written": text}).state == State.RIGHT


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("42", {42}),
        ("3.5", {3.5}),
        ("3,5", {3.5}),
        ("−7", {-7}),
        ("+ 7", {7}),
        (".5", {0.5}),
        ("12 345,6", {12345.6}),
        ("1\u202f234\u202f567", {1234567}),
        ("1'200", {1200}),
        ("1.234.567", {1234567}),
        ("1,234,567.8", {1234567.8}),
        ("1.234,5", {1234.5}),
        ("1,234", {1.234, 1234}),
        ("1e3", {1000}),
        ("4 × 10^2", {400}),
        ("2·10^-3", {0.002}),
        ("", set()),
        ("twelve", set()),
        ("1.2.3", set()),
        ("1e999", set()),
        ("9" * 100, set()),
        ("٣", set()),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, values: set[float]) -> None:
    assert sorted(read_number(text).values) == pytest.approx(sorted(values))


@pytest.mark.parametrize(
    ("text", "unit"), [("3,5 %", "%"), ("€ 20", "€"), ("$1.50", "$"), ("12km", "km"), ("12 km/h", "km/h"), ("5", "")]
)
def test_the_unit_is_read_before_and_after_the_number(text: str, unit: str) -> None:
    assert read_number(text).unit == unit


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_number_written_by_a_program_is_read_back(number: float) -> None:
    assert number in read_number(repr(number)).values


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(read_number(text).values, tuple)


def test_an_absolute_tolerance_includes_its_ends() -> None:
    assert earns("0.3", right=0.1, tolerance=0.2)
    assert earns("12.5", right=12, tolerance=0.5)
    assert not earns("12.51", right=12, tolerance=0.5)


def test_no_tolerance_still_forgives_the_rounding_of_binary_fractions() -> None:
    assert earns("0.30000000000000004", right=0.3)
    assert not earns("0.3001", right=0.3)


def test_a_relative_tolerance_is_a_share_of_the_right_number() -> None:
    assert earns("-105", right=-100, tolerance=0.05, tolerance_kind="relative")
    assert not earns("-106", right=-100, tolerance=0.05, tolerance_kind="relative")


def test_significant_figures_forgive_half_a_unit_of_the_last_one() -> None:
    figures = {"tolerance": 3, "tolerance_kind": "significant_figures"}
    assert earns("1235", right=1234.4, **figures)
    assert not earns("1240", right=1234.4, **figures)
    assert earns("0.00123", right=0.0012344, **figures)
    assert earns("0", right=0, **figures)
    assert not earns("0.001", right=0, **figures)


def test_a_decimal_comma_is_as_good_as_a_point() -> None:
    assert earns("2,5", right=2.5)
    assert earns("1,234", right=1234)


def test_the_unit_may_be_left_out_or_written_but_not_another_one() -> None:
    assert earns("30", right=30, unit="%")
    assert earns("30 %", right=30, unit="%")
    assert not earns("30 km", right=30, unit="%")
    assert not earns("30 %", right=30)


def test_other_units_are_turned_into_the_unit() -> None:
    metres = {"unit": "km", "other_units": {"m": 0.001}}
    assert earns("1500 m", right=1.5, **metres)
    assert not earns("1500 M", right=1.5, **metres)


def test_the_first_words_of_a_unit_are_enough_and_case_matters_only_in_symbols() -> None:
    assert earns("6 Hours", right=6, unit="hours a week")
    assert not earns("6 hour", right=6, unit="hours a week")
    assert not earns("6 mW", right=6, unit="MW")
    assert earns("8 in 1,000", right=8, unit="in 1,000")


def test_what_is_no_number_is_said_before_finishing() -> None:
    specification = {"kind": "numeric", "right": 3, "unit": "km"}
    assert "not read as a number" in Numeric().missing(specification, {"written": "three"})
    assert Numeric().missing(specification, {"written": "3 miles"}) == "“miles” is not a unit asked for. Use: km."
    assert Numeric().missing(specification, {"written": "3"}) == ""


def test_the_right_answer_says_how_near_was_near_enough() -> None:
    answer = Numeric().right_answer
    assert answer({"right": 12.5, "tolerance": 0.5, "unit": "km"}) == "12.5 km (±0.5)"
    assert answer({"right": 100, "tolerance": 0.05, "tolerance_kind": "relative"}) == "100 (±5 %)"
    assert answer({"right": 3}) == "3"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"right": "3"}, "right"),
        ({"right": True}, "right"),
        ({"right": float("nan")}, "right"),
        ({"right": 10**400}, "right"),
        ({"right": 1, "tolerance": -1}, "tolerance"),
        ({"right": 1, "tolerance": 5, "tolerance_kind": "relative"}, "tolerance"),
        ({"right": 1, "tolerance": 1.5, "tolerance_kind": "significant_figures"}, "tolerance"),
        ({"right": 1, "tolerance_kind": "nearly"}, "tolerance_kind"),
        ({"right": 1, "unit": "100 m"}, "unit"),
        ({"right": 1, "other_units": {"m": 0.001}}, "unit"),
    ],
)
def test_what_cannot_be_marked_is_reported_at_its_field(fields: dict, field: str) -> None:
    assert [problem.field[0] for problem in Numeric().validate({"kind": "numeric", **fields})] == [field]
