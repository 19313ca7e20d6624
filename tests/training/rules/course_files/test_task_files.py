"""A module may have a practical task, in a file of its own; what is wrong in it is named by file and line."""

from pathlib import Path

import pytest

from tests.training.rules.course_files.courses import small_course
from training.rules.course_files.course_text import CourseText
from training.rules.course_files.plain import as_plain, course_from_plain
from training.rules.course_files.reader import read_course
from training.rules.course_files.writer import write_course

RUBRIC = """rubric:
  - criterion: Clear
    levels:
      - text: "Yes"
        mark: 2
      - text: "No"
        mark: 0
"""
SOUND = f"---\ntitle: A real reply\naccepts: [text, link]\ngraded_by: peers\n{RUBRIC}---\n\nHand in *one* reply.\n"


def read(tmp_path, task):
    return read_course(small_course(tmp_path, **{"01-listen/task.md": task}))


def test_a_task_is_read_written_and_kept(tmp_path):
    course = read(tmp_path, SOUND)
    assert isinstance(course, CourseText)
    task = course.modules[0].task
    assert (task.title, task.accepts, task.graded_by, task.text) == (
        "A real reply", ("text", "link"), "peers", "Hand in *one* reply.",
    )  # fmt: skip
    copy = Path(tmp_path / "copy")
    copy.mkdir()
    assert read_course(write_course(course, copy)) == course
    assert course_from_plain(as_plain(course)) == course


def test_a_task_takes_everything_and_is_for_the_trainer_unless_it_says_otherwise(tmp_path):
    course = read(tmp_path, f"---\ntitle: A reply\n{RUBRIC}---\n\nDo it.\n")
    assert (course.modules[0].task.accepts, course.modules[0].task.graded_by) == (
        ("text", "link", "picture"),
        "trainer",
    )


def test_a_course_without_tasks_has_none(tmp_path):
    assert read_course(small_course(tmp_path)).modules[0].task is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("graded_by: peers", "graded_by: anybody", 4, "graded_by"),
        ("[text, link]", "[text, song]", 3, "accepts 2"),
        ("[text, link]", "[]", 3, "accepts"),
        ("[text, link]", "[text, text]", 3, "accepts"),
        ("title: A real reply\n", "", 1, "title"),
        (RUBRIC, "", 1, "rubric"),
        ("mark: 2", "mark: much", 9, "mark"),
        ("title:", "name: x\ntitle:", 2, "name"),
        ("Hand in *one* reply.", "", 15, "does not say what to do"),
    ],
)
def test_what_is_wrong_in_a_task_is_named_by_file_and_line(tmp_path, old, new, line, words):
    problems = read(tmp_path, SOUND.replace(old, new))
    assert not isinstance(problems, CourseText)
    assert problems[0].file == "01-listen/task.md"
    assert problems[0].line == line, problems
    assert any(words in str(one) for one in problems), problems
