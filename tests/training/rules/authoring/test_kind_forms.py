"""The forms of questions: what is filled in comes back, for every kind, and rows come and go."""

from hypothesis import given, settings

from tests.training.rules.kinds.specifications import specifications
from training.rules.authoring.controls import number_in, values_in, with_row_up, without_row
from training.rules.authoring.filling import form_of
from training.rules.authoring.kind_forms import KIND_FORMS
from training.rules.kinds.catalogue import KINDS, validate

CHOICE = {
    "kind": "single_choice",
    "choices": [{"text": "You", "right": True}, {"text": "Me"}, {"text": "Nobody", "feedback": "Why not?"}],
}


def sent_back(values, form=None):
    fields = KIND_FORMS[values["kind"]].fields
    return values_in(fields, form_of(fields, values) if form is None else form, values)


def test_every_kind_has_a_form() -> None:
    assert list(KIND_FORMS) == list(KINDS)


@settings(max_examples=150, deadline=None)
@given(specifications)
def test_a_question_that_is_shown_and_sent_back_unchanged_is_the_same(specification) -> None:
    assert sent_back(specification) == specification


@settings(max_examples=80, deadline=None)
@given(specifications)
def test_a_question_typed_into_an_empty_form_is_sound(specification) -> None:
    fields = KIND_FORMS[specification["kind"]].fields
    typed = values_in(fields, form_of(fields, specification), {"kind": specification["kind"]})
    assert validate(typed) == []


def test_fields_that_a_form_does_not_know_stay() -> None:
    values = CHOICE | {"keys": {"You": "0123456789"}}
    assert sent_back(values) == values


def test_a_row_can_be_taken_away_and_moved_up() -> None:
    form = form_of(KIND_FORMS["single_choice"].fields, CHOICE)
    gone = sent_back(CHOICE, without_row(form, "choices-1"))
    assert [one["text"] for one in gone["choices"]] == ["You", "Nobody"]
    moved = sent_back(CHOICE, with_row_up(form, "choices-2"))
    assert [one["text"] for one in moved["choices"]] == ["You", "Nobody", "Me"]
    assert moved["choices"][1]["feedback"] == "Why not?"
    assert with_row_up(form, "choices-0") == form


def test_empty_rows_are_left_out() -> None:
    form = form_of(KIND_FORMS["single_choice"].fields, CHOICE) | {"choices-count": "9"}
    assert sent_back(CHOICE, form) == CHOICE


def test_two_scenes_of_one_name_are_both_kept() -> None:
    form = {"scenes-count": "2", "scenes-0-id": "a", "scenes-1-id": "a"}
    assert list(values_in(KIND_FORMS["scenario"].fields, form, {})["scenes"]) == ["a", "a-2"]


def test_numbers_are_read_as_people_write_them() -> None:
    assert [number_in(text) for text in ("12", "0.5", "0,5", "1e3", "", "soon")] == [12, 0.5, 0.5, 1000.0, None, "soon"]
