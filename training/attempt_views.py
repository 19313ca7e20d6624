"""The quiz: one question a page, each answer kept as it is given, finish once, then the review."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response as Answer

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training import attempt_operations
from training.access import OpenAttempt, access_attempt
from training.attempt_operations import AttemptOverError, responses_of
from training.enrolment_models import AttemptQuestion
from training.models import Course, QuestionVersion
from training.rules.attempts import PlacedQuestion, latest, question_seed, unanswered
from training.rules.kinds.catalogue import kind_of
from web import moment, zone_of

blueprint = Blueprint("attempts", __name__)
TAKE, REVIEW = Permission.TRAINING_ATTEMPT_TAKE, Permission.TRAINING_ATTEMPT_REVIEW


@blueprint.get("/attempts/<int:attempt_id>/<int:position>")
@permission_required(TAKE)
def question(attempt_id: int, position: int) -> str | Answer:
    """One question, with what was answered so far."""
    opened = access_attempt(current_user, attempt_id, TAKE, position=position)
    if opened.attempt.finished_at is not None:
        return redirect(url_for("attempts.review", attempt_id=attempt_id))
    return _question_page(opened, position)


@blueprint.post("/attempts/<int:attempt_id>/<int:position>")
@permission_required(TAKE)
def answer(attempt_id: int, position: int) -> Answer:
    """Keep the answer and go on: to the next question, the one before, or the check before finishing."""
    opened = access_attempt(current_user, attempt_id, TAKE, position=position)
    try:
        _save(opened, position, None)
    except AttemptOverError as error:
        flash(str(error))
        return redirect(url_for("attempts.review", attempt_id=attempt_id))
    db.session.commit()
    target = request.form.get("go", "next")
    if target == "before" and position > 1:
        return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position - 1))
    if target == "next" and position < _length(attempt_id):
        return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position + 1))
    return redirect(url_for("attempts.check", attempt_id=attempt_id))


@blueprint.post("/attempts/<int:attempt_id>/<int:position>/save")
@permission_required(TAKE)
def save(attempt_id: int, position: int) -> tuple[Answer, int]:
    """Keep an answer as it is given. The mark "saved" is sent only after it is durable."""
    opened = access_attempt(current_user, attempt_id, TAKE, position=position)
    sequence = request.form.get("sequence", type=int)
    try:
        number = _save(opened, position, sequence)
    except AttemptOverError as error:
        return jsonify(error=str(error)), 409
    at = utcnow()
    db.session.commit()
    local = at.astimezone(zone_of(current_user.time_zone))
    return jsonify(saved=f"{local:%H:%M:%S}", sequence=number), 200


@blueprint.get("/attempts/<int:attempt_id>/check")
@permission_required(TAKE)
def check(attempt_id: int) -> str | Answer:
    """Before finishing: which questions still want something."""
    opened = access_attempt(current_user, attempt_id, TAKE)
    if opened.attempt.finished_at is not None:
        return redirect(url_for("attempts.review", attempt_id=attempt_id))
    placed = _placed(attempt_id)
    todo = unanswered(placed, latest(responses_of(attempt_id)))
    return render_template("training/check.html", opened=opened, todo=todo, length=len(placed))


@blueprint.post("/attempts/<int:attempt_id>/finish")
@permission_required(TAKE)
def finish(attempt_id: int) -> Answer:
    """Finish: graded once, however often the button is pressed."""
    opened = access_attempt(current_user, attempt_id, TAKE)
    attempt_operations.finish(opened.attempt, opened.enrolment, utcnow())
    db.session.commit()
    return redirect(url_for("attempts.review", attempt_id=attempt_id))


@blueprint.get("/attempts/<int:attempt_id>")
@permission_required(REVIEW)
def review(attempt_id: int) -> str | Answer:
    """What came of a finished attempt, with explanations; for the learner and the learner's trainer."""
    opened = access_attempt(current_user, attempt_id, REVIEW)
    own = opened.enrolment.learner_id == current_user.id
    if opened.attempt.finished_at is None:
        if own:
            return redirect(url_for("attempts.question", attempt_id=attempt_id, position=1))
        return render_template("training/not_finished.html", opened=opened)
    marked, result = attempt_operations.graded(opened.attempt)
    versions = _versions(attempt_id)
    lines = [
        {
            "version": versions[one.question.position],
            "marked": one,
            "right": kind_of(one.question.specification).right_answer(one.question.specification),
        }
        for one in marked
    ]
    course = db.session.get_one(Course, opened.module.course_id)
    finished = moment(opened.attempt.finished_at, zone_of(current_user.time_zone))
    return render_template(
        "training/review.html", opened=opened, lines=lines, result=result, own=own, course=course, finished=finished
    )


def _question_page(opened: OpenAttempt, position: int) -> str:
    version = opened.question
    assert version is not None  # the door opened with a place
    responses = latest(responses_of(opened.attempt.id))
    given = responses.get(position)
    answer_so_far = given.answer if given else {}
    shown = kind_of(version.specification).shown(
        version.specification, question_seed(opened.attempt.seed, position), answer_so_far
    )
    return render_template(
        "training/question.html",
        opened=opened,
        version=version,
        position=position,
        length=_length(opened.attempt.id),
        shown=shown,
        answer=answer_so_far,
        answered=set(responses),
        saved_at=given.at if given else None,
        sequence=given.sequence if given else 0,
    )


def _save(opened: OpenAttempt, position: int, sequence: int | None) -> int:
    version = opened.question
    assert version is not None  # the door opened with a place
    form: dict[str, Any] = request.form.to_dict(flat=False)
    response = kind_of(version.specification).parse(version.specification, form)
    return attempt_operations.save(opened.attempt, position, response, sequence=sequence, at=utcnow())


def _length(attempt_id: int) -> int:
    return db.session.scalar(select(func.count()).where(AttemptQuestion.attempt_id == attempt_id)) or 0


def _versions(attempt_id: int) -> dict[int, QuestionVersion]:
    query = (
        select(AttemptQuestion.position, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(AttemptQuestion.attempt_id == attempt_id)
        .order_by(AttemptQuestion.position)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _placed(attempt_id: int) -> list[PlacedQuestion]:
    return [
        PlacedQuestion(position, version.specification, version.weight, version.about, version.topic)
        for position, version in _versions(attempt_id).items()
    ]
