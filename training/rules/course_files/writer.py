"""Write a course as a folder, in the form that the reader reads: read_course(write_course(x)) gives x again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from training.rules.course_files.course_text import CourseText, LessonText, ModuleText, QuestionText, TaskText
from training.rules.course_files.front_matter import FENCE

LINE_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes texts so that both this reader and any other reader of YAML takes them for texts."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value that occurs twice twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their name."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """A text of several lines as a block, where YAML keeps it as it is; one that could be a number in quotes."""
    style = None
    if "\n" in text and all(line == line.rstrip() and line.isprintable() for line in text.split("\n")):
        style = "|"
    elif not text[:1].isalpha():
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write_course(course: CourseText, parent: Path, pictures: Mapping[str, bytes] | None = None) -> Path:
    """Write a course into a new folder below `parent`, its pictures with it, and answer the folder.

    Raises FileExistsError if there is one of that name: nothing is ever written over.
    """
    folder = parent / course.slug
    folder.mkdir()
    for name, text in course_as_files(course).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, data in (pictures or {}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def course_as_files(course: CourseText) -> dict[str, str]:
    """The files of a course folder: name within it to text."""
    head = {
        "title": course.title,
        "summary": course.summary,
        "language": course.language,
        "audience": str(course.audience),
        "pass_mark": course.pass_mark,
    }
    files = {"course.md": _file(head, course.introduction)}
    for number, module in enumerate(course.modules, 1):
        folder = f"{number:02}-{module.slug}"
        files |= {f"{folder}/{name}": text for name, text in _module_files(module).items()}
    return files


def _module_files(module: ModuleText) -> dict[str, str]:
    head: dict[str, Any] = {"title": module.title, "aim": module.aim, "minutes": module.minutes}
    if module.pass_mark is not None:
        head["pass_mark"] = module.pass_mark
    if module.quiz:
        head["quiz"] = module.quiz
    if module.opens:
        head["opens"] = module.opens
    files = {"module.md": _file(head, module.why)}
    if module.task:
        files["task.md"] = _task_file(module.task)
    for number, lesson in enumerate(module.lessons, 1):
        files[f"{number:02}-{lesson.slug}.md"] = _lesson_file(lesson)
    for number, question in enumerate(module.questions, 1):
        files[f"questions/{number:02}-{question.slug}.md"] = _question_file(question)
    return files


def _task_file(task: TaskText) -> str:
    head = {"title": task.title, "accepts": list(task.accepts), "graded_by": task.graded_by, "rubric": task.rubric}
    return _file(head, task.text)


def _lesson_file(lesson: LessonText) -> str:
    return _file({"title": lesson.title, "minutes": lesson.minutes}, lesson.text)


def _question_file(question: QuestionText) -> str:
    head: dict[str, Any] = {"kind": question.kind, "about": str(question.about)}
    if question.topic:
        head["topic"] = question.topic
    if question.pool:
        head["pool"] = question.pool
    if abs(question.weight - 1) > 1e-9:
        head["weight"] = question.weight
    head |= {name: value for name, value in question.specification.items() if name != "kind"}
    if question.explanation:
        head["explanation"] = question.explanation
    return _file(head, question.prompt)


def _file(head: Mapping[str, Any], body: str) -> str:
    fields = yaml.dump(
        dict(head), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LINE_WIDTH, default_flow_style=False
    )
    return f"{FENCE}\n{fields}{FENCE}\n" + (f"\n{body}\n" if body else "")
