"""Which questions a learner is asked in a quiz: those of the version of the course that was begun."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db import db
from training.courses.outlines import outline_of
from training.enrolment_models import Enrolment
from training.models import Question, QuestionVersion


@dataclass(frozen=True)
class AskedVersion:
    """One question as it would be asked, with the rules of the quiz it stands in."""

    id: int
    pool: str
    slug: str
    pass_mark: float
    quiz: dict[str, Any]


def asked_versions(enrolment: Enrolment, module_id: int) -> list[AskedVersion]:
    """The questions of a module in order; empty where the version has no such module. Two statements, or four."""
    module = next((one for one in outline_of(enrolment) if one["id"] == module_id), None)
    if module is None or not module["questions"]:
        return []
    query = (
        select(QuestionVersion.id, QuestionVersion.pool, Question.slug)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(QuestionVersion.id.in_(module["questions"]))
    )
    rows = {row.id: row for row in db.session.execute(query)}
    return [
        AskedVersion(one, rows[one].pool, rows[one].slug, module["pass_mark"], module["quiz"])
        for one in module["questions"]
    ]
