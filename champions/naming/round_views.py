"""Rounds of naming in the console: open, close early, open again, count; turnout, and never who named whom."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.access import access_round
from champions.naming import queries as naming_queries
from champions.naming import round_operations
from champions.naming.forms import RoundForm
from champions.naming.models import NamingRound
from champions.rules.naming import FEWEST_ANSWERS, FEWEST_GIVERS, MOST_TOPICS, reminder_days, state_of
from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from people.settings.company_settings import company_settings
from web import day, page_number, zone_of

blueprint = Blueprint("naming_rounds", __name__)

USUAL_DAYS = 14


@blueprint.route("/naming-rounds", methods=["GET", "POST"])
@permission_required(Permission.CHAMPIONS_NAMING_MANAGE)
def rounds() -> str | Response | tuple[str, int]:
    """The round that is under way, or the form to open one; and the rounds that are counted."""
    form, refusal, code = RoundForm(), "", 200
    if form.validate_on_submit():
        try:
            row = _opened(form)
        except RefusedError as error:
            refusal, code = str(error), 422 if error.field else 409
        else:
            db.session.commit()
            flash(f"The round is set: everybody is asked on {day(row.opens_on)}.")
            return redirect(url_for("naming_rounds.one", round_id=row.id))
    elif request.method == "POST":
        code = 422
    else:
        today = utcnow().astimezone(zone_of(company_settings().get("time_zone", "UTC"))).date()
        form.opens_on.data, form.closes_on.data = today, today + timedelta(days=USUAL_DAYS - 1)
        form.reminds.data = True
    html = render_template(
        "champions/naming/rounds.html",
        form=form,
        refusal=refusal,
        current=naming_queries.current_round(),
        page=naming_queries.rounds_page(page_number()),
        most=MOST_TOPICS,
        fewest=FEWEST_GIVERS,
        fewest_answers=FEWEST_ANSWERS,
    )
    return html, code


def _opened(form: RoundForm) -> NamingRound:
    assert form.opens_on.data is not None
    assert form.closes_on.data is not None
    return round_operations.open_round(
        form.title.data or "",
        (form.topics.data or "").splitlines(),
        opens_on=form.opens_on.data,
        closes_on=form.closes_on.data,
        reminds=bool(form.reminds.data),
        actor_id=current_user.id,
        at=utcnow(),
    )


@blueprint.get("/naming-rounds/<int:round_id>")
@permission_required(Permission.CHAMPIONS_NAMING_MANAGE)
def one(round_id: int) -> str:
    """One round: where it stands, how many have answered, and what can be done."""
    row, at = access_round(round_id), utcnow()
    window = round_operations.window_of(row)
    return render_template(
        "champions/naming/round.html",
        row=row,
        state=state_of(window, row.closed_at, row.counted_at, at),
        topics=naming_queries.topics_of(row.id),
        turnout=naming_queries.turnout(row.id, at) if row.counted_at is None else None,
        reminders=reminder_days(window),
        named=naming_queries.people_named(row.id),
        fewest=FEWEST_GIVERS,
        fewest_answers=FEWEST_ANSWERS,
    )


@blueprint.post("/naming-rounds/<int:round_id>/close")
@permission_required(Permission.CHAMPIONS_NAMING_MANAGE)
def close(round_id: int) -> Response:
    """Close a round early."""
    row = access_round(round_id)
    try:
        round_operations.close(row, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        return _back(row, str(error), refused=True)
    return _back(row, f"Closed. You may open it again until the end of {day(row.closes_on)}.")


@blueprint.post("/naming-rounds/<int:round_id>/open-again")
@permission_required(Permission.CHAMPIONS_NAMING_MANAGE)
def open_again(round_id: int) -> Response:
    """Open a round again that was closed early."""
    row = access_round(round_id)
    try:
        round_operations.open_again(row, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        return _back(row, str(error), refused=True)
    return _back(row, "Open again.")


@blueprint.post("/naming-rounds/<int:round_id>/count")
@permission_required(Permission.CHAMPIONS_NAMING_MANAGE)
def count(round_id: int) -> Response:
    """Count a round that is closed, for good."""
    row = access_round(round_id)
    try:
        round_operations.count(row, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        return _back(row, str(error), refused=True)
    return _back(row, "Counted. Who named whom is deleted.")


def _back(row: NamingRound, words: str, *, refused: bool = False) -> Response:
    if not refused:
        db.session.commit()
    flash(words, "refused" if refused else "message")
    return redirect(url_for("naming_rounds.one", round_id=row.id))
