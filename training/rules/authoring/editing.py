"""Changing a course text part by part. Every function answers a new text; none raises for what is not there."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from training.rules.authoring.places import Part, Place, module_of
from training.rules.course_files.course_text import About, CourseText, LessonText, ModuleText, QuestionText

LONGEST_NAME = 60
USUAL_MINUTES = 5


class Named(Protocol):
    """What has a slug."""

    @property
    def slug(self) -> str:
        """The name that stays."""


One = TypeVar("One", bound=Named)


def slug_from(title: str, taken: Collection[str], otherwise: str) -> str:
    """A name of small letters, digits and dashes made from a title, with a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-") or otherwise
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    return free


def add_module(course: CourseText, title: str, taken: Collection[str] = ()) -> tuple[CourseText, Place]:
    """The course with a new module at its end, and the module's place. Names in `taken` are not given again."""
    slug = slug_from(title, {*taken, *(one.slug for one in course.modules)}, "module")
    module = ModuleText(slug, title, "", 3 * USUAL_MINUTES, None, "", (), ())
    return replace(course, modules=(*course.modules, module)), Place(Part.MODULE, slug)


def add_lesson(
    course: CourseText, module: str, title: str, taken: Collection[str] = ()
) -> tuple[CourseText, Place | None]:
    """The course with a new lesson at the end of a module; None where there is no such module."""
    found = module_of(course, module)
    if found is None:
        return course, None
    slug = slug_from(title, {*taken, *(one.slug for one in found.lessons)}, "lesson")
    lesson = LessonText(slug, title, USUAL_MINUTES, "")
    return _with(course, replace(found, lessons=(*found.lessons, lesson))), Place(Part.LESSON, module, slug)


def add_question(
    course: CourseText, module: str, kind: str, taken: Collection[str] = ()
) -> tuple[CourseText, Place | None]:
    """The course with a new, empty question of a kind; None where there is no such module."""
    found = module_of(course, module)
    if found is None:
        return course, None
    slug = slug_from(f"question-{len(found.questions) + 1}", {*taken, *(one.slug for one in found.questions)}, "")
    question = QuestionText(slug, About.HOW, "", {"kind": kind})
    return _with(course, replace(found, questions=(*found.questions, question))), Place(Part.QUESTION, module, slug)


def put(course: CourseText, place: Place, **changes: Any) -> CourseText:
    """The course with the fields of one part changed."""
    if place.part is Part.COURSE:
        return replace(course, **changes)
    module = module_of(course, place.module)
    if module is None:
        return course
    if place.part is Part.MODULE:
        return _with(course, replace(module, **changes))
    if place.part is Part.LESSON:
        lessons = tuple(replace(one, **changes) if one.slug == place.name else one for one in module.lessons)
        return _with(course, replace(module, lessons=lessons))
    questions = tuple(replace(one, **changes) if one.slug == place.name else one for one in module.questions)
    return _with(course, replace(module, questions=questions))


def move(course: CourseText, place: Place, by: int) -> CourseText:
    """The course with a part `by` places further down (negative: up) among its like, as far as it goes."""
    module = module_of(course, place.module)
    if place.part is Part.MODULE:
        return replace(course, modules=_moved(course.modules, place.module, by))
    if module is not None and place.part is Part.LESSON:
        return _with(course, replace(module, lessons=_moved(module.lessons, place.name, by)))
    if module is not None and place.part is Part.QUESTION:
        return _with(course, replace(module, questions=_moved(module.questions, place.name, by)))
    return course


def remove(course: CourseText, place: Place) -> CourseText:
    """The course without a part."""
    module = module_of(course, place.module)
    if place.part is Part.MODULE:
        return replace(course, modules=tuple(one for one in course.modules if one.slug != place.module))
    if module is not None and place.part is Part.LESSON:
        return _with(course, replace(module, lessons=tuple(one for one in module.lessons if one.slug != place.name)))
    if module is not None and place.part is Part.QUESTION:
        kept = tuple(one for one in module.questions if one.slug != place.name)
        return _with(course, replace(module, questions=kept))
    return course


def _with(course: CourseText, module: ModuleText) -> CourseText:
    return replace(course, modules=tuple(module if one.slug == module.slug else one for one in course.modules))


def _moved(rows: Sequence[One], slug: str, by: int) -> tuple[One, ...]:
    places = [place for place, one in enumerate(rows) if one.slug == slug]
    if not places:
        return tuple(rows)
    rest = [one for one in rows if one.slug != slug]
    rest.insert(max(0, min(len(rest), places[0] + by)), rows[places[0]])
    return tuple(rest)
