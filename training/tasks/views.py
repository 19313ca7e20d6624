"""A learner's pages about practical tasks: hand in, read the grade, grade two colleagues."""

import secrets
from random import Random
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training.files.media import PICTURE_ENDINGS
from training.files.models import Shelf, StoredFile
from training.files.operations import FileRefusedError, store
from training.grading.operations import GradedMeanwhileError
from training.rules.grading.verdict import IncompleteError, read_verdict
from training.tasks import operations, queries
from training.tasks.access import OpenTask, OpenWork, access_review, access_task
from training.tasks.forms import HandInForm, plain
from training.tasks.operations import NothingToHandInError, Work

blueprint = Blueprint("tasks", __name__)
TAKE = Permission.TRAINING_COURSE_TAKE


@blueprint.get("/tasks/<int:task_id>")
@permission_required(TAKE)
def task(task_id: int) -> str:
    """A task: what to do, what was handed in, how it was graded, and whose work waits for oneself."""
    return _page(access_task(current_user, task_id), HandInForm())


@blueprint.post("/tasks/<int:task_id>")
@permission_required(TAKE)
def hand_in(task_id: int) -> Response | tuple[str, int]:
    """Hand in, or hand in anew while nothing is graded."""
    opened, form = access_task(current_user, task_id, lock=True), HandInForm()
    if not form.validate():
        return _page(opened, form), 422
    try:
        work = _work(opened, form)
        operations.hand_in(opened.enrolment, opened.task, work, utcnow(), Random(secrets.randbits(64)))
    except FileRefusedError as error:
        return _refused(task_id, form, form.picture, error)
    except NothingToHandInError as error:
        return _refused(task_id, form, form.written if "text" in opened.task.accepts else form.link, error)
    db.session.commit()
    flash("Handed in. You are told when it is graded, and may hand in anew until then.")
    return redirect(url_for("tasks.task", task_id=task_id))


@blueprint.get("/tasks/reviews/<int:review_id>")
@permission_required(TAKE)
def review(review_id: int) -> str:
    """The work of a colleague, without a name, with the rubric."""
    return _review_page(access_review(current_user, review_id))


@blueprint.post("/tasks/reviews/<int:review_id>")
@permission_required(TAKE)
def give_review(review_id: int) -> Response | tuple[str, int]:
    """Say what one sees in it; given once."""
    opened = access_review(current_user, review_id, lock=True)
    assert opened.review is not None  # the door opened with it
    try:
        verdict = read_verdict(opened.hand_in.rubric, request.form)
        operations.review(opened.review, opened.hand_in, opened.enrolment, verdict, utcnow())
    except IncompleteError as error:
        db.session.rollback()
        return _review_page(access_review(current_user, review_id), error), 422
    except GradedMeanwhileError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return redirect(url_for("tasks.task", task_id=opened.task.id))
    db.session.commit()
    flash("Thank you. Your colleague reads your grade without your name.")
    return redirect(url_for("tasks.task", task_id=opened.task.id))


def _work(opened: OpenTask, form: HandInForm) -> Work:
    """What the form holds of what the task takes. Raises FileRefusedError."""
    accepts, file_id = opened.task.accepts, None
    upload = form.picture.data
    if "picture" in accepts and upload and upload.filename:
        place: dict[str, Any] = {"shelf": Shelf.TASK, "owner_id": opened.enrolment.learner_id, "most_megabytes": 20}
        file_id = store(upload.stream, upload.filename, PICTURE_ENDINGS, utcnow(), **place).id
    written = plain(form.written.data) if "text" in accepts else ""
    return Work(written, (form.link.data or "").strip() if "link" in accepts else "", file_id)


def _refused(task_id: int, form: HandInForm, field: Any, error: ValueError) -> tuple[str, int]:
    db.session.rollback()
    field.errors = [*field.errors, str(error)]
    return _page(access_task(current_user, task_id), form), 422


def _page(opened: OpenTask, form: HandInForm) -> str:
    mine = queries.hand_ins(opened.task.id, opened.enrolment.id)
    newest = mine[0] if mine else None
    return render_template(
        "training/tasks/task.html",
        opened=opened,
        form=form,
        mine=mine,
        newest=newest,
        file=db.session.get(StoredFile, newest.file_id) if newest and newest.file_id else None,
        grades=queries.grades_of(newest.id) if newest and newest.fraction is not None else [],
        verdicts=queries.peer_verdicts(newest.id) if newest and newest.graded_by == "peers" else [],
        to_review=queries.to_review(opened.task.id, current_user.id),
    )


def _review_page(opened: OpenWork, error: IncompleteError | None = None) -> str:
    hand_in, given = opened.hand_in, opened.review
    return render_template(
        "training/tasks/review.html",
        opened=opened,
        given=given,
        file=db.session.get(StoredFile, hand_in.file_id) if hand_in.file_id else None,
        chosen=error.levels if error else {},
        problems=error.problems if error else {},
        comment=request.form.get("comment", ""),
    )
