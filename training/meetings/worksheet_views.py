"""The worksheet of a meeting: a page for the two of it, and drafts that are kept while one types."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.models import Employee
from people.permissions import Permission
from training.meetings import queries
from training.meetings import worksheet_operations as operations
from training.meetings.access import access_worksheet
from training.meetings.forms import WorksheetForm
from training.meetings.models import Meeting, MeetingSeat, WorksheetDraft
from training.meetings.worksheet_operations import NewerError, Written

blueprint = Blueprint("worksheets", __name__)
WRITE = Permission.TRAINING_WORKSHEET_WRITE


@blueprint.get("/meetings/<int:meeting_id>/worksheet/<int:employee_id>")
@permission_required(WRITE)
def worksheet(meeting_id: int, employee_id: int) -> str | tuple[str, int]:
    """What the two have written, and the form to go on; a draft that waits is put into it."""
    meeting, seat = access_worksheet(current_user, meeting_id, employee_id)
    return _page(meeting, seat, None)


@blueprint.post("/meetings/<int:meeting_id>/worksheet/<int:employee_id>")
@permission_required(WRITE)
def write(meeting_id: int, employee_id: int) -> str | Response | tuple[str, int]:
    """Share what is typed with the other, keep it as a draft, or drop the draft."""
    meeting, seat = access_worksheet(current_user, meeting_id, employee_id, lock=True)
    form, here = WorksheetForm(), url_for("worksheets.worksheet", meeting_id=meeting_id, employee_id=employee_id)
    if not form.validate_on_submit():
        return _page(meeting, seat, form)
    deed, at = request.form.get("deed", "share"), utcnow()
    if deed == "drop":
        operations.drop_draft(seat, current_user.id)
        flash("Your draft is gone.")
    elif deed == "draft":
        operations.keep_draft(seat, _written(form), base=form.base_number, author_id=current_user.id, at=at)
        flash("Your draft is kept. Only you see it.")
    else:
        try:
            operations.share(seat, _written(form), base=form.base_number, author_id=current_user.id, at=at)
            flash("Shared with the other of you two.")
        except NewerError as error:
            flash(str(error), "refused")
    db.session.commit()
    return redirect(here)


@blueprint.post("/meetings/<int:meeting_id>/worksheet/<int:employee_id>/draft")
@permission_required(WRITE)
def keep_draft(meeting_id: int, employee_id: int) -> tuple[dict[str, str], int]:
    """Keep what is typed so far; a page with script calls this by itself."""
    _, seat = access_worksheet(current_user, meeting_id, employee_id, lock=True)
    form = WorksheetForm()
    if not form.validate_on_submit():
        return {"told": "Not kept: too long."}, 422
    operations.keep_draft(seat, _written(form), base=form.base_number, author_id=current_user.id, at=utcnow())
    db.session.commit()
    return {"told": "Draft kept"}, 200


def _page(meeting: Meeting, seat: MeetingSeat, form: WorksheetForm | None) -> str | tuple[str, int]:
    shared = queries.versions(meeting.id, seat.learner_id)
    draft = db.session.get(WorksheetDraft, (meeting.id, seat.learner_id, current_user.id))
    last = shared[0][0] if shared else None
    if form is None:
        form = WorksheetForm(formdata=None, obj=draft or last, data={"base": str(last.number if last else 0)})
        form.base.data = str(last.number if last else 0)
    other_id = meeting.trainer_id if seat.learner_id == current_user.id else seat.learner_id
    page = render_template(
        "training/meetings/worksheet.html",
        meeting=meeting,
        seat=seat,
        form=form,
        shared=shared,
        draft=draft,
        is_behind=draft is not None and last is not None and draft.base < last.number,
        other=db.session.get_one(Employee, other_id),
    )
    return (page, 422) if form.errors else page


def _written(form: WorksheetForm) -> Written:
    texts = (form.goal.data or "", form.tried.data or "", form.next_step.data or "")
    return Written(*(text.replace("\r\n", "\n").strip() for text in texts))
