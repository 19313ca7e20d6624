"""Load a course text into the tables. Loading again changes what changed; a changed question gets a new version.

Nothing here commits. What learners did stays: an attempt keeps the versions it began with, and a question that is
gone from the text is retired, not deleted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from db import db
from training.courses.question_loading import QuestionCounts, load_questions
from training.enrolment_models import LessonRead
from training.learning.enrolment_operations import complete_those_done
from training.models import Course, Lesson, Module
from training.rules.course_files.course_text import CourseText, LessonText, ModuleText
from training.rules.rich_text import to_html
from training.tasks.loading import load_task

NOT_ASKED_YET = {
    "hot_spot": "pictures of questions are not loaded yet",
}


@dataclass(frozen=True)
class Loaded:
    """What loading did: the course, how many questions are new, changed and retired, and whether nothing changed."""

    course: Course
    questions: QuestionCounts
    unchanged_text: bool


class CourseNotLoadedError(ValueError):
    """The text cannot take the place of what is there. Nothing was changed; the message says why, and the cure."""


def load_course(text: CourseText, at: datetime) -> Loaded:
    """Create or update a course from its text.

    Raises CourseNotLoadedError if a module that learners have is missing, or a question is of a kind that no page asks.
    """
    course = db.session.scalars(select(Course).where(Course.slug == text.slug).with_for_update()).one_or_none()
    digest = text.digest()
    if course is not None and course.digest == digest:
        return Loaded(course, QuestionCounts(), unchanged_text=True)
    known = _modules_of(course)
    _refuse_unknown_kinds(text)
    _refuse_missing_modules(text, known)
    course = course or Course(slug=text.slug)
    course.title, course.summary, course.language = text.title, text.summary, text.language
    course.audience, course.pass_mark, course.introduction = text.audience.value, text.pass_mark, text.introduction
    course.digest, course.loaded_at = digest, at
    db.session.add(course)
    db.session.flush()
    counts = QuestionCounts()
    for module, module_text in _load_modules(course, text, known):
        _load_lessons(module, module_text.lessons)
        counts += load_questions(module, module_text.questions, at)
        load_task(module, module_text.task, at)
    db.session.flush()
    complete_those_done(course.id, at)
    return Loaded(course, counts, unchanged_text=False)


def _modules_of(course: Course | None) -> dict[str, Module]:
    if course is None:
        return {}
    return {row.slug: row for row in db.session.scalars(select(Module).where(Module.course_id == course.id))}


def _refuse_unknown_kinds(text: CourseText) -> None:
    for module in text.modules:
        for question in module.questions:
            if question.kind in NOT_ASKED_YET:
                raise CourseNotLoadedError(
                    f"{text.slug}: the question {question.slug!r} of module {module.slug!r} is of kind "
                    f"{question.kind!r}: {NOT_ASKED_YET[question.kind]}. Ask it another way."
                )


def _refuse_missing_modules(text: CourseText, known: dict[str, Module]) -> None:
    missing = sorted(set(known) - {module.slug for module in text.modules})
    if missing:
        raise CourseNotLoadedError(
            f"{text.slug}: the text has no module {missing[0]!r} any more. Put it back, or give the course a new slug."
        )


def _load_modules(course: Course, text: CourseText, known: dict[str, Module]) -> list[tuple[Module, ModuleText]]:
    _out_of_the_way(known.values())
    pairs = []
    for place, module_text in enumerate(text.modules, 1):
        module = known.get(module_text.slug) or Module(course_id=course.id, slug=module_text.slug)
        module.position, module.title, module.aim = place, module_text.title, module_text.aim
        module.minutes, module.why = module_text.minutes, module_text.why
        module.pass_mark = text.pass_mark_of(module_text)
        db.session.add(module)
        pairs.append((module, module_text))
    db.session.flush()
    return pairs


def _load_lessons(module: Module, lessons: Sequence[LessonText]) -> None:
    """Bring the lessons of `module` to what the texts say. Of a lesson that is gone nothing is kept."""
    known = {row.slug: row for row in db.session.scalars(select(Lesson).where(Lesson.module_id == module.id))}
    gone = [row.id for slug, row in known.items() if slug not in {lesson.slug for lesson in lessons}]
    db.session.execute(delete(LessonRead).where(LessonRead.lesson_id.in_(gone)))
    db.session.execute(delete(Lesson).where(Lesson.id.in_(gone)))
    _out_of_the_way(row for row in known.values() if row.id not in gone)
    for place, text in enumerate(lessons, 1):
        lesson = known.get(text.slug) or Lesson(module_id=module.id, slug=text.slug)
        lesson.position, lesson.title, lesson.minutes = place, text.title, text.minutes
        lesson.text, lesson.html = text.text, to_html(text.text)
        db.session.add(lesson)
    db.session.flush()


def _out_of_the_way(rows: Iterable[Module] | Iterable[Lesson]) -> None:
    """Free the places from 1 on, so that a new order never meets the old one."""
    for row in rows:
        row.position = -row.id
    db.session.flush()
