"""The quiz: one question a page, each answer kept as it is given, finish once, then the review.

Who is signed in is read before the writer's lock is taken (`reads_first`): many learners answer at once, and on SQLite
each of them waits for that lock.
"""

import re
import secrets
from datetime import datetime

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from db import db, may_write, utcnow
from people.access import permission_required, reads_first
from people.permissions import Permission
from training.access import OpenAttempt, access_attempt
from training.attempts import operations as attempt_operations
from training.attempts import queries as attempt_queries
from training.attempts.asking import asking_of, seconds_left
from training.attempts.limits import left_to_begin, rules_of_module
from training.attempts.operations import AttemptOverError, SentAnswer
from training.attempts.tries import behaviour_of
from training.enrolment_models import Attempt
from training.files.operations import FileRefusedError
from training.grading import answer_files
from training.grading.shown import by_hand
from training.models import Course
from training.rules.attempts import question_seed, quiz_result, unanswered
from training.rules.behaviours.certainty import certainty_in
from training.rules.kinds.catalogue import kind_of
from training.rules.time_limit import Timing, timing_at
from training.wording import answer_lines, right_lines
from web import zone_of

blueprint = Blueprint("attempts", __name__)
TAKE, REVIEW = Permission.TRAINING_ATTEMPT_TAKE, Permission.TRAINING_ATTEMPT_REVIEW
PAGE = re.compile(r"[0-9a-f]{16}")
MOST_SAVES = 1_000_000


@blueprint.get("/attempts/<int:attempt_id>/<int:position>")
@permission_required(TAKE)
def question(attempt_id: int, position: int) -> str | Answer:
    """One question, with what was answered so far."""
    opened = access_attempt(current_user, attempt_id, TAKE, position=position)
    if opened.attempt.finished_at is not None:
        return _to_review(opened.attempt)
    assert opened.question is not None  # the door opened with a place
    responses = attempt_queries.counting_responses(attempt_id)
    given = responses.get(position)
    at, asking = utcnow(), asking_of(opened, position, again=request.args.get("again") == "1")
    if timing_at(opened.attempt.ends_at, at) is not Timing.IN_TIME:
        return redirect(url_for("attempts.check", attempt_id=attempt_id))
    if asking.elsewhere:
        return redirect(url_for("attempts.next_question", attempt_id=attempt_id))
    specification, seed = opened.question.specification, question_seed(opened.attempt.seed, position)
    answer_so_far = given.answer if given and not asking.is_fresh else {}
    return render_template(
        "training/question.html",
        opened=opened,
        asking=asking,
        seconds_left=seconds_left(opened.attempt.ends_at, at),
        answer_lines=answer_lines,
        right_lines=right_lines,
        version=opened.question,
        position=position,
        length=attempt_queries.length_of(attempt_id),
        shown=kind_of(specification).shown(specification, seed, answer_so_far),
        answer=answer_so_far,
        files=answer_files.shown_files(answer_so_far),
        answered={place for place, one in responses.items() if one.answer},
        given=given,
        page=secrets.token_hex(8),
        page_of_last=attempt_queries.page_of_last(attempt_id, position) if given else "",
    )


@blueprint.post("/attempts/<int:attempt_id>/<int:position>")
@permission_required(TAKE)
@reads_first
def answer(attempt_id: int, position: int) -> Answer:
    """Keep the answer and go on: to the next question, the one before, the same, or the check before finishing."""
    may_write()
    opened = access_attempt(current_user, attempt_id, TAKE, position=position, lock=True)
    at = utcnow()
    try:
        attempt_operations.save(opened.attempt, position, sent_answer(opened), at)
    except AttemptOverError as error:
        flash(str(error))
        return where_now(opened.attempt, position, at)
    except FileRefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position))
    length = attempt_queries.length_of(attempt_id)
    db.session.commit()
    place = position + {"before": -1, "stay": 0, "again": 0}.get(request.form.get("go", "next"), 1)
    if place > length:
        return redirect(url_for("attempts.check", attempt_id=attempt_id))
    return redirect(url_for("attempts.question", attempt_id=attempt_id, position=max(1, place)))


