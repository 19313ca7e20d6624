"""The outline of a version: what its learners go through, as plain values with the rows behind them.

`[{"id": module, "slug", "title", "aim", "why", "minutes", "pass_mark", "quiz", "opening", "lessons": [{"id", "slug",
"title", "minutes", "text_id"}], "questions": [id of a question version]}]`, in order. Lessons and questions are named
by the versions that were published, so that who learns by it keeps them.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from db import db
from training.courses.version_models import CourseVersion, LessonVersion
from training.enrolment_models import Enrolment
from training.models import Lesson, Module, Question, QuestionVersion

ModuleOutline = dict[str, Any]


def outline_of(enrolment: Enrolment) -> list[ModuleOutline]:
    """The outline that a learner goes through: of the version begun, else of the newest. One statement, or three."""
    if enrolment.version_id is None:
        return outline_now(enrolment.course_id)
    kept = db.session.scalar(select(CourseVersion.outline).where(CourseVersion.id == enrolment.version_id))
    return list(kept or [])


def outline_now(course_id: int) -> list[ModuleOutline]:
    """The outline of what the tables of courses say now. Three statements."""
    lessons, questions = _lessons(course_id), _questions(course_id)
    query = select(Module).where(Module.course_id == course_id, Module.retired_at.is_(None)).order_by(Module.position)
    return [
        {
            "id": one.id,
            "slug": one.slug,
            "title": one.title,
            "aim": one.aim,
            "why": one.why,
            "minutes": one.minutes,
            "pass_mark": one.pass_mark,
            "quiz": one.quiz,
            "opening": one.opening,
            "lessons": lessons[one.id],
            "questions": questions[one.id],
        }
        for one in db.session.scalars(query)
    ]


def _lessons(course_id: int) -> dict[int, list[dict[str, Any]]]:
    newest = select(func.max(LessonVersion.id)).where(LessonVersion.lesson_id == Lesson.id).scalar_subquery()
    query = (
        select(Lesson.module_id, Lesson.id, Lesson.slug, Lesson.title, Lesson.minutes, newest)
        .join(Module, Module.id == Lesson.module_id)
        .where(Module.course_id == course_id, Lesson.retired_at.is_(None))
        .order_by(Lesson.module_id, Lesson.position)
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for module_id, *values in db.session.execute(query):
        found[module_id].append(dict(zip(("id", "slug", "title", "minutes", "text_id"), values, strict=True)))
    return found


def _questions(course_id: int) -> dict[int, list[int]]:
    newest = select(func.max(QuestionVersion.id)).where(QuestionVersion.question_id == Question.id).scalar_subquery()
    query = (
        select(Question.module_id, newest)
        .join(Module, Module.id == Question.module_id)
        .where(Module.course_id == course_id, Question.retired_at.is_(None))
        .order_by(Question.module_id, Question.position, Question.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for module_id, version_id in db.session.execute(query):
        found[module_id].append(version_id)
    return found
