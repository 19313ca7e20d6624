"""Load the questions of a module: a changed one gets a new version, one that is gone is retired. Nothing commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from db import db
from training.models import Module, Question, QuestionVersion
from training.rules.course_files.course_text import QuestionText
from training.rules.rich_text import to_html


@dataclass(frozen=True)
class QuestionCounts:
    """How many questions are new, changed and retired."""

    new: int = 0
    changed: int = 0
    retired: int = 0

    def __add__(self, other: "QuestionCounts") -> "QuestionCounts":
        return QuestionCounts(self.new + other.new, self.changed + other.changed, self.retired + other.retired)


def load_questions(module: Module, texts: Sequence[QuestionText], at: datetime) -> QuestionCounts:
    """Bring the questions of `module` to what `texts` say. A question that comes back is asked again."""
    known = {row.slug: row for row in db.session.scalars(select(Question).where(Question.module_id == module.id))}
    newest = _newest_versions(module)
    new = [text for text in texts if text.slug not in known]
    known |= {text.slug: Question(module_id=module.id, slug=text.slug) for text in new}
    for place, text in enumerate(texts, 1):
        question = known[text.slug]
        question.position, question.retired_at = place, None
        db.session.add(question)
    gone = [row for slug, row in known.items() if slug not in {text.slug for text in texts} and not row.retired_at]
    for row in gone:
        row.retired_at = at
    db.session.flush()
    added = [_new_version(known[text.slug], newest.get(known[text.slug].id), text, at) for text in texts]
    return QuestionCounts(len(new), sum(added) - len(new), len(gone))


def _newest_versions(module: Module) -> dict[int, QuestionVersion]:
    query = (
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.module_id == module.id)
        .order_by(QuestionVersion.number)
    )
    return {row.question_id: row for row in db.session.scalars(query)}


def _new_version(question: Question, before: QuestionVersion | None, text: QuestionText, at: datetime) -> bool:
    """Add a version if the text differs from the newest one; returns whether it did."""
    values = version_values(text)
    if before is not None and all(getattr(before, name) == value for name, value in values.items()):
        return False
    number = 1 if before is None else before.number + 1
    db.session.add(QuestionVersion(question_id=question.id, number=number, created_at=at, **values))
    return True


def version_values(text: QuestionText) -> dict[str, Any]:
    """The columns of a version that asks what a text says."""
    return {
        "kind": text.kind,
        "about": text.about.value,
        "topic": text.topic,
        "pool": text.pool,
        "weight": text.weight,
        "prompt": to_html(text.prompt),
        "explanation": to_html(text.explanation),
        "specification": text.specification,
    }
