"""Everything that can be wrong in a course folder, each with its file and its line."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.rules.course_files.courses import SMALL, small_course
from training.rules.course_files.course_text import CourseText
from training.rules.course_files.reader import read_course
from training.rules.kinds import catalogue

KINDS = ", ".join(catalogue.KINDS)
QUESTION = "01-listen/questions/01-who.md"
LESSON = "01-listen/01-first.md"


def problems_of(tmp_path, **changed) -> list[str]:
    found = read_course(small_course(tmp_path, **changed))
    assert isinstance(found, list), "the course was read, though it should not have been"
    return [str(problem) for problem in found]


def question(head: str, body: str = "Who?") -> str:
    return f"---\n{head}\n---\n\n{body}\n"


def test_a_sound_course_is_read(tmp_path) -> None:
    course = read_course(small_course(tmp_path))
    assert isinstance(course, CourseText)
    assert (course.slug, course.title, course.pass_mark, course.introduction) == ("talk", "Talk", 0.7, "Hello.")
    (module,) = course.modules
    assert (module.slug, module.pass_mark, course.pass_mark_of(module)) == ("listen", None, 0.7)
    assert [lesson.text for lesson in module.lessons] == ["Listen first."]
    assert [(one.slug, one.kind, one.weight, one.prompt) for one in module.questions] == [
        ("who", "single_choice", 1.0, "Who?")
    ]


def test_all_problems_come_at_once_in_order_of_file_and_line(tmp_path) -> None:
    assert problems_of(
        tmp_path,
        **{
            "course.md": SMALL["course.md"].replace("audience: everyone", "audience: nobody"),
            LESSON: "---\ntitel: First\nminutes: soon\n---\n",
            QUESTION: question("kind: riddle\nabout: when"),
        },
    ) == [
        "01-listen/01-first.md:1: title: The field is missing. Add a line “title: …”.",
        "01-listen/01-first.md:2: titel: “titel” is not known here. Did you mean “title”?",
        "01-listen/01-first.md:3: minutes: 'soon' is no whole number. Write a whole number from 1 to 600.",
        "01-listen/01-first.md:5: The lesson has no text. Write it below the fields.",
        f"01-listen/questions/01-who.md:2: kind: There is no kind of question 'riddle'. Choose one of: {KINDS}.",
        "01-listen/questions/01-who.md:3: about: 'when' is not possible here. Choose one of: why, how.",
        "course.md:5: audience: 'nobody' is not possible here. Choose one of: everyone, trainers.",
    ]


def test_a_problem_inside_a_list_has_the_line_of_its_entry(tmp_path) -> None:
    head = "kind: single_choice\nabout: why\nchoices:\n  - text: You\n    right: true\n  - text: 12\n    rihgt: false"
    assert problems_of(tmp_path, **{QUESTION: question(head)}) == [
        f'{QUESTION}:7: choices 2 text: This is read as 12, not as text. Put it in quotes: "12".',
        f"{QUESTION}:8: choices 2 rihgt: “rihgt” is not known here. Did you mean “right”?",
    ]


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ("title: Fine: really\nminutes: 5", 2, "Put a text with “: ” in it in quotes."),
        ('title: "never closed\nminutes: 5', 2, "Close the quotes."),
        ("title: First\n\tminutes: 5", 3, "Use spaces, not tabs"),
        ("title: *first\nminutes: 5", 2, "“&” and “*” have a meaning in YAML."),
        ("title: &first First\nminutes: 5", 2, "“&” and “*” have a meaning in YAML."),
        ("title: !!python/object:os.system First\nminutes: 5", 2, "“!” has a meaning in YAML."),
        ("title: First\ntitle: Second\nminutes: 5", 3, "“title” stands here a second time."),
        ("title: First\n? [a]\n: b", 3, "The name of a field is no word."),
        ("- title", 2, "There are no fields here."),
        ("just words", 2, "There are no fields here."),
    ],
)
def test_fields_that_cannot_be_read_are_told_with_line_and_cure(tmp_path, head, line, said) -> None:
    (problem,) = problems_of(tmp_path, **{LESSON: question(head, "Text.")})
    assert problem.startswith(f"{LESSON}:{line}: ")
    assert said in problem


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "does not begin with its fields"),
        (b"Just a text.\n", 1, "does not begin with its fields"),
        (b"---\ntitle: First\n", 3, "The fields do not end."),
        (b"---\ntitle: First\nminutes: 5\n---\n\nOne\ntw\x00o\n", 7, "U+0000"),
        (b"---\ntitle: First\nminutes: 5\n---\n\ncaf\xe9\n", 6, "Save the file with the encoding UTF-8."),
        ("---\ntitle: First\n".encode("utf-16"), 1, "Save the file with the encoding UTF-8."),
        ("---\ntitle: F\nminutes: 5\n---\n\nabc\u202edef\n".encode(), 6, "U+202E"),
        (b"---\ntitle: First\nminutes: 5\n---\n\n" + b"x" * 300_000, 1, "larger than 256 KiB"),
        (b"---\ntitle: " + b"x" * 100_000 + b"\n---\n\nText.\n", 1, "The fields fill more than 64 KiB."),
        (b"---\ntitle: " + b"[" * 60_000 + b"\n---\n\nText.\n", 2, "too many or too deep"),
        (b"---\ntitle: " + b"{a: " * 15_000 + b"\n---\n\nText.\n", 2, "too many or too deep"),
        (b"---\ntitle:\n" + b" - x\n" * 6_000 + b"---\n\nText.\n", 5002, "too many or too deep"),
        (b"---\n" + b"- " * 30_000 + b"\n---\n\nText.\n", 2, "There are no fields here."),
        (b"---\ntitle: First\nminutes: 5\n---\n\nA <b>bold</b> word.\n", 6, "HTML is shown as it is written."),
        (b"---\ntitle: First\nminutes: 5\n---\n\n\n![](a.png)\n", 7, "A picture has no text"),
    ],
)
def test_files_that_are_no_course_text_are_told_with_line_and_cure(tmp_path, content, line, said) -> None:
    (problem,) = problems_of(tmp_path, **{LESSON: content})
    assert problem.startswith(f"{LESSON}:{line}: ")
    assert said in problem


def test_aliases_that_grow_without_end_are_refused(tmp_path) -> None:
    bomb = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]"
    (problem,) = problems_of(tmp_path, **{LESSON: question(bomb)})
    assert "have a meaning in YAML" in problem


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("01-listen/notes.txt", "This is not part of a course."),
        ("01-listen/1-first.md", "This is not part of a course."),
        ("01-listen/02-First.md", "This is not part of a course."),
        ("01-listen/01-other.md", "The number is also that of 01-first.md."),
        ("01-listen/02-first.md", "The words are also those of 01-first.md."),
        ("01-listen/02-deeper/01-first.md", "There are no folders in a module."),
        ("02-lesson.md", "A lesson stands outside a module."),
        ("01-listen/questions/01-folder/x.md", "There are no folders among questions."),
    ],
)
def test_what_does_not_belong_into_a_course_is_told(tmp_path, name, said) -> None:
    (problem,) = problems_of(tmp_path, **{name: SMALL[LESSON]})
    assert said in problem


def test_hidden_files_are_passed_over(tmp_path) -> None:
    assert isinstance(read_course(small_course(tmp_path, **{"01-listen/.notes": "x"})), CourseText)


def test_a_byte_order_mark_and_ends_of_line_of_other_systems_are_read(tmp_path) -> None:
    other = b"\xef\xbb\xbf" + SMALL[LESSON].replace("\n", "\r\n").encode()
    course = read_course(small_course(tmp_path, **{LESSON: other}))
    assert course.modules[0].lessons[0].text == "Listen first."


def test_missing_files_are_told(tmp_path) -> None:
    assert [problem.split(" Check")[0] for problem in problems_of(tmp_path, **{"course.md": None})] == [
        "course.md:1: The file cannot be read: No such file or directory."
    ]
    assert problems_of(tmp_path / "b", **{LESSON: None}) == [
        "01-listen/module.md:1: The module has no lesson. Write one, such as 01-first.md."
    ]


def test_a_course_without_modules_or_folder_is_told(tmp_path) -> None:
    only_head = dict.fromkeys(set(SMALL) - {"course.md"})
    assert problems_of(tmp_path, **only_head) == [
        "course.md:1: The course has no module. Make a folder such as 01-first-module."
    ]
    (problem,) = read_course(tmp_path / "nowhere")
    assert problem.message == "No such file or directory."
    (problem,) = read_course(tmp_path / "talk" / "course.md")
    assert problem.message == "Not a directory."


def test_a_module_without_questions_is_a_module_without_quiz(tmp_path) -> None:
    assert read_course(small_course(tmp_path, **{QUESTION: None})).modules[0].questions == ()


def test_links_are_not_followed(tmp_path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(SMALL[LESSON])
    folder = small_course(tmp_path, **{LESSON: None})
    os.symlink(secret, folder / LESSON)
    os.symlink(tmp_path, folder / "02-elsewhere")
    problems = [str(problem) for problem in read_course(folder)]
    assert problems == [
        "01-listen/01-first.md:1: This is a link to another file. Put the file itself here.",
        "02-elsewhere:1: This is not part of a course. "
        "Name files 01-some-words.md and module folders 01-some-words, or take it away.",
    ]


def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path) -> None:
    folder = small_course(tmp_path, **{LESSON: None})
    os.mkfifo(folder / LESSON)
    (problem,) = read_course(folder)
    assert problem.message == "This is no plain file."


def test_a_name_that_is_no_text_is_told(tmp_path) -> None:
    folder = small_course(tmp_path)
    (folder / os.fsdecode(b"02-\xff.md")).write_text("x")
    (problem,) = read_course(folder)
    assert str(problem).encode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pass_mark: 70", "Write 0.7 for 70 %."),
        ("pass_mark: most", "is no number"),
        ("language: English", "is no tag of a language"),
        ("summary: 12", "Put it in quotes"),
    ],
)
def test_fields_of_the_course_are_checked(tmp_path, line, said) -> None:
    name = line.partition(":")[0]
    kept = [other for other in SMALL["course.md"].split("\n") if not other.startswith(name)]
    kept.insert(1, line)
    (problem,) = problems_of(tmp_path, **{"course.md": "\n".join(kept)})
    assert problem.startswith("course.md:2: ")
    assert said in problem


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\nx".encode(errors="replace"))
)
def test_any_bytes_are_read_or_told_and_never_raise(tmp_path_factory, content) -> None:
    read = read_course(small_course(tmp_path_factory.mktemp("course"), **{LESSON: content}))
    assert isinstance(read, CourseText) or all(problem.line >= 1 for problem in read)
