"""Reads about attempts: what is asked, what was answered, how it was graded."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db import db
from training.enrolment_models import AttemptQuestion, Response
from training.models import QuestionVersion
from training.rules.attempts import GivenResponse, MarkedQuestion, PlacedQuestion, unanswered
from training.rules.behaviours.certainty import certainty_in
from training.rules.kinds.protocol import Graded, Part, State


@dataclass(frozen=True)
class AskedQuestion:
    """One question of an attempt: its place, its version, and, once the attempt is finished, how it was graded.

    `key` is the version that it was graded by: another one where it was regraded.
    """

    position: int
    version: QuestionVersion
    marked: MarkedQuestion | None
    key: QuestionVersion


def length_of(attempt_id: int) -> int:
    """How many questions an attempt has."""
    return db.session.scalar(select(func.count()).where(AttemptQuestion.attempt_id == attempt_id)) or 0


def asked_questions(attempt_id: int) -> list[AskedQuestion]:
    """The questions of an attempt in order, as they were asked and graded. Nothing is graded anew: one statement."""
    graded_by = aliased(QuestionVersion)
    query = (
        select(AttemptQuestion, QuestionVersion, graded_by)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .outerjoin(graded_by, graded_by.id == AttemptQuestion.graded_by_id)
        .where(AttemptQuestion.attempt_id == attempt_id)
        .order_by(AttemptQuestion.position)
    )
    return [
        AskedQuestion(row.position, version, marked_row(row, key or version), key or version)
        for row, version, key in db.session.execute(query).all()
    ]


def placed(row: AttemptQuestion, version: QuestionVersion) -> PlacedQuestion:
    """A question at its place, as grading takes it."""
    return PlacedQuestion(row.position, version.specification, version.weight, version.about, version.topic)


def placed_questions(attempt_id: int) -> list[PlacedQuestion]:
    """The questions of an attempt in order, as grading takes them."""
    query = (
        select(AttemptQuestion, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(AttemptQuestion.attempt_id == attempt_id)
        .order_by(AttemptQuestion.position)
    )
    return [placed(row, version) for row, version in db.session.execute(query).all()]


def counting_responses(attempt_id: int) -> dict[int, GivenResponse]:
    """The response that counts at each position that has one: the last by sequence."""
    last = (
        select(Response.position, func.max(Response.sequence).label("sequence"))
        .where(Response.attempt_id == attempt_id)
        .group_by(Response.position)
        .subquery()
    )
    query = (
        select(Response.position, Response.sequence, Response.answer, Response.at, Response.certainty)
        .join(last, (last.c.position == Response.position) & (last.c.sequence == Response.sequence))
        .where(Response.attempt_id == attempt_id)
    )
    return {
        row.position: GivenResponse(row.position, row.sequence, row.answer, row.at, certainty_in(row.certainty))
        for row in db.session.execute(query)
    }


def page_of_last(attempt_id: int, position: int) -> str:
    """The name of the page that sent the response that counts; empty if a form did, or if there is none."""
    query = select(Response.page).where(Response.attempt_id == attempt_id, Response.position == position)
    return db.session.scalar(query.order_by(Response.sequence.desc()).limit(1)) or ""


def first_open(attempt_id: int) -> int:
    """The place of the first question that still wants something; 1 when none does."""
    return min(unanswered(placed_questions(attempt_id), counting_responses(attempt_id)), default=1)


def parts_as_stored(graded: Graded) -> list[dict[str, Any]]:
    """The parts of a graded response as they are kept with it."""
    return [dict(vars(part)) for part in graded.parts]


def marked_row(row: AttemptQuestion, version: QuestionVersion) -> MarkedQuestion | None:
    """How a question was graded, by `version`; None while it is not."""
    if row.state is None or row.fraction is None:
        return None
    parts = tuple(Part(**part) for part in row.parts or ())
    graded = Graded(row.fraction, State(row.state), parts)
    return MarkedQuestion(placed(row, version), graded, row.summary, certainty_in(row.certainty))
