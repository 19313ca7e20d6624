"""The trainer's page for one piece of work that was handed in for a task."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training.files.models import StoredFile
from training.grading.operations import GradedMeanwhileError
from training.rules.grading.verdict import IncompleteError, read_verdict
from training.tasks import operations, queries
from training.tasks.access import OpenWork, access_work

blueprint = Blueprint("task_grading", __name__)
GIVE = Permission.TRAINING_GRADE_GIVE


@blueprint.get("/grading/tasks/<int:hand_in_id>")
@permission_required(GIVE)
def task(hand_in_id: int) -> str:
    """The work, the rubric, and what peers said."""
    return _page(access_work(current_user, hand_in_id))


@blueprint.post("/grading/tasks/<int:hand_in_id>")
@permission_required(GIVE)
def grade(hand_in_id: int) -> Response | tuple[str, int]:
    """Grade it: appended, and above what peers said."""
    opened = access_work(current_user, hand_in_id, lock=True)
    try:
        verdict = read_verdict(opened.hand_in.rubric, request.form)
        seen = request.form.get("seen", 0, type=int) or 0
        given = {"grader_id": current_user.id, "seen": seen, "at": utcnow()}
        operations.grade(opened.hand_in, opened.enrolment, verdict, **given)
    except IncompleteError as error:
        db.session.rollback()
        return _page(access_work(current_user, hand_in_id), error), 422
    except GradedMeanwhileError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return _page(access_work(current_user, hand_in_id)), 409
    db.session.commit()
    flash(f"Graded. {opened.learner.name} is told.")
    return redirect(url_for("grading.grading"))


def _page(opened: OpenWork, error: IncompleteError | None = None) -> str:
    hand_in, grades = opened.hand_in, queries.grades_of(opened.hand_in.id)
    last = grades[-1] if grades and grades[-1].levels else None
    chosen: dict[int, Any] = error.levels if error else dict(enumerate(last.levels)) if last else {}
    return render_template(
        "training/tasks/grade.html",
        opened=opened,
        file=db.session.get(StoredFile, hand_in.file_id) if hand_in.file_id else None,
        grades=grades,
        verdicts=queries.peer_verdicts(hand_in.id),
        chosen=chosen,
        problems=error.problems if error else {},
        comment=request.form.get("comment", last.comment if last else ""),
    )
