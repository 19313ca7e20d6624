"""The pages of meetings for everybody: what comes next, what can be booked, one meeting, one's calendar."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from db import db, utcnow
from people.access import permission_required, public
from people.models import Employee
from people.permissions import Permission
from people.refusal import RefusedError
from training.meetings import booking_operations, calendar_feeds, queries, slot_queries
from training.meetings.access import access_bookable, access_hours, access_meeting
from training.meetings.forms import CancelForm, DayForm
from training.meetings.models import SeatState

blueprint = Blueprint("meetings", __name__)
BOOK = Permission.TRAINING_MEETING_BOOK


@blueprint.get("/meetings", endpoint="meetings")
@permission_required(BOOK)
def all_meetings() -> str:
    """What comes next, what waits for an answer, what can be booked, what was."""
    at = utcnow()
    lines = queries.as_learner(current_user.id, at)
    coming = [line for line in lines if line.ends_at > at and line.state == "planned"]
    return render_template(
        "training/meetings/meetings.html",
        invited=[line for line in coming if line.mine == SeatState.INVITED],
        booked=[line for line in coming if line.mine in (SeatState.BOOKED, SeatState.WAITING)],
        open_ones=[line for line in coming if line.mine in ("", SeatState.RELEASED) and line.starts_at > at],
        past=[line for line in reversed(lines) if line.ends_at <= at and line.mine == SeatState.BOOKED],
        hours=slot_queries.hours_for_learner(current_user.id, at),
    )


@blueprint.get("/meetings/<int:meeting_id>")
@permission_required(BOOK)
def meeting(meeting_id: int) -> str:
    """One meeting: when where one lives, where, how full; for its trainer with the roster."""
    row = access_meeting(current_user, meeting_id)
    own = row.trainer_id == current_user.id
    return render_template(
        "training/meetings/meeting.html",
        meeting=row,
        line=queries.one_line(row.id, current_user.id),
        own=own,
        roster=queries.roster(row.id) if own else [],
        now=utcnow(),
        cancel_form=CancelForm(),
    )


@blueprint.post("/meetings/<int:meeting_id>/book")
@permission_required(BOOK)
def book(meeting_id: int) -> AnyResponse:
    """Take a seat, a place in the line, or say yes to an invitation."""
    row = access_bookable(current_user, meeting_id)
    try:
        state = booking_operations.book(row, _me(), at=utcnow())
    except RefusedError as error:
        return _refused(error, url_for("meetings.meeting", meeting_id=row.id))
    db.session.commit()
    flash(_words(state))
    return redirect(url_for("meetings.meeting", meeting_id=row.id))


@blueprint.post("/meetings/<int:meeting_id>/release")
@permission_required(BOOK)
def release(meeting_id: int) -> AnyResponse:
    """Give a seat back, leave the line, or say no to an invitation."""
    row = access_bookable(current_user, meeting_id)
    try:
        booking_operations.release(row, _me(), at=utcnow())
    except RefusedError as error:
        return _refused(error, url_for("meetings.meeting", meeting_id=row.id))
    db.session.commit()
    flash("You are no longer on the list, and your trainer is told.")
    return redirect(url_for("meetings.meetings"))


@blueprint.post("/office-hours/<int:hours_id>/book")
@permission_required(BOOK)
def book_hours(hours_id: int) -> AnyResponse:
    """Book a day of one's trainer's office hours."""
    at, form = utcnow(), DayForm()
    hours = access_hours(current_user, hours_id)
    back = url_for("meetings.meetings")
    if not form.validate_on_submit():
        return _refused(RefusedError("Choose one of the days that are offered."), back)
    if not slot_queries.is_bookable(hours, form.day.data, at):
        return _refused(RefusedError("That day cannot be booked any more. Choose another."), back)
    try:
        row, state = booking_operations.book_hours(hours, form.day.data, _me(), at=at)
    except RefusedError as error:
        return _refused(error, back)
    db.session.commit()
    flash(_words(state))
    return redirect(url_for("meetings.meeting", meeting_id=row.id))


@blueprint.get("/meetings/calendar")
@permission_required(BOOK)
def calendar() -> str:
    """Whether one has a calendar address, and what it is good for."""
    made_at = calendar_feeds.feed_made_at(current_user.id)
    return render_template("training/meetings/calendar.html", made_at=made_at, address="")


@blueprint.post("/meetings/calendar")
@permission_required(BOOK)
def renew_calendar() -> str:
    """Make a calendar address and show it, once; the one before no longer works."""
    at = utcnow()
    secret = calendar_feeds.renew_feed(current_user.id, at)
    db.session.commit()
    host = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    address = host + url_for("meetings.calendar_file", feed_secret=secret)
    return render_template("training/meetings/calendar.html", made_at=at, address=address)


@blueprint.get("/calendar/<feed_secret>.ics")
@public
def calendar_file(feed_secret: str) -> Response:
    """The calendar behind a secret address, for programs that cannot sign in."""
    text = calendar_feeds.calendar_behind(feed_secret, utcnow()) or abort(404)
    return Response(text, mimetype="text/calendar")


def _me() -> Employee:
    return db.session.get_one(Employee, current_user.id)


def _words(state: SeatState) -> str:
    if state is SeatState.WAITING:
        return "All seats are taken: you are in line, and are told if one comes free."
    return "You have a seat."


def _refused(error: RefusedError, back: str) -> AnyResponse:
    db.session.rollback()
    flash(str(error), "refused")
    return redirect(back)
