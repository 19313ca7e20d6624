"""Contests: "correct a fact" and "ask for a review by a person" in the portal; list and answer in the console."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.access import access_contest, access_score
from champions.contests import operations as contest_operations
from champions.contests import queries as contest_queries
from champions.contests.models import ContestKind, ContestResult, ContestState
from champions.forms import AnswerContestForm, ContestForm
from champions.shortlist import queries as shortlist_queries
from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from web import day, page_number

mine = Blueprint("my_contests", __name__)
blueprint = Blueprint("contests", __name__)


@mine.route("/my-score/contest", methods=["GET", "POST"])
@permission_required(Permission.CHAMPIONS_SCORE_CONTEST)
def contest() -> str | Response | tuple[str, int]:
    """Say that a fact is wrong, or ask a person to look; and read what came of earlier ones."""
    run = shortlist_queries.latest_run()
    form, refusal, code = ContestForm(kind=request.args.get("kind", ContestKind.FACT)), "", 200
    if run is not None and form.validate_on_submit():
        score, _ = access_score(current_user, current_user.id, run.id)
        try:
            row = contest_operations.open_contest(
                score.employee_id,
                run_id=score.run_id,
                kind=ContestKind(form.kind.data),
                text=form.text.data or "",
                actor_id=current_user.id,
                at=utcnow(),
            )
        except RefusedError as error:
            refusal, code = str(error), 409
        else:
            db.session.commit()
            flash(f"Noted. You have an answer by {day(row.due_at)} at the latest; until then your score is marked.")
            return redirect(url_for("my_contests.contest"))
    elif request.method == "POST":
        code = 422
    contests = contest_queries.of_employee(current_user.id)
    html = render_template("champions/contest.html", run=run, form=form, refusal=refusal, contests=contests)
    return html, code


@blueprint.get("/contests")
@permission_required(Permission.CHAMPIONS_CONTEST_ANSWER)
def contests() -> str:
    """Contests that wait for an answer, or those that have one."""
    state = ContestState.ANSWERED if request.args.get("state") == "answered" else ContestState.OPEN
    page = contest_queries.page_of(page_number(), state=state)
    return render_template("champions/contests.html", page=page, state=state, now=utcnow())


@blueprint.route("/contests/<int:contest_id>", methods=["GET", "POST"])
@permission_required(Permission.CHAMPIONS_CONTEST_ANSWER)
def one(contest_id: int) -> str | Response | tuple[str, int]:
    """Read a contest and answer it, with reasons."""
    row, employee = access_contest(current_user, contest_id)
    form, refusal, code = AnswerContestForm(), "", 200
    if form.validate_on_submit():
        try:
            result = ContestResult(form.result.data)
            contest_operations.answer(
                row, result=result, text=form.text.data or "", actor_id=current_user.id, at=utcnow()
            )
        except RefusedError as error:
            refusal, code = str(error), 409
        else:
            db.session.commit()
            flash(f"{employee.name} reads your answer now.")
            return redirect(url_for("contests.contests"))
    elif request.method == "POST":
        code = 422
    html = render_template(
        "champions/contest_answer.html",
        row=row,
        employee=employee,
        form=form,
        refusal=refusal,
        may_answer=row.employee_id != current_user.id
        and not contest_operations.decided_before(row.employee_id, current_user.id),
        earlier=contest_queries.of_employee(employee.id),
        now=utcnow(),
    )
    return html, code
