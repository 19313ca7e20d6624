"""Say something under a lesson, change it, report it, hide it. Nothing here commits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update

from db import bulk_insert, db, insert_if_new, table_of
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from training.assigning.models import Assignment
from training.discussions.access import Place, Thread, is_changeable
from training.discussions.models import Contribution, EarlierWording, Mention, Report
from training.rules.rich_text import to_html


class TooLateError(ValueError):
    """It cannot be changed any more."""


def say(
    place: Place,
    text: str,
    *,
    author_id: int,
    name: str,
    at: datetime,
    question: Contribution | None = None,
    mentions: Collection[int] = (),
) -> Contribution:
    """Ask under a lesson, or answer `question`. Tells those named, who asked, and the trainers of who asks."""
    row = Contribution(
        lesson_id=place.lesson.id,
        question_id=question.id if question else None,
        author_id=author_id,
        as_trainer=place.moderates,
        text=text,
        html=to_html(text),
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    named = sorted(set(mentions) - {author_id})
    bulk_insert(table_of(Mention), [{"contribution_id": row.id, "employee_id": one} for one in named])
    _tell(place, row, question, name, named, at)
    return row


def edit(row: Contribution, text: str, at: datetime) -> None:
    """Word it anew; the wording before is kept and shown. `row` must be locked. Raises TooLateError."""
    _refuse_late(row, at)
    if text == row.text:
        return
    query = select(func.count()).where(EarlierWording.contribution_id == row.id)
    number = (db.session.scalar(query) or 0) + 1
    db.session.add(EarlierWording(contribution_id=row.id, number=number, text=row.text, at=at))
    row.text, row.html, row.edited_at = text, to_html(text), at
    db.session.flush()


def delete(row: Contribution, at: datetime) -> None:
    """Take one's own words away; a line that says so stays. `row` must be locked. Raises TooLateError."""
    _refuse_late(row, at)
    row.text, row.html, row.deleted_at = "", "", at
    db.session.execute(table_of(EarlierWording).delete().where(EarlierWording.contribution_id == row.id))
    db.session.flush()


def report(row: Contribution, reason: str, *, reporter_id: int, at: datetime) -> None:
    """Ask the moderators to look at it; once for each person, until they have decided."""
    values = {"contribution_id": row.id, "reporter_id": reporter_id, "reason": reason, "at": at, "settled_at": None}
    insert_if_new(table_of(Report), values)


def hide(row: Contribution, reason: str, *, by_id: int, at: datetime) -> None:
    """Hide it with a reason that everybody reads; it can be shown again. `row` must be locked."""
    if row.hidden_at is None:
        row.hidden_at, row.hidden_by_id, row.hidden_reason = at, by_id, reason
        _settle(row, by_id, at, audit.Verb.CONTRIBUTION_HIDDEN)


def show(row: Contribution, *, by_id: int, at: datetime) -> None:
    """Show it again, or say that what was reported may stay. `row` must be locked."""
    row.hidden_at, row.hidden_by_id, row.hidden_reason = None, None, ""
    _settle(row, by_id, at, audit.Verb.CONTRIBUTION_SHOWN)


def _settle(row: Contribution, by_id: int, at: datetime, verb: audit.Verb) -> None:
    open_ones = update(Report).where(Report.contribution_id == row.id, Report.settled_at.is_(None))
    db.session.execute(open_ones.values(settled_at=at))
    audit.append(verb, actor_id=by_id, subject_id=row.author_id, at=at, detail={"contribution": row.id})
    db.session.flush()


def _refuse_late(row: Contribution, at: datetime) -> None:
    if not is_changeable(row, at):
        raise TooLateError("This cannot be changed any more: an hour after writing it stays as it is.")


def _tell(
    place: Place, row: Contribution, question: Contribution | None, name: str, named: Collection[int], at: datetime
) -> None:
    """Those named are told so; those concerned otherwise in other words, and nobody twice."""
    thread = question or row
    path, key = f"/discussions/{thread.id}#c{row.id}", f"contribution {row.id}"
    about = f"“{place.lesson.title}”"
    tell(named, Telling(Kind.DISCUSSION, f"{name} mentions you under {about}", "Read it and answer.", path, key), at=at)
    if question is not None:
        concerned, what = {question.author_id}, f"{name} answers your question under {about}"
    else:
        trainers = select(Assignment.trainer_id).where(
            Assignment.learner_id == row.author_id,
            Assignment.course_id == place.course.id,
            Assignment.ends_at.is_(None),
        )
        concerned, what = set(db.session.scalars(trainers)), f"{name} asks under {about}"
    others = concerned - set(named) - {row.author_id}
    tell(others, Telling(Kind.DISCUSSION, what, "Read it, and answer if you can.", path, key), at=at)


def thread_of(row: Contribution, place: Place) -> Thread:
    """The thread that a contribution belongs to."""
    question = db.session.get_one(Contribution, row.question_id) if row.question_id else row
    return Thread(question, place)
