"""The trainer's pages of meetings: offer, change, cancel, note who came; office hours. And the owner's counts."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from db import db, utcnow
from people.access import permission_required
from people.models import Employee
from people.permissions import Permission
from people.refusal import RefusedError
from training.meetings import office_hours_operations, operations, queries, slot_queries
from training.meetings.access import access_offered, access_own_hours
from training.meetings.forms import (
    CancelForm,
    ChangeForm,
    DayForm,
    HoursForm,
    OfferForm,
    minute_of_day,
    next_weekday,
)
from training.meetings.models import SeatState
from training.meetings.office_hours_operations import HoursFacts
from training.meetings.operations import Facts
from web import count, zone_of

blueprint = Blueprint("meeting_offers", __name__)
OFFER = Permission.TRAINING_MEETING_OFFER
PERIOD = timedelta(days=30)
Answer = str | Response | tuple[str, int]


@blueprint.get("/meetings/offered", endpoint="offered")
@permission_required(OFFER)
def offered() -> str:
    """What one has offered: what comes, what is to be noted, what was; and one's office hours."""
    at = utcnow()
    lines = queries.as_trainer(current_user.id, at)
    live = [line for line in lines if line.state == "planned"]
    over = [line for line in reversed(live) if line.starts_at <= at]
    return render_template(
        "training/meetings/offered.html",
        coming=[line for line in live if line.starts_at > at],
        over=over,
        hours=slot_queries.hours_of_trainer(current_user.id, at),
        learners=queries.own_learners(current_user.id),
    )


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@permission_required(OFFER)
def new() -> Answer:
    """Offer a meeting to some or all of one's learners."""
    learners = queries.own_learners(current_user.id)
    chosen = request.args.getlist("learner", type=int)
    tomorrow = next_weekday(utcnow().astimezone(zone_of(current_user.time_zone)).date())
    form = OfferForm(data={"day": tomorrow, "invited": chosen} if request.method == "GET" else None)
    form.on_clock_of(current_user.time_zone)
    form.invited.choices = _choices(learners)
    if form.validate_on_submit():
        try:
            meeting = operations.offer(
                _me(), _facts(form), invited=form.invited.data or [], is_open=form.is_open.data, at=utcnow()
            )
        except RefusedError as error:
            return _again(form, error, "training/meetings/new.html", meeting=None)
        db.session.commit()
        flash("The meeting is offered, and everybody invited is told.")
        return redirect(url_for("meetings.meeting", meeting_id=meeting.id))
    return _shown(form, "training/meetings/new.html", meeting=None)


@blueprint.route("/meetings/<int:meeting_id>/change", methods=["GET", "POST"])
@permission_required(OFFER)
def change(meeting_id: int) -> Answer:
    """Change a meeting; everybody on its roster is told, and their calendars are brought up to date."""
    meeting = access_offered(current_user, meeting_id, lock=request.method == "POST")
    local = meeting.starts_at.astimezone(zone_of(current_user.time_zone))
    form = ChangeForm(obj=meeting, data={"day": local.date(), "time": local.time()})
    form.on_clock_of(current_user.time_zone)
    if form.validate_on_submit():
        try:
            changed = operations.change(meeting, _facts(form), at=utcnow())
        except RefusedError as error:
            return _again(form, error, "training/meetings/new.html", meeting=meeting)
        db.session.commit()
        flash("The meeting is changed, and everybody is told." if changed else "Nothing was different.")
        return redirect(url_for("meetings.meeting", meeting_id=meeting_id))
    return _shown(form, "training/meetings/new.html", meeting=meeting)


@blueprint.post("/meetings/<int:meeting_id>/cancel")
@permission_required(OFFER)
def cancel(meeting_id: int) -> Response:
    """Cancel a meeting; everybody on its roster is told why."""
    meeting, form = access_offered(current_user, meeting_id), CancelForm()
    form.validate()
    try:
        operations.cancel(meeting, because=(form.because.data or "")[:300], at=utcnow())
    except RefusedError as error:
        return _refused(error, url_for("meetings.meeting", meeting_id=meeting_id))
    db.session.commit()
    flash("The meeting is cancelled, and everybody is told.")
    return redirect(url_for("meeting_offers.offered"))


