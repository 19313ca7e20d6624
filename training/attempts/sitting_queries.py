"""What a course asks now: the quiz of each module, as a sitting of it would be graded."""

from dataclasses import dataclass

from sqlalchemy import select

from db import db
from training.models import Module, Question, QuestionVersion
from training.rules.attempts import PlacedQuestion


@dataclass(frozen=True)
class Quiz:
    """One module's quiz: its questions in order, the version of each, and the pass mark."""

    module_id: int
    pass_mark: float
    questions: tuple[PlacedQuestion, ...]
    version_ids: tuple[int, ...]


def quizzes_of(course_id: int) -> dict[int, Quiz]:
    """The quiz of each module that has questions, by module, with the newest versions. One statement."""
    query = (
        select(Module.id, Module.pass_mark, Question.id, QuestionVersion)
        .join(Question, Question.module_id == Module.id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Module.course_id == course_id, Question.retired_at.is_(None))
        .order_by(Module.position, Question.position, Question.id, QuestionVersion.number)
    )
    marks: dict[int, float] = {}
    newest: dict[int, dict[int, QuestionVersion]] = {}
    for module_id, pass_mark, question_id, version in db.session.execute(query):
        marks[module_id] = pass_mark
        newest.setdefault(module_id, {})[question_id] = version  # the last one wins
    return {
        module_id: Quiz(
            module_id,
            marks[module_id],
            tuple(_placed(place, version) for place, version in enumerate(versions.values(), 1)),
            tuple(version.id for version in versions.values()),
        )
        for module_id, versions in newest.items()
    }


def _placed(place: int, version: QuestionVersion) -> PlacedQuestion:
    return PlacedQuestion(place, version.specification, version.weight, version.about, version.topic)