@blueprint.post("/attempts/<int:attempt_id>/<int:position>/save")
@permission_required(TAKE)
@reads_first
def save(attempt_id: int, position: int) -> tuple[Answer, int]:
    """Keep an answer as it is given. The mark "saved" is sent only after it is durable."""
    may_write()
    opened = access_attempt(current_user, attempt_id, TAKE, position=position, lock=True)
    at = utcnow()
    try:
        sequence = attempt_operations.save(opened.attempt, position, sent_answer(opened), at)
    except (AttemptOverError, FileRefusedError) as error:
        return jsonify(error=str(error)), 409
    db.session.commit()
    return jsonify(saved=f"{at.astimezone(zone_of(current_user.time_zone)):%H:%M:%S}", sequence=sequence), 200


@blueprint.get("/attempts/<int:attempt_id>/check")
@permission_required(TAKE)
def check(attempt_id: int) -> str | Answer:
    """Before finishing: which questions still want something."""
    opened = access_attempt(current_user, attempt_id, TAKE)
    if opened.attempt.finished_at is not None:
        return _to_review(opened.attempt)
    placed = attempt_queries.placed_questions(attempt_id)
    todo = unanswered(placed, attempt_queries.counting_responses(attempt_id))
    at, rules = utcnow(), rules_of_module(opened.module)
    return render_template(
        "training/check.html",
        opened=opened,
        todo=todo,
        length=len(placed),
        rules=rules,
        is_over=timing_at(opened.attempt.ends_at, at) is not Timing.IN_TIME,
        seconds_left=seconds_left(opened.attempt.ends_at, at),
        left=left_to_begin(rules, opened.attempt.number, opened.enrolment),
    )


@blueprint.post("/attempts/<int:attempt_id>/finish")
@permission_required(TAKE)
@reads_first
def finish(attempt_id: int) -> Answer:
    """Finish: graded once, however often the button is pressed."""
    may_write()
    opened = access_attempt(current_user, attempt_id, TAKE, lock=True)
    attempt_operations.finish(opened.attempt, opened.enrolment, utcnow())
    db.session.commit()
    return _to_review(opened.attempt)


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
    asked = attempt_queries.asked_questions(attempt_id)
    return render_template(
        "training/review.html",
        opened=opened,
        asked=asked,
        by_hand=by_hand(attempt_id, asked),
        answer_lines=answer_lines,
        right_lines=right_lines,
        result=quiz_result([one.marked for one in asked if one.marked], opened.attempt.pass_mark),
        own=own,
        rules=rules_of_module(opened.module),
        left=left_to_begin(rules_of_module(opened.module), opened.attempt.number, opened.enrolment),
        course=db.session.get_one(Course, opened.module.course_id),
    )


def where_now(attempt: Attempt, position: int, at: datetime) -> Answer:
    """To where an answer that came too late belongs: the review, the end, or the question as it stands."""
    if attempt.finished_at is not None:
        return _to_review(attempt)
    if timing_at(attempt.ends_at, at) is not Timing.IN_TIME:
        return redirect(url_for("attempts.check", attempt_id=attempt.id))
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=position))


def _to_review(attempt: Attempt) -> Answer:
    return redirect(url_for("attempts.review", attempt_id=attempt.id))


def sent_answer(opened: OpenAttempt) -> SentAnswer:
    """The answer that the form holds, with the page it comes from if that counts its answers."""
    version = opened.question or abort(404)
    if request.form.get("go") == "again":
        return SentAnswer({})
    fields = request.form.to_dict(flat=False)
    if version.kind == "file_upload":
        fields[answer_files.FIELD] = _files(opened, fields.get(answer_files.FIELD, []))
    answer = kind_of(version.specification).parse(version.specification, fields)
    sure = certainty_in(request.form.get("certainty")) if behaviour_of(opened.attempt).asks_certainty else None
    page, sequence = request.form.get("page", ""), request.form.get("page_sequence", type=int)
    if PAGE.fullmatch(page) and sequence is not None and 1 <= sequence <= MOST_SAVES:
        return SentAnswer(answer, page, sequence, sure)
    return SentAnswer(answer, certainty=sure)


def _files(opened: OpenAttempt, kept: list[str]) -> list[str]:
    """The files of an answer: those kept and those that come with this request. A finished attempt takes none."""
    assert opened.question is not None  # the door opened with a place
    uploads = [] if opened.attempt.finished_at else request.files.getlist(answer_files.UPLOAD)
    place = (opened.attempt.id, int((request.view_args or {})["position"]))
    owner_id = opened.enrolment.learner_id
    return answer_files.receive(place, opened.question.specification, kept, uploads, owner_id=owner_id, at=utcnow())