@blueprint.post("/meetings/<int:meeting_id>/attendance")
@permission_required(OFFER)
def attendance(meeting_id: int) -> Response:
    """Note who came."""
    meeting = access_offered(current_user, meeting_id)
    came = request.form.getlist("came", type=int)
    try:
        operations.note_attendance(meeting, came, at=utcnow())
    except RefusedError as error:
        return _refused(error, url_for("meetings.meeting", meeting_id=meeting_id))
    db.session.commit()
    flash("Who came is noted.")
    return redirect(url_for("meetings.meeting", meeting_id=meeting_id))


@blueprint.route("/office-hours/new", methods=["GET", "POST"])
@permission_required(OFFER)
def new_hours() -> Answer:
    """Offer a weekly time."""
    tomorrow = next_weekday(utcnow().astimezone(zone_of(current_user.time_zone)).date())
    form = HoursForm(data={"first_on": tomorrow, "weekday": tomorrow.weekday(), "topic": "Office hours"})
    if form.validate_on_submit():
        facts = HoursFacts(
            weekday=form.weekday.data,
            minute=minute_of_day(form.time.data),
            minutes=form.minutes.data,
            seats=form.seats.data,
            topic=form.topic.data,
            place=form.place.data,
            first_on=form.first_on.data,
        )
        try:
            office_hours_operations.begin_hours(_me(), facts, at=utcnow())
        except RefusedError as error:
            return _again(form, error, "training/meetings/hours.html")
        db.session.commit()
        flash("Your learners can book these office hours from now on.")
        return redirect(url_for("meeting_offers.offered"))
    return _shown(form, "training/meetings/hours.html")


@blueprint.post("/office-hours/<int:hours_id>/end")
@permission_required(OFFER)
def end_hours(hours_id: int) -> Response:
    """Offer these office hours no more."""
    hours = access_own_hours(current_user, hours_id)
    try:
        office_hours_operations.end_hours(hours, at=utcnow())
    except RefusedError as error:
        return _refused(error, url_for("meeting_offers.offered"))
    db.session.commit()
    flash("These office hours have ended. What is booked stays booked.")
    return redirect(url_for("meeting_offers.offered"))


@blueprint.post("/office-hours/<int:hours_id>/skip")
@permission_required(OFFER)
def skip_day(hours_id: int) -> Response:
    """Take one day off."""
    hours, form = access_own_hours(current_user, hours_id), DayForm()
    back = url_for("meeting_offers.offered")
    if not form.validate_on_submit() or not slot_queries.is_bookable(hours, form.day.data, utcnow()):
        return _refused(RefusedError("Choose one of the days that are offered."), back)
    try:
        office_hours_operations.skip_day(hours, form.day.data, because="", at=utcnow())
    except RefusedError as error:
        return _refused(error, back)
    db.session.commit()
    flash("That day is not offered any more.")
    return redirect(back)


@blueprint.get("/meetings/counts")
@permission_required(Permission.TRAINING_MEETING_COUNT)
def counts() -> str:
    """How many meetings there were and how many worksheets were written, and nothing of what was said."""
    at = utcnow()
    return render_template("training/meetings/counts.html", counts=queries.counts(at - PERIOD, at), days=PERIOD.days)


def _me() -> Employee:
    return db.session.get_one(Employee, current_user.id)


def _facts(form: ChangeForm) -> Facts:
    return Facts(form.topic.data, form.place.data, form.starts_at, form.minutes.data, form.seats.data)


def _choices(learners: list[tuple[int, str]]):  # type: ignore[no-untyped-def]  # choices of WTForms
    return [SelectChoice(str(one), name) for one, name in learners]


def _shown(form: ChangeForm | HoursForm, template: str, **more: object) -> Answer:
    page = render_template(template, form=form, SeatState=SeatState, count=count, **more)
    return (page, 422) if form.errors else page


def _again(form: ChangeForm | HoursForm, error: RefusedError, template: str, **more: object) -> Answer:
    """The form once more, with what was typed and why it cannot be."""
    db.session.rollback()
    field = form[error.field] if error.field and error.field in form else form.time
    field.errors = [*field.errors, str(error)]
    return _shown(form, template, **more)


def _refused(error: RefusedError, back: str) -> Response:
    db.session.rollback()
    flash(str(error), "refused")
    return redirect(back)
