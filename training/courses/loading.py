"""Load a course text into the tables: a new version of the course, and of the lessons and questions that changed.

Nothing here commits. What learners did stays: an attempt keeps the versions it began with, a learner the version of the
course, and what is gone from the text is retired, not deleted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from db import db
from training.courses.kept_text import packed, unpacked
from training.courses.moving import move
from training.courses.outlines import outline_now
from training.courses.pictures import missing_pictures
from training.courses.question_loading import QuestionCounts, load_questions
from training.courses.version_models import CourseVersion, LessonVersion, MoveRule
from training.learning.enrolment_operations import complete_those_done
from training.models import Course, Lesson, Module
from training.rules.course_files.course_text import CourseText, LessonText, ModuleText, QuestionText
from training.rules.rich_text import to_html
from training.tasks.loading import load_task

NOT_ASKED_YET: dict[str, str] = {}
"""Kinds that no page asks, with the reason; none at present."""


@dataclass(frozen=True)
class Loaded:
    """What loading did: the course, how many questions are new, changed and retired, and whether nothing changed."""

    course: Course
    questions: QuestionCounts
    unchanged_text: bool


@dataclass(frozen=True)
class Publication:
    """Who publishes (None: whoever loads files), which learners move to the new version, and what is new in words."""

    actor_id: int | None = None
    rule: MoveRule = MoveRule.ALL
    note: str = ""


class CourseNotLoadedError(ValueError):
    """The text cannot take the place of what is there. Nothing was changed; the message says why, and the cure."""


def load_course(text: CourseText, at: datetime, by: Publication | None = None) -> Loaded:
    """Create or update a course from its text.

    Raises CourseNotLoadedError if a question is of a kind that no page asks.
    """
    by = by or Publication()
    course = db.session.scalars(select(Course).where(Course.slug == text.slug).with_for_update()).one_or_none()
    digest = text.digest()
    if course is not None and course.digest == digest:
        return Loaded(course, QuestionCounts(), unchanged_text=True)
    _refuse_unknown_kinds(text)
    course = course or Course(slug=text.slug)
    course.title, course.summary, course.language = text.title, text.summary, text.language
    course.audience, course.pass_mark, course.introduction = text.audience.value, text.pass_mark, text.introduction
    course.digest, course.loaded_at = digest, at
    db.session.add(course)
    db.session.flush()
    pairs, counts = _load_modules(course, text, at)
    for module, module_text in pairs:
        _load_lessons(module, module_text.lessons, at)
        counts += load_questions(module, module_text.questions, at)
        load_task(module, module_text.task, at)
    db.session.flush()
    move(_keep_version(course, text, at, by), by.rule)
    complete_those_done(course.id, at)
    return Loaded(course, counts, unchanged_text=False)


def _refuse_unknown_kinds(text: CourseText) -> None:
    missing = missing_pictures(question for module in text.modules for question in module.questions)
    for module in text.modules:
        for question in module.questions:
            where = f"{text.slug}: the question {question.slug!r} of module {module.slug!r}"
            if question.kind in NOT_ASKED_YET:
                reason = NOT_ASKED_YET[question.kind]
                raise CourseNotLoadedError(f"{where} is of kind {question.kind!r}: {reason}. Ask it another way.")
            if question.kind == "hot_spot" and question.specification["picture"] in missing:
                named = question.specification["picture"]
                raise CourseNotLoadedError(f"{where} shows {named!r}, which is not here. Add the picture first.")


def _load_modules(
    course: Course, text: CourseText, at: datetime
) -> tuple[list[tuple[Module, ModuleText]], QuestionCounts]:
    """The modules with their texts, and how many questions went with the modules that are gone."""
    known = {row.slug: row for row in db.session.scalars(select(Module).where(Module.course_id == course.id))}
    _out_of_the_way(known.values())
    pairs = []
    for place, module_text in enumerate(text.modules, 1):
        module = known.pop(module_text.slug, None) or Module(course_id=course.id, slug=module_text.slug)
        module.position, module.title, module.aim = place, module_text.title, module_text.aim
        module.minutes, module.why, module.retired_at = module_text.minutes, module_text.why, None
        module.pass_mark, module.quiz = text.pass_mark_of(module_text), module_text.quiz
        module.opening = module_text.opens
        db.session.add(module)
        pairs.append((module, module_text))
    db.session.flush()
    counts = QuestionCounts()
    for gone in known.values():
        gone.retired_at = gone.retired_at or at
        _load_lessons(gone, (), at)
        counts += load_questions(gone, (), at)
    return pairs, counts


def _load_lessons(module: Module, lessons: Sequence[LessonText], at: datetime) -> None:
    """Bring the lessons of `module` to what the texts say. One that is gone is retired; who read it has read it."""
    known = {row.slug: row for row in db.session.scalars(select(Lesson).where(Lesson.module_id == module.id))}
    newest = _newest_lesson_versions(module)
    _out_of_the_way(known.values())
    rows = []
    for place, text in enumerate(lessons, 1):
        lesson = known.pop(text.slug, None) or Lesson(module_id=module.id, slug=text.slug)
        lesson.position, lesson.title, lesson.minutes, lesson.retired_at = place, text.title, text.minutes, None
        lesson.text, lesson.html = text.text, to_html(text.text)
        db.session.add(lesson)
        rows.append(lesson)
    for gone in known.values():
        gone.retired_at = gone.retired_at or at
    db.session.flush()
    for lesson in rows:
        _keep_lesson_version(lesson, newest.get(lesson.id), at)


def _newest_lesson_versions(module: Module) -> dict[int, LessonVersion]:
    query = (
        select(LessonVersion)
        .join(Lesson, Lesson.id == LessonVersion.lesson_id)
        .where(Lesson.module_id == module.id)
        .order_by(LessonVersion.number)
    )
    return {row.lesson_id: row for row in db.session.scalars(query)}


def _keep_lesson_version(lesson: Lesson, before: LessonVersion | None, at: datetime) -> None:
    values: dict[str, Any] = {"title": lesson.title, "minutes": lesson.minutes, "html": lesson.html}
    if before is not None and all(getattr(before, name) == value for name, value in values.items()):
        return
    number = before.number + 1 if before else 1
    db.session.add(LessonVersion(lesson_id=lesson.id, number=number, created_at=at, **values))


def _keep_version(course: Course, text: CourseText, at: datetime, by: Publication) -> CourseVersion:
    query = select(func.coalesce(func.max(CourseVersion.number), 0)).where(CourseVersion.course_id == course.id)
    version = CourseVersion(
        course_id=course.id,
        number=(db.session.scalar(query) or 0) + 1,
        digest=text.digest(),
        content=packed(text),
        outline=outline_now(course.id),
        rule=by.rule,
        note=by.note,
        published_at=at,
        published_by_id=by.actor_id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def keep_version_with(module: Module, new: Sequence[QuestionText], at: datetime) -> None:
    """A version of the course that also asks `new` questions of a module, which are in the tables; all learners move.

    Loading the same files again still changes nothing.
    """
    query = select(CourseVersion).where(CourseVersion.course_id == module.course_id)
    newest = db.session.scalars(query.order_by(CourseVersion.number.desc()).limit(1)).first()
    if newest is None or not new:
        return
    text = unpacked(newest.content)
    modules = tuple(
        replace(one, questions=(*one.questions, *new)) if one.slug == module.slug else one for one in text.modules
    )
    course = db.session.get_one(Course, module.course_id)
    by = Publication(note="Questions were imported.")
    move(_keep_version(course, replace(text, modules=modules), at, by), by.rule)


def _out_of_the_way(rows: Iterable[Module] | Iterable[Lesson]) -> None:
    """Free the places from 1 on, so that a new order never meets the old one."""
    for row in rows:
        row.position = -row.id
    db.session.flush()
