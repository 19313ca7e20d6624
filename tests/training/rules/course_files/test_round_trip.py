"""What is written is read again, whatever the course holds."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.training.rules.course_files.courses import PICTURES, SMALL, courses, small_course
from training.rules.course_files.reader import read_course
from training.rules.course_files.writer import course_as_files, write_course


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(courses())
def test_a_course_that_was_written_is_read_again(tmp_path_factory, course) -> None:
    folder = write_course(course, tmp_path_factory.mktemp("courses"), PICTURES)
    read = read_course(folder)
    assert read == course
    assert read.digest() == course.digest()


def test_a_written_course_is_pleasant_to_read(tmp_path) -> None:
    course = read_course(small_course(tmp_path))
    assert course_as_files(course) == SMALL


def test_nothing_is_written_over(tmp_path) -> None:
    folder = small_course(tmp_path)
    course = read_course(folder)
    with pytest.raises(FileExistsError):
        write_course(course, tmp_path)
    assert read_course(folder) == course


def test_any_change_changes_the_digest(tmp_path) -> None:
    before = read_course(small_course(tmp_path / "before"))
    changed = SMALL["01-listen/01-first.md"].replace("first.", "twice.")
    after = read_course(small_course(tmp_path / "after", **{"01-listen/01-first.md": changed}))
    assert before.digest() != after.digest()
