"""The parts of a course, each with a name that stays: what one page of the editor is about."""

from dataclasses import dataclass
from enum import StrEnum

from training.rules.course_files.course_text import CourseText, LessonText, ModuleText, QuestionText


class Part(StrEnum):
    """What a part of a course is."""

    COURSE = "course"
    MODULE = "module"
    LESSON = "lesson"
    QUESTION = "question"


@dataclass(frozen=True)
class Place:
    """One part: the course itself, a module, or a lesson or question of one, by their slugs."""

    part: Part
    module: str = ""
    name: str = ""


COURSE = Place(Part.COURSE)


def module_of(course: CourseText, slug: str) -> ModuleText | None:
    """The module with this slug."""
    return next((one for one in course.modules if one.slug == slug), None)


def lesson_of(course: CourseText, place: Place) -> LessonText | None:
    """The lesson at a place."""
    module = module_of(course, place.module)
    return next((one for one in module.lessons if one.slug == place.name), None) if module else None


def question_of(course: CourseText, place: Place) -> QuestionText | None:
    """The question at a place."""
    module = module_of(course, place.module)
    return next((one for one in module.questions if one.slug == place.name), None) if module else None


def files_of(course: CourseText) -> dict[str, Place]:
    """Which file of the course folder holds which part; the folder of a module and of its questions stand for it."""
    found = {"course.md": COURSE}
    for number, module in enumerate(course.modules, 1):
        folder, place = f"{number:02}-{module.slug}", Place(Part.MODULE, module.slug)
        found |= dict.fromkeys((folder, f"{folder}/module.md", f"{folder}/questions", f"{folder}/task.md"), place)
        for count, lesson in enumerate(module.lessons, 1):
            found[f"{folder}/{count:02}-{lesson.slug}.md"] = Place(Part.LESSON, module.slug, lesson.slug)
        for count, question in enumerate(module.questions, 1):
            name = f"{folder}/questions/{count:02}-{question.slug}.md"
            found[name] = Place(Part.QUESTION, module.slug, question.slug)
    return found


def head_of(course: CourseText, place: Place) -> dict[str, object] | LessonText | QuestionText | None:
    """What belongs to a part alone, so that two versions of it can be compared; None where there is no such part."""
    if place.part is Part.COURSE:
        return {name: value for name, value in vars(course).items() if name != "modules"}
    if place.part is Part.MODULE:
        module = module_of(course, place.module)
        return (
            {name: value for name, value in vars(module).items() if name not in ("lessons", "questions")}
            if (module)
            else None
        )
    return lesson_of(course, place) if place.part is Part.LESSON else question_of(course, place)
