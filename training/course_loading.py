"""Load a course text into the tables. Loading again changes what changed; a changed question gets a new version.

Nothing here commits. What learners did stays: an attempt keeps the versions it began with, and a question that is
gone from the text is retired, not deleted.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from db import db
from training.enrolment_models import LessonRead
from training.models import Course, Lesson, Module, Question, QuestionVersion
from training.rules.course_files.course_text import CourseText, LessonText, ModuleText, QuestionText
from training.rules.rich_text import to_html


@dataclass(frozen=True)
class Loaded:
    """What loading did: the course, and how many questions are new, changed and retired."""

    course: Course
    new: int
    changed: int
    retired: int
    unchanged_text: bool


class CourseInUseError(ValueError):
    """The text lacks a module that learners have; the message names it and the cure."""


def load_course(text: CourseText, at: datetime) -> Loaded:
    """Create or update a course from its text. Raises CourseInUseError if a module of it is missing from the text."""
    digest = hashlib.sha256(json.dumps(asdict(text), sort_keys=True, default=str).encode()).hexdigest()
    course = db.session.scalars(select(Course).where(Course.slug == text.slug).with_for_update()).one_or_none()
    if course is not None and course.digest == digest:
        return Loaded(course, 0, 0, 0, unchanged_text=True)
    course = course or Course(slug=text.slug)
    course.title, course.summary, course.language = text.title, text.summary, text.language
    course.audience, course.pass_mark, course.introduction = text.audience.value, text.pass_mark, text.introduction
    course.digest, course.loaded_at = digest, at
    db.session.add(course)
    db.session.flush()
    new = changed = retired = 0
    for module, module_text in _modules(course, text):
        _load_lessons(module, module_text.lessons)
        counts = _load_questions(module, module_text.questions, at)
        new, changed, retired = new + counts[0], changed + counts[1], retired + counts[2]
    db.session.flush()
    return Loaded(course, new, changed, retired, unchanged_text=False)


def _modules(course: Course, text: CourseText) -> list[tuple[Module, ModuleText]]:
    known = {row.slug: row for row in db.session.scalars(select(Module).where(Module.course_id == course.id))}
    missing = sorted(set(known) - {module.slug for module in text.modules})
    if missing:
        raise CourseInUseError(
            f"{text.slug}: the text has no module {missing[0]!r} any more. Put it back, or give the course a new slug."
        )
    _out_of_the_way(known.values())
    pairs = []
    for place, module_text in enumerate(text.modules, 1):
        module = known.get(module_text.slug) or Module(course_id=course.id, slug=module_text.slug)
        module.position, module.title, module.aim = place, module_text.title, module_text.aim
        module.minutes, module.why = module_text.minutes, module_text.why
        module.pass_mark = text.pass_mark if module_text.pass_mark is None else module_text.pass_mark
        db.session.add(module)
        pairs.append((module, module_text))
    db.session.flush()
    return pairs


def _load_lessons(module: Module, lessons: tuple[LessonText, ...]) -> None:
    known = {row.slug: row for row in db.session.scalars(select(Lesson).where(Lesson.module_id == module.id))}
    gone = [row.id for slug, row in known.items() if slug not in {lesson.slug for lesson in lessons}]
    db.session.execute(delete(LessonRead).where(LessonRead.lesson_id.in_(gone)))
    db.session.execute(delete(Lesson).where(Lesson.id.in_(gone)))
    _out_of_the_way([row for row in known.values() if row.id not in gone])
    for place, text in enumerate(lessons, 1):
        lesson = known.get(text.slug) or Lesson(module_id=module.id, slug=text.slug)
        lesson.position, lesson.title, lesson.minutes = place, text.title, text.minutes
        if lesson.text != text.text:
            lesson.text, lesson.html = text.text, to_html(text.text)
        db.session.add(lesson)


def _load_questions(module: Module, questions: tuple[QuestionText, ...], at: datetime) -> tuple[int, int, int]:
    """Returns how many questions are new, changed and retired."""
    known = {row.slug: row for row in db.session.scalars(select(Question).where(Question.module_id == module.id))}
    query = (
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.module_id == module.id)
        .order_by(QuestionVersion.number)
    )
    newest = {row.question_id: row for row in db.session.scalars(query)}
    new = changed = retired = 0
    for place, text in enumerate(questions, 1):
        question = known.get(text.slug) or Question(module_id=module.id, slug=text.slug, position=place)
        question.position, question.retired_at = place, None
        db.session.add(question)
        db.session.flush()
        before = newest.get(question.id)
        version = _version_values(text)
        if before is None or any(getattr(before, name) != value for name, value in version.items()):
            new, changed = new + (before is None), changed + (before is not None)
            number = 1 if before is None else before.number + 1
            db.session.add(QuestionVersion(question_id=question.id, number=number, created_at=at, **version))
    for slug, question in known.items():
        if slug not in {text.slug for text in questions} and question.retired_at is None:
            question.retired_at, retired = at, retired + 1
    return new, changed, retired


def _version_values(text: QuestionText) -> dict[str, Any]:
    return {
        "kind": text.specification["kind"],
        "about": text.about.value,
        "topic": text.topic,
        "weight": text.weight,
        "prompt": to_html(text.prompt),
        "explanation": to_html(text.explanation),
        "specification": text.specification,
    }


def _out_of_the_way(rows: Any) -> None:
    """Free the places from 1 on, so that a new order never meets the old one."""
    for row in rows:
        row.position = -row.id
    db.session.flush()
