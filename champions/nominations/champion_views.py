"""Champions: the list of them, and the page where one pauses, comes back or stops, oneself or by an owner."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.access import access_nomination
from champions.models import NominationState
from champions.nominations import champion_operations, champion_queries
from champions.nominations.champion_queries import CHAMPIONSHIP
from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from web import page_number

blueprint = Blueprint("champions", __name__)


@blueprint.get("/champions")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def champions() -> str:
    """Who is a champion, who pauses, and who has stopped."""
    state = request.args.get("state", "")
    wanted = NominationState(state) if state in CHAMPIONSHIP else None
    return render_template(
        "champions/champions.html",
        page=champion_queries.champions_page(wanted, page_number()),
        numbers=champion_queries.numbers_by_state(),
        wanted=wanted,
    )


@blueprint.get("/nominations/<int:nomination_id>/champion")
@permission_required(Permission.CHAMPIONS_CHAMPION_PAUSE)
def one(nomination_id: int) -> str:
    """Where a championship stands, and what the champion or an owner may do about it."""
    nomination, employee = access_nomination(current_user, nomination_id, Permission.CHAMPIONS_CHAMPION_PAUSE)
    return render_template(
        "champions/champion.html",
        nomination=nomination,
        employee=employee,
        champion=champion_queries.championship(nomination.id),
        own=employee.id == current_user.id,
    )


@blueprint.post("/nominations/<int:nomination_id>/champion/pause")
@permission_required(Permission.CHAMPIONS_CHAMPION_PAUSE)
def pause(nomination_id: int) -> Response:
    """Get no new learners for a while."""
    return _move(nomination_id, champion_operations.pause, "Paused: no new learners until the return.")


@blueprint.post("/nominations/<int:nomination_id>/champion/return")
@permission_required(Permission.CHAMPIONS_CHAMPION_PAUSE)
def come_back(nomination_id: int) -> Response:
    """Take learners again."""
    return _move(nomination_id, champion_operations.come_back, "Back: the next proposal may bring learners.")


@blueprint.post("/nominations/<int:nomination_id>/champion/retire")
@permission_required(Permission.CHAMPIONS_CHAMPION_PAUSE)
def retire(nomination_id: int) -> Response:
    """Stop being a champion."""
    words = "Stopped. Present learners stay until an owner publishes who teaches them next."
    return _move(nomination_id, champion_operations.retire, words)


def _move(nomination_id: int, deed: Callable[..., None], words: str) -> Response:
    nomination, _ = access_nomination(current_user, nomination_id, Permission.CHAMPIONS_CHAMPION_PAUSE)
    try:
        deed(nomination, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash(words)
    return redirect(url_for("champions.one", nomination_id=nomination_id))
