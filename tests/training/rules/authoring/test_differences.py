"""What differs between two states of a course, in words."""

from tests.support.small_course import small_course, with_change
from training.rules.authoring.differences import Piece, compared, differences, title_of
from training.rules.authoring.editing import add_lesson, move, put, remove
from training.rules.authoring.places import COURSE, Part, Place

LESSON, QUESTION = Place(Part.LESSON, "listen", "hear"), Place(Part.QUESTION, "answer", "numeric")


def test_nothing_differs_between_a_course_and_itself() -> None:
    assert differences(small_course(), small_course()) == []


def test_words_that_came_and_went_are_shown_with_those_around_them() -> None:
    assert compared("Ask first, then answer.", "Ask first, then wait and answer.") == (
        Piece("Ask first, then"),
        Piece(" wait and", "+"),
        Piece(" answer."),
    )
    long = " ".join(f"w{number}" for number in range(100))
    assert compared(long + " old", long + " new")[0].words.startswith(" … ")


def test_each_difference_names_part_and_field() -> None:
    after = put(small_course(), LESSON, title="To listen", minutes=9)
    after = put(after, COURSE, summary="How to go on.")
    found = differences(small_course(), after)
    assert [(one.place, one.what) for one in found] == [
        (COURSE, "Summary"),
        (LESSON, "Title"),
        (LESSON, "Minutes to read"),
    ]


def test_a_changed_key_is_told_by_its_fields() -> None:
    after = with_change(small_course(), "answer", "numeric", specification={"kind": "numeric", "right": 40})
    (found,) = differences(small_course(), after)
    assert (found.place, found.what) == (QUESTION, "What counts")
    assert Piece(" 40", "+") in found.pieces


def test_what_came_went_or_moved_is_told() -> None:
    after, new = add_lesson(small_course(), "listen", "Thank them")
    assert [(one.place, one.what) for one in differences(small_course(), after)] == [(new, "new")]
    assert [(one.title, one.what) for one in differences(after, remove(after, new))] == [("Thank them", "removed")]
    assert [one.what for one in differences(after, move(after, new, -1))] == ["The order changed"]
    assert title_of(after, QUESTION) == "About numeric: what is right?"
