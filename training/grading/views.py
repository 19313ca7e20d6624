"""The queue of what waits for a grade, and the page on which one answer is graded."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training.grading import operations, queries
from training.grading.access import OpenAnswer, access_answer
from training.grading.operations import GradedMeanwhileError
from training.grading.shown import answer_of
from training.rules.grading.verdict import IncompleteError, read_verdict
from web import page_number

blueprint = Blueprint("grading", __name__)
GIVE = Permission.TRAINING_GRADE_GIVE


@blueprint.get("/grading", endpoint="grading")
@permission_required(GIVE)
def all_waiting() -> str:
    """What waits for one's grade, the oldest first."""
    words, slug = request.args.get("q", "").strip()[:100], request.args.get("course", "")[:80]
    page = queries.queue(current_user, page_number(), utcnow(), words=words, slug=slug)
    return render_template(
        "training/grading/queue.html",
        page=page,
        courses=queries.courses_of(current_user, utcnow()),
        searched=bool(words or slug),
        now=utcnow(),
    )


@blueprint.get("/grading/answers/<int:answer_id>")
@permission_required(GIVE)
def answer(answer_id: int) -> str:
    """One answer with its rubric."""
    return _page(access_answer(current_user, answer_id))


@blueprint.post("/grading/answers/<int:answer_id>")
@permission_required(GIVE)
def grade(answer_id: int) -> Response | tuple[str, int]:
    """Grade it: appended, never written over."""
    opened = access_answer(current_user, answer_id, lock=True)
    rubric = opened.version.specification["rubric"]
    try:
        verdict = read_verdict(rubric, request.form)
        seen = request.form.get("seen", 0, type=int) or 0
        given = operations.grade(opened, verdict, grader_id=current_user.id, seen=seen, at=utcnow())
    except IncompleteError as error:
        db.session.rollback()
        return _page(access_answer(current_user, answer_id), error), 422
    except GradedMeanwhileError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return _page(access_answer(current_user, answer_id)), 409
    db.session.commit()
    flash(
        f"Graded. {opened.learner.name} has the result and is told."
        if given.is_final
        else f"Graded. The result of {opened.learner.name} comes when the rest of this quiz is graded too."
    )
    return redirect(url_for("grading.grading"))


def _page(opened: OpenAnswer, error: IncompleteError | None = None) -> str:
    grades = queries.grades_of_answer(opened.answer.id)
    chosen: dict[int, Any] = error.levels if error else dict(enumerate(grades[-1].levels)) if grades else {}
    return render_template(
        "training/grading/answer.html",
        opened=opened,
        shown=answer_of(opened.attempt.id, opened.answer.position, opened.version, grades),
        chosen=chosen,
        problems=error.problems if error else {},
        comment=request.form.get("comment", grades[-1].comment if grades else ""),
        now=utcnow(),
    )
