"""Check one question while the quiz goes on, and find the next one."""

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from db import db, may_write, utcnow
from people.access import permission_required, reads_first
from training.access import access_attempt
from training.attempts import operations as attempt_operations
from training.attempts import queries as attempt_queries
from training.attempts.checking import NotAnsweredError, TriedBeforeError, check
from training.attempts.operations import AttemptOverError
from training.attempts.tries import behaviour_of, next_in_practice, tries_of
from training.attempts.views import TAKE, blueprint, sent_answer, where_now
from training.files.operations import FileRefusedError


@blueprint.post("/attempts/<int:attempt_id>/<int:position>/check")
@permission_required(TAKE)
@reads_first
def check_question(attempt_id: int, position: int) -> Answer:
    """Keep the answer and check it, where the quiz checks each question by itself; then show how it went."""
    may_write()
    opened = access_attempt(current_user, attempt_id, TAKE, position=position, lock=True)
    assert opened.place is not None  # the door opened with a place
    assert opened.question is not None
    at, number = utcnow(), request.form.get("try", 0, type=int)
    try:
        attempt_operations.save(opened.attempt, position, sent_answer(opened), at)
        if behaviour_of(opened.attempt).checks_each:
            check(opened.attempt, opened.place, opened.question, number, at)
    except AttemptOverError as error:
        flash(str(error))
        return where_now(opened.attempt, position, at)
    except (NotAnsweredError, TriedBeforeError) as error:
        flash(str(error), "refused")
    except FileRefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
    db.session.commit()
    return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position))


@blueprint.get("/attempts/<int:attempt_id>/next")
@permission_required(TAKE)
def next_question(attempt_id: int) -> Answer:
    """To the question that comes now: what practice chooses, else the first that is open; to the end when none is."""
    opened = access_attempt(current_user, attempt_id, TAKE)
    if opened.attempt.finished_at is not None:
        return where_now(opened.attempt, 1, utcnow())
    if behaviour_of(opened.attempt).chooses_next:
        position = next_in_practice(attempt_queries.placed_questions(attempt_id), tries_of(attempt_id))
        if position is None:
            return redirect(url_for("attempts.check", attempt_id=attempt_id))
        return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position, again=1))
    return redirect(
        url_for("attempts.question", attempt_id=attempt_id, position=attempt_queries.first_open(attempt_id))
    )
