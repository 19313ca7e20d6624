"""What may be stated about a person: what is cleaned, what is refused, and with which words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.employees import person_facts
from people.employees.person_facts import SEPARATOR, FactError


def test_white_space_is_made_single_and_letters_are_composed() -> None:
    assert person_facts.line_of_text("  Ame\u0301lie\t\n Corbeaux\u00a0") == "Am\u00e9lie Corbeaux"


@pytest.mark.parametrize("text", ["a\x00b", "a\u200bb", "a\ud800b", "a\x1bb"])
def test_what_cannot_be_seen_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="cannot be seen"):
        person_facts.line_of_text(text)


def test_a_text_may_be_as_long_as_its_column_and_no_longer() -> None:
    assert person_facts.line_of_text("x" * 200) == "x" * 200
    with pytest.raises(FactError, match="at most 200 characters; this has 201"):
        person_facts.line_of_text("x" * 201)


def test_an_id_is_never_empty() -> None:
    assert person_facts.external_id(" LK-1 ") == "LK-1"
    with pytest.raises(FactError, match="The id is missing"):
        person_facts.external_id("  ")


def test_an_address_is_kept_in_lower_case_and_may_be_missing() -> None:
    assert person_facts.email(" Ben@Larkspur.EXAMPLE ") == "ben@larkspur.example"
    assert person_facts.email("") is None


@pytest.mark.parametrize(
    "text", ["ben", "ben@", "@larkspur.example", "a@b", "a b@c.example", "a@b.example, c@d.example"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="Not an e-mail address"):
        person_facts.email(text)


def test_languages_are_codes_each_once_in_the_order_given() -> None:
    assert person_facts.languages("PT; en,pt de-AT") == "pt;en;de-at"
    assert person_facts.languages("") == ""
    with pytest.raises(FactError, match="instead of english"):
        person_facts.languages("English")


def test_a_time_zone_is_a_name_of_the_list_and_a_near_one_is_suggested() -> None:
    assert person_facts.time_zone("Europe/Lisbon") == "Europe/Lisbon"
    assert person_facts.time_zone("") == ""
    with pytest.raises(FactError, match=r"Did you mean Europe/Lisbon\?"):
        person_facts.time_zone("europe/lisbn")


@pytest.mark.parametrize("text", ["../../etc/passwd", "/etc/passwd", "Mars/Olympus", "CET+1", "."])
def test_what_is_no_time_zone_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="Unknown time zone"):
        person_facts.time_zone(text)


def test_a_team_path_is_cut_at_strokes_between_spaces_alone() -> None:
    assert person_facts.team_path("Larkspur / Care 24/7 /  Care Porto ") == ("Larkspur", "Care 24/7", "Care Porto")
    assert person_facts.team_path("  ") == ()


@pytest.mark.parametrize("text", ["Care / / Porto", "/ Care", "Care /", "/"])
def test_an_empty_part_of_a_team_path_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="path is empty"):
        person_facts.team_path(text)


def test_a_team_path_has_at_most_twenty_levels() -> None:
    assert len(person_facts.team_path(SEPARATOR.join("abcdefghijklmnopqrst"))) == 20
    with pytest.raises(FactError, match="too long"):
        person_facts.team_path(SEPARATOR.join("abcdefghijklmnopqrstu"))


@given(st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20), min_size=1, max_size=20))
def test_a_path_put_together_is_cut_into_the_same_parts(parts: list[str]) -> None:
    clean = tuple(person_facts.line_of_text(part) for part in parts)
    assert person_facts.team_path(SEPARATOR.join(parts)) == clean


@given(st.text(max_size=300))
def test_any_text_is_either_cleaned_once_and_for_all_or_refused(text: str) -> None:
    for check in (person_facts.line_of_text, person_facts.languages, person_facts.time_zone, person_facts.external_id):
        try:
            clean = check(text)
        except FactError:
            continue
        assert check(clean) == clean


def test_the_last_day_may_be_the_first_but_not_before_it() -> None:
    person_facts.check_order(date(2026, 1, 1), date(2026, 1, 1))
    person_facts.check_order(None, date(2026, 1, 1))
    with pytest.raises(FactError, match="last day is before the first"):
        person_facts.check_order(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "first"), [("Tomás Eberlake", "Tomás"), ("Cher", "Cher"), ("Person u07", "Person u07")]
)
def test_one_calls_a_person_by_the_first_name_unless_it_is_none(name, first):
    assert person_facts.first_name(name) == first
