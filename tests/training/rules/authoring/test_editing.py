"""Changing a course part by part, and checking it by the rules of course files."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.small_course import small_course
from tests.training.rules.course_files.courses import PICTURES, courses
from training.rules.authoring.checking import faults_of
from training.rules.authoring.editing import add_lesson, add_module, add_question, move, put, remove, slug_from
from training.rules.authoring.places import COURSE, Part, Place, files_of, head_of
from training.rules.course_files.plain import as_plain, course_from_plain
from training.rules.course_files.writer import course_as_files

LESSON, QUESTION = Place(Part.LESSON, "listen", "hear"), Place(Part.QUESTION, "answer", "numeric")


def test_a_name_is_made_of_a_title_and_never_given_twice() -> None:
    assert slug_from("Hören: was *wirklich* hilft!", (), "x") == "horen-was-wirklich-hilft"
    assert slug_from("Hören", ("horen", "horen-2"), "x") == "horen-3"
    assert slug_from("聴く", (), "module") == "module"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_title_makes_a_name_that_course_files_take(title) -> None:
    course, place = add_module(small_course(), title)
    assert not [fault for fault in faults_of(course) if "not part of a course" in fault.message]
    assert course.modules[-1].slug == place.module


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(courses())
def test_a_sound_course_has_no_fault_and_is_kept_as_it_is(course) -> None:
    assert faults_of(course, PICTURES) == []
    assert course_from_plain(as_plain(course)) == course
    assert set(course_as_files(course)) <= set(files_of(course))


def test_parts_are_added_moved_and_removed() -> None:
    course, module = add_module(small_course(), "Close well")
    course, lesson = add_lesson(course, "close-well", "Thank them")
    course, question = add_question(course, "close-well", "true_false")
    assert (module.module, lesson.name, question.name) == ("close-well", "thank-them", "question-1")
    course = move(course, module, -1)
    assert [one.slug for one in course.modules] == ["listen", "close-well", "answer"]
    assert move(course, module, -9).modules[0].slug == "close-well"
    assert move(course, Place(Part.LESSON, "listen", "ask"), -1).modules[0].lessons[0].slug == "ask"
    assert remove(remove(remove(course, question), lesson), module) == small_course()


def test_what_is_not_there_changes_nothing() -> None:
    course, nowhere = small_course(), Place(Part.LESSON, "none", "none")
    assert put(course, nowhere, title="x") == course == move(course, nowhere, 1) == remove(course, nowhere)
    assert add_lesson(course, "none", "x") == (course, None) == add_question(course, "none", "likert")
    assert head_of(course, nowhere) is None


def test_each_fault_names_its_part_and_its_field() -> None:
    course = put(small_course(), LESSON, text="", minutes="soon")
    course = put(course, QUESTION, specification={"kind": "numeric", "right": "many"})
    course = put(course, COURSE, title="")
    assert [(fault.place, fault.field) for fault in faults_of(course)] == [
        (COURSE, ("title",)),
        (LESSON, ("minutes",)),
        (LESSON, ("body",)),
        (QUESTION, ("right",)),
    ]
    assert faults_of(course)[2].words == "The lesson has no text. Write it."


def test_an_empty_course_and_an_empty_module_say_what_to_add() -> None:
    assert [fault.words for fault in faults_of(replace(small_course(), modules=()))] == [
        "The course has no module. Add one."
    ]
    course, module = add_module(small_course(), "Close well")
    assert {(fault.place, fault.words) for fault in faults_of(course)} == {
        (module, "The module has no lesson. Add one."),
        (module, "A text is missing. Write one."),
    }


def test_a_change_of_one_part_leaves_the_others_as_they_were() -> None:
    course = put(small_course(), LESSON, text="Another text.")
    assert head_of(course, LESSON) != head_of(small_course(), LESSON)
    for other in (COURSE, Place(Part.MODULE, "listen"), QUESTION):
        assert head_of(course, other) == head_of(small_course(), other)
