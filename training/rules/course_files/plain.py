"""A course text as plain JSON values and back, for keeping it in a table."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from training.rules.course_files.course_text import (
    About,
    Audience,
    CourseText,
    LessonText,
    ModuleText,
    QuestionText,
    TaskText,
)


def as_plain(course: CourseText) -> dict[str, Any]:
    """The course as JSON values: course_from_plain(as_plain(x)) is x."""
    return asdict(course)


def course_from_plain(values: Mapping[str, Any]) -> CourseText:
    """The course that as_plain made these values of. Fields that came later have their defaults."""
    modules = tuple(_module(one) for one in values["modules"])
    return CourseText(**{**values, "audience": Audience(values["audience"]), "modules": modules})


def _module(values: Mapping[str, Any]) -> ModuleText:
    lessons = tuple(LessonText(**one) for one in values["lessons"])
    questions = tuple(QuestionText(**{**one, "about": About(one["about"])}) for one in values["questions"])
    task = values.get("task")
    task = TaskText(**{**task, "accepts": tuple(task["accepts"])}) if task else None
    return ModuleText(**{**values, "lessons": lessons, "questions": questions, "task": task})
