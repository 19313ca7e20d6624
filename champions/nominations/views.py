"""Nominations: propose, answer, decide, withdraw."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from champions.access import access_haste, access_nomination, access_score
from champions.contests import queries as contest_queries
from champions.forms import DecideForm, ProposeForm
from champions.models import Nomination, NominationState, Score
from champions.nominations import decision_queries, haste
from champions.nominations import operations as nomination_operations
from champions.nominations.operations import APPROVALS
from champions.scores.opened_at import seconds_since, stamp
from champions.shortlist import queries as shortlist_queries
from champions.words import strongest
from db import db, utcnow
from people.access import permission_required
from people.models import Employee
from people.permissions import Permission
from people.refusal import RefusedError

blueprint = Blueprint("nominations", __name__)


@blueprint.route("/scores/<int:employee_id>/nominate", methods=["GET", "POST"])
@permission_required(Permission.CHAMPIONS_NOMINATION_PROPOSE)
def propose(employee_id: int) -> str | Response | tuple[str, int]:
    """Propose that somebody train others; they are asked before anybody decides."""
    run = shortlist_queries.latest_run() or abort(404)
    score, employee = access_score(current_user, employee_id, run.id)
    form, refusal, code = ProposeForm(), None, 200
    if form.validate_on_submit():
        try:
            nomination = nomination_operations.propose(
                employee, run_id=run.id, reason=form.reason.data, actor_id=current_user.id, at=utcnow()
            )
        except RefusedError as error:
            refusal, code = str(error), 409
        else:
            db.session.commit()
            flash(_asked(employee.name, nomination.state == NominationState.INVITED))
            return redirect(url_for("shortlist.shortlist"))
    elif request.method == "POST":
        code = 422
    reasons = strongest(score.parts, score.evidence)
    html = render_template(
        "champions/propose.html", form=form, employee=employee, score=score, reasons=reasons, refusal=refusal
    )
    return html, code


def _asked(name: str, invited: bool) -> str:
    if invited:
        return f"{name} is asked now. Nobody decides before they say yes."
    return f"Kept. The score of {name} is under review: invite them when the contest is answered."


@blueprint.route("/nominations/<int:nomination_id>", methods=["GET", "POST"])
@permission_required(Permission.CHAMPIONS_NOMINATION_DECIDE)
def decide(nomination_id: int) -> str | Response | tuple[str, int]:
    """Decide on a nomination: yes or no, with a reason. Two different people must say yes."""
    nomination, employee = access_nomination(current_user, nomination_id, Permission.CHAMPIONS_NOMINATION_DECIDE)
    form, refusal, code = DecideForm(), None, 200
    if form.validate_on_submit():
        approves, at = form.verdict.data == "approve", utcnow()
        try:
            champion = nomination_operations.decide(
                nomination,
                approves=approves,
                reason=form.reason.data,
                actor_id=current_user.id,
                at=at,
                seconds=seconds_since(form.opened.data, at),
            )
        except RefusedError as error:
            refusal, code = str(error), 409
        else:
            db.session.commit()
            flash(_what_follows(employee.name, approves, champion is not None))
            return redirect(url_for("shortlist.shortlist"))
    elif request.method == "POST":
        code = 422
    return _decide_page(nomination, employee, form, refusal), code


def _what_follows(name: str, approves: bool, is_champion: bool) -> str:
    if is_champion:
        return f"{name} is a champion now, and can be given learners."
    return (
        f"Your approval is noted. {name} needs one more." if approves else f"Noted. The nomination of {name} has ended."
    )


def _decide_page(nomination: Nomination, employee: Employee, form: DecideForm, refusal: str | None) -> str:
    if request.method == "GET":
        form.opened.data = stamp(utcnow())
    score = db.session.get(Score, (nomination.run_id, employee.id))
    decisions = decision_queries.made_about(nomination.id)
    return render_template(
        "champions/decide.html",
        nomination=nomination,
        employee=employee,
        form=form,
        refusal=refusal,
        score=score,
        reasons=strongest(score.parts, score.evidence) if score else [],
        decisions=decisions,
        decided=any(made.decision.decided_by_id == current_user.id for made in decisions),
        time_to_decide=haste.in_words,
        review_until=contest_queries.under_review().get(employee.id),
        missing=APPROVALS - sum(made.decision.approves for made in decisions),
        proposer=db.session.scalar(select(Employee.name).where(Employee.id == nomination.proposed_by_id)),
    )


@blueprint.post("/nominations/<int:nomination_id>/invite")
@permission_required(Permission.CHAMPIONS_NOMINATION_PROPOSE)
def invite(nomination_id: int) -> Response:
    """Ask the person, once their score is no longer under review."""
    nomination, employee = access_nomination(current_user, nomination_id, Permission.CHAMPIONS_NOMINATION_PROPOSE)
    try:
        nomination_operations.invite(nomination, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash(_asked(employee.name, True))
    return redirect(url_for("nominations.decide", nomination_id=nomination_id))


@blueprint.post("/nominations/<int:nomination_id>/withdraw")
@permission_required(Permission.CHAMPIONS_NOMINATION_PROPOSE)
def withdraw(nomination_id: int) -> Response:
    """Take a nomination back."""
    nomination, employee = access_nomination(current_user, nomination_id, Permission.CHAMPIONS_NOMINATION_PROPOSE)
    try:
        nomination_operations.withdraw(nomination, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error))
    else:
        db.session.commit()
        flash(f"The nomination of {employee.name} is withdrawn.")
    return redirect(url_for("shortlist.shortlist"))


@blueprint.route("/nominations/<int:nomination_id>/answer", methods=["GET", "POST"])
@permission_required(Permission.CHAMPIONS_NOMINATION_ANSWER)
def answer(nomination_id: int) -> str | Response | tuple[str, int]:
    """The employee's own yes or no. A no needs no reason, and the manager learns of neither."""
    nomination, employee = access_nomination(current_user, nomination_id, Permission.CHAMPIONS_NOMINATION_ANSWER)
    if request.method == "GET":
        score = db.session.get(Score, (nomination.run_id, employee.id))
        reasons = strongest(score.parts, score.evidence) if score else []
        return render_template("champions/answer.html", nomination=nomination, reasons=reasons)
    accepts = request.form.get("answer") == "yes"
    if request.form.get("answer") not in {"yes", "no"}:
        return render_template("champions/answer.html", nomination=nomination, reasons=[], wrong=True), 422
    try:
        nomination_operations.answer(nomination, accepts=accepts, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error))
    else:
        db.session.commit()
        flash(
            "Thank you. Two colleagues will now decide." if accepts else "That is fine. Nothing else follows from it."
        )
    return redirect(url_for("home.home"))


@blueprint.get("/decisions")
@permission_required(Permission.CHAMPIONS_RUN_CREATE)
def decisions() -> str:
    """How people decided within the last year: how many, how fast, and how often not as proposed."""
    since = utcnow() - timedelta(days=365)
    return render_template(
        "champions/decisions.html",
        deciders=decision_queries.deciders(since),
        hasty=haste.open_flags(),
        since=since,
        time_to_decide=haste.in_words,
        most=haste.MOST_APPROVALS,
    )


@blueprint.post("/nominations/haste/<int:flag_id>")
@permission_required(Permission.CHAMPIONS_RUN_CREATE)
def haste_seen(flag_id: int) -> Response:
    """An owner has looked at approvals given in haste."""
    row = access_haste(flag_id)
    try:
        haste.mark_seen(row, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
    return redirect(url_for("shortlist.shortlist"))
