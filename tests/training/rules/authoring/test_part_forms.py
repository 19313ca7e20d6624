"""The forms of the parts of a course: what is shown and sent back unchanged changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.small_course import small_course
from tests.training.rules.course_files.courses import courses
from training.rules.authoring.editing import put
from training.rules.authoring.part_forms import changes_in, filled, question_typed
from training.rules.authoring.places import COURSE, Part, Place, files_of

LESSON, MODULE = Place(Part.LESSON, "listen", "hear"), Place(Part.MODULE, "listen")


def sent(form: dict[str, str]) -> dict[str, str]:
    """A form as browsers send it: lines end with both signs."""
    return {name: value.replace("\n", "\r\n") for name, value in form.items()}


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(courses())
def test_no_part_of_a_course_changes_by_being_looked_at_and_saved(course) -> None:
    for place in set(files_of(course).values()):
        assert put(course, place, **changes_in(course, place, sent(filled(course, place)))) == course


def test_what_is_typed_is_kept_even_if_it_makes_no_sense_yet() -> None:
    form = filled(small_course(), LESSON) | {"minutes": "soon", "title": "", "text": "  \n\n    code\n\n"}
    assert changes_in(small_course(), LESSON, form) == {"title": "", "minutes": "soon", "text": "    code"}


def test_a_pass_mark_is_typed_in_per_cent_and_may_be_left_to_the_course() -> None:
    form = filled(small_course(), MODULE)
    assert form["pass_mark"] == ""
    assert changes_in(small_course(), MODULE, form)["pass_mark"] is None
    assert changes_in(small_course(), MODULE, form | {"pass_mark": "80 %"})["pass_mark"] == 0.8
    assert filled(small_course(), COURSE)["pass_mark"] == "50"


def test_words_that_are_not_offered_leave_what_was_there() -> None:
    form = filled(small_course(), COURSE) | {"audience": "nobody"}
    assert changes_in(small_course(), COURSE, form)["audience"] == "everyone"


def test_a_question_can_be_shown_before_it_is_kept() -> None:
    form = {"prompt": "Who?", "choices-count": "2", "choices-0-text": "You", "choices-0-right": "on"}
    question = question_typed("single_choice", form)
    assert (question.prompt, question.specification["choices"]) == ("Who?", [{"text": "You", "right": True}])
    with pytest.raises(KeyError):
        question_typed("riddle", {})
