"""Peer naming in the portal: whom do you go to for help? Works without script; script finds names while one types."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.access import access_topic
from champions.naming import operations as naming_operations
from champions.naming import queries as naming_queries
from champions.naming.queries import SHORTEST_WORDS, Colleague
from champions.naming.round_operations import window_of
from champions.rules.naming import FEWEST_GIVERS, MOST_NAMES, RoundState, state_of
from db import db, may_write, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from people.sign_in.operations import count_try, throttled
from web import count, id_argument

blueprint = Blueprint("naming", __name__)

MOST_SEARCHES = 300
"""In fifteen minutes: enough for all topics letter by letter, and far from a copy of the staff directory."""


@blueprint.get("/naming")
@permission_required(Permission.CHAMPIONS_NAMING_ANSWER)
def naming() -> str | tuple[str, int]:
    """The topics of the open round with one's own names; with a topic and words, colleagues who fit."""
    at = utcnow()
    row, answered = naming_queries.round_for(current_user.id)
    state = None if row is None else state_of(window_of(row), row.closed_at, row.counted_at, at)
    if row is None or state is not RoundState.OPEN:
        return render_template("champions/naming/none.html", row=row, state=state)
    topic_id, words = id_argument("topic"), request.args.get("q", "").strip()[:100]
    found = _search(words) if topic_id and words else []
    code = 429 if found is None else 200
    html = render_template(
        "champions/naming/naming.html",
        row=row,
        topics=naming_queries.topics_of(row.id),
        names=naming_queries.own_names(row.id, current_user.id, at),
        answered=answered,
        searched=topic_id if words else None,
        words=words,
        found=found,
        shortest=SHORTEST_WORDS,
        most=MOST_NAMES,
        fewest=FEWEST_GIVERS,
    )
    return html, code


@blueprint.get("/naming/colleagues")
@permission_required(Permission.CHAMPIONS_NAMING_ANSWER)
def colleagues() -> Response:
    """At most eight colleagues by the letters of `q`, as JSON: id, name, and team and site; 429 after too many."""
    found = _search(request.args.get("q", "").strip()[:100])
    if found is None:
        answer = jsonify(found=[], words="Too many searches. Wait a quarter of an hour.")
        answer.status_code = 429
        return answer
    words = count(len(found), "colleague") if found else "Nobody found. Try another part of the name."
    return jsonify(found=[{"id": one.id, "name": one.name, "place": one.place} for one in found], words=words)


@blueprint.post("/naming/<int:topic_id>/add")
@permission_required(Permission.CHAMPIONS_NAMING_ANSWER)
def add(topic_id: int) -> Response:
    """Name a colleague for a topic."""
    topic, row = access_topic(topic_id)
    named_id = request.form.get("named", type=int)
    if named_id is None:
        flash("Choose one of the colleagues that were found.", "refused")
        return _back(topic_id)
    try:
        naming_operations.name_colleague(topic, row, named_id=named_id, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
    return _back(topic_id)


@blueprint.post("/naming/<int:topic_id>/take-back")
@permission_required(Permission.CHAMPIONS_NAMING_ANSWER)
def take_back(topic_id: int) -> Response:
    """Take a name back."""
    topic, row = access_topic(topic_id)
    try:
        named_id = request.form.get("named", type=int) or 0
        naming_operations.take_back(topic, row, named_id=named_id, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
    return _back(topic_id)


@blueprint.post("/naming/done")
@permission_required(Permission.CHAMPIONS_NAMING_ANSWER)
def done() -> Response:
    """Say that one has answered, with or without names."""
    row = naming_queries.current_round()
    if row is None:
        flash("No round is open now.", "refused")
        return redirect(url_for("naming.naming"))
    try:
        naming_operations.finish(row, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
        return redirect(url_for("naming.naming"))
    db.session.commit()
    flash("Thank you. You may change your names until the round closes; nobody reminds you.")
    return redirect(url_for("home.home"))


def _back(topic_id: int) -> Response:
    return redirect(url_for("naming.naming", _anchor=f"topic-{topic_id}"))


def _search(words: str) -> list[Colleague] | None:
    """Colleagues who fit; None when this person has searched too often. Counts the search."""
    if len(words.replace(" ", "")) < SHORTEST_WORDS:
        return []
    at, key = utcnow(), f"naming {current_user.id}"
    if throttled({key: MOST_SEARCHES}, at):
        return None
    may_write()
    count_try([key], at)
    db.session.commit()
    return naming_queries.find_colleagues(words, asker_id=current_user.id, at=at)
