"""Take questions of other programs into a module: keep the file, look at it, import what can be asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select

from db import bulk_insert, db, table_of
from people.refusal import RefusedError
from training.courses.loading import NOT_ASKED_YET, keep_version_with
from training.courses.pictures import keep_pictures, question_with_kept
from training.courses.question_loading import version_values
from training.exchange.models import QuestionUpload
from training.models import Module, Question, QuestionVersion
from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.naming import Names
from training.rules.exchange.plain_form import plain_form

KEPT_FOR = timedelta(days=1)
LARGEST_UPLOAD = 20 * 1024 * 1024
ADDRESS = "/pictures/"
_SHOWN = re.compile(r"\]\((pictures/[a-z0-9-]+\.(?:png|jpg|gif|webp))\)")


@dataclass(frozen=True)
class Imported:
    """How many questions are new, and how many were in the module already."""

    new: int
    known: int


def keep_upload(name: str, data: bytes, *, actor_id: int, at: datetime) -> QuestionUpload:
    """Keep a file for its preview, in place of an earlier one of the same person and of those older than a day.

    Raises RefusedError if it is too large or empty.
    """
    if not data:
        raise RefusedError("The file is empty.", "file")
    if len(data) > LARGEST_UPLOAD:
        raise RefusedError(f"The file is larger than {LARGEST_UPLOAD // 1024 // 1024} MiB. Cut it in parts.", "file")
    old = or_(QuestionUpload.employee_id == actor_id, QuestionUpload.created_at < at - KEPT_FOR)
    db.session.execute(delete(QuestionUpload).where(old))
    plain = "".join(letter for letter in name if letter.isprintable()).strip()[-200:] or "questions"
    row = QuestionUpload(employee_id=actor_id, name=plain, data=data, created_at=at)
    db.session.add(row)
    db.session.flush()
    return row


def discard_upload(row: QuestionUpload) -> None:
    """Forget a file."""
    db.session.delete(row)
    db.session.flush()


def can_be_asked(question: QuestionText, files: Mapping[str, bytes]) -> str:
    """Why a question cannot be asked; empty if it can. `files` are the pictures that came along."""
    if question.kind == "hot_spot" and question.specification["picture"] not in files:
        return "its picture did not come along"
    return NOT_ASKED_YET.get(question.kind, "")


def import_questions(
    module: Module, questions: Sequence[QuestionText], files: Mapping[str, bytes], *, at: datetime
) -> Imported:
    """Add questions at the end of a module, each with its first version. All of them, or none.

    One that the module asks already, in the same words, is left alone, so importing a file twice doubles nothing. One
    of the same name and other words gets a number behind its name. Questions that no page can ask are left out.
    """
    db.session.execute(select(Module.id).where(Module.id == module.id).with_for_update())
    kept = _keep_pictures(questions, files)
    asked = [question_with_kept(one, kept) for one in questions if not can_be_asked(one, files)]
    known = _known(module)
    new = [one for one in asked if _compared(version_values(one)) not in known]
    ids = _added(module, [one.slug for one in new])
    pairs = list(zip(ids.items(), new, strict=True))
    rows = [{"question_id": number, "number": 1, "created_at": at, **version_values(one)} for (_, number), one in pairs]
    bulk_insert(table_of(QuestionVersion), rows)
    keep_version_with(module, [replace(one, slug=slug) for (slug, _), one in pairs], at)
    return Imported(len(new), len(asked) - len(new))


def _added(module: Module, slugs: Iterable[str]) -> dict[str, int]:
    """New questions after those that are there, under names that are free: their ids by name, in their order."""
    query = select(Question.slug, Question.position).where(Question.module_id == module.id)
    there = db.session.execute(query).all()
    names = Names(slug for slug, _ in there)
    last = max((position for _, position in there), default=0)
    rows = [
        {"module_id": module.id, "slug": names.take(slug, "question"), "position": last + place, "retired_at": None}
        for place, slug in enumerate(slugs, 1)
    ]
    bulk_insert(table_of(Question), rows)
    added = select(Question.slug, Question.id).where(Question.module_id == module.id, Question.position > last)
    return {row.slug: row.id for row in db.session.execute(added.order_by(Question.position))}


def _known(module: Module) -> set[str]:
    """What the module asks now, for comparing."""
    newest = (
        select(func.max(QuestionVersion.id))
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.module_id == module.id, Question.retired_at.is_(None))
        .group_by(QuestionVersion.question_id)
    )
    rows = db.session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(newest)))
    names = ("kind", "about", "topic", "pool", "weight", "prompt", "explanation", "specification")
    return {_compared({name: getattr(row, name) for name in names}) for row in rows}


def _compared(values: Mapping[str, Any]) -> str:
    """What makes two versions the same question: everything but how its specification is put."""
    plain = {**values, "specification": plain_form(values["specification"]), "weight": float(values["weight"])}
    return repr(sorted(plain.items()))


def _keep_pictures(questions: Sequence[QuestionText], files: Mapping[str, bytes]) -> dict[str, str]:
    """Store the pictures that the questions show; answers their kept names by those in the file."""
    shown = {name for one in questions for text in (one.prompt, one.explanation) for name in _SHOWN.findall(text)}
    shown |= {str(one.specification["picture"]) for one in questions if one.kind == "hot_spot"}
    return keep_pictures({name: files[name] for name in shown if name in files})
