"""Due dates: whose are near or past, more time for one learner, days away; and one's own due dates with the reasons."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from training.enrolling import due_operations, due_queries
from training.enrolling.due_forms import ExtensionForm, LeaveForm
from training.enrolling.due_queries import OpenEnrolment
from training.rules.enrolling.due_dates import own_day
from training.rules.enrolling.words import day_in_words
from web import page_number

blueprint = Blueprint("due_dates", __name__)
EXTEND = Permission.TRAINING_ENROLMENT_EXTEND


@blueprint.get("/due-dates", endpoint="due_dates")
@permission_required(EXTEND)
def all_due() -> str:
    """Everybody one may give more time, the most urgent first."""
    at = utcnow()
    words, overdue = request.args.get("q", "").strip(), request.args.get("overdue") == "1"
    page = due_queries.due_rows(current_user, at, page_number(), words=words, overdue=overdue)
    today = own_day(at, current_user.time_zone)
    late = sum(1 for row in page.rows if row.due_on < today)
    return render_template(
        "training/enrolling/due_dates.html", page=page, words=words, overdue=overdue, today=today, late=late
    )


@blueprint.get("/my-due-dates")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def mine() -> str:
    """One's own due dates: why they are so, what was granted and for which reason, and the days away."""
    enrolments = due_queries.my_enrolments(current_user.id)
    return render_template(
        "training/enrolling/my_due_dates.html",
        enrolments=enrolments,
        extensions=due_queries.extensions_of([one.enrolment.id for one in enrolments]),
        leaves=due_queries.leave_rows(current_user.id),
        today=own_day(utcnow(), current_user.time_zone),
    )


@blueprint.get("/due-dates/<int:enrolment_id>")
@permission_required(EXTEND)
def one(enrolment_id: int) -> str:
    """One learner's due date, how it came about, and the forms to move it."""
    opened = due_queries.access_due(current_user, enrolment_id)
    return _page(opened, ExtensionForm(formdata=None), LeaveForm(formdata=None))


@blueprint.post("/due-dates/<int:enrolment_id>/extend")
@permission_required(EXTEND)
def extend(enrolment_id: int) -> Response | tuple[str, int]:
    """Give more time, with a reason that the learner reads."""
    opened, form = due_queries.access_due(current_user, enrolment_id, lock=True), ExtensionForm()
    if form.validate_on_submit() and _extended(opened, form):
        return _back(opened, f"{opened.learner.name} has until {day_in_words(form.to.data)}, and is told why.")
    db.session.rollback()
    return _page(due_queries.access_due(current_user, enrolment_id), form, LeaveForm(formdata=None)), 422


@blueprint.post("/due-dates/<int:enrolment_id>/leave")
@permission_required(EXTEND)
def leave(enrolment_id: int) -> Response | tuple[str, int]:
    """Stop the clock for days away; no reason is asked for."""
    opened, form = due_queries.access_due(current_user, enrolment_id, lock=True), LeaveForm()
    if form.validate_on_submit() and _entered(opened, form):
        return _back(opened, "The clock stands still on these days, in every course.")
    db.session.rollback()
    return _page(due_queries.access_due(current_user, enrolment_id), ExtensionForm(formdata=None), form), 422


@blueprint.post("/due-dates/<int:enrolment_id>/leave/<int:leave_id>/remove")
@permission_required(EXTEND)
def remove_leave(enrolment_id: int, leave_id: int) -> Response:
    """Take days away out again."""
    opened = due_queries.access_due(current_user, enrolment_id, lock=True)
    row = due_queries.access_leave(opened, leave_id)
    due_operations.remove_leave(row, actor_id=current_user.id, at=utcnow())
    return _back(opened, "The leave is taken out. The clock counts these days again.")


def _extended(opened: OpenEnrolment, form: ExtensionForm) -> bool:
    try:
        due_operations.extend(
            opened.enrolment,
            opened.course,
            opened.learner,
            to=form.to.data,
            reason=form.reason.data,
            actor_id=current_user.id,
            at=utcnow(),
        )
    except RefusedError as error:
        return _refused(form, error)
    return True


def _entered(opened: OpenEnrolment, form: LeaveForm) -> bool:
    days = {"first": form.first.data, "last": form.last.data}
    try:
        due_operations.enter_leave(opened.learner, **days, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        return _refused(form, error)
    return True


def _refused(form: FlaskForm, error: RefusedError) -> bool:
    form[error.field].errors = [str(error)]
    return False


def _back(opened: OpenEnrolment, said: str) -> Response:
    db.session.commit()
    flash(said)
    return redirect(url_for("due_dates.one", enrolment_id=opened.enrolment.id))


def _page(opened: OpenEnrolment, extension: ExtensionForm, away: LeaveForm) -> str:
    return render_template(
        "training/enrolling/due_date.html",
        opened=opened,
        extension=extension,
        away=away,
        granted=due_queries.extensions_of([opened.enrolment.id]).get(opened.enrolment.id, []),
        leaves=due_queries.leave_rows(opened.learner.id),
        today=own_day(utcnow(), opened.learner.time_zone),
    )
