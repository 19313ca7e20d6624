"""One person's score: for the person in the portal, and the same page for those who decide. Each look is noted."""

import math

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.access import access_score_and_run, own_score
from champions.measure_words import told
from champions.models import Score, ScoringRun
from champions.scores import queries as score_queries
from champions.scores import view_log
from champions.scores.about import about_the_score
from champions.scores.change_words import changes
from champions.scores.ego_query import ego_picture
from champions.scores.opting import opt_in, opt_out
from champions.scores.standing_query import standing
from champions.words import attempts_of, excess_sentence, kind_sentence, title_of
from db import db, may_write, utcnow
from people.access import permission_required
from people.models import Employee
from people.permissions import Permission
from web import page_number

mine = Blueprint("my_score", __name__)
blueprint = Blueprint("scores", __name__)


@mine.get("/my-score")
@permission_required(Permission.CHAMPIONS_SCORE_VIEW)
def my_score() -> str:
    """One's own score with everything it rests on, or why there is none."""
    number = request.args.get("run", type=int)
    run, score, employee = own_score(current_user, number)
    if number is not None and run is None:
        abort(404)
    if run is None or score is None or employee.opted_out_at is not None:
        return render_template("champions/no_score.html", run=run, opted_out=employee.opted_out_at)
    return _score_page(run, score, employee, own=True)


@mine.get("/my-score/evidence")
@permission_required(Permission.CHAMPIONS_SCORE_VIEW)
def my_evidence() -> str:
    """Every outcome that one's own score rests on."""
    run, score, employee = _chosen_score(current_user.id)
    return _evidence_page(run, score, employee, own=True)


@mine.get("/my-score/about")
@permission_required(Permission.CHAMPIONS_SCORE_VIEW)
def about() -> str:
    """What the score says about a person, in words and without a formula."""
    return render_template("champions/about_score.html", text=about_the_score())


@mine.post("/my-score/leave")
@permission_required(Permission.CHAMPIONS_SCORE_CONTEST)
def leave() -> Response:
    """Leave the scoring, at once and without a reason. Course and trainer stay."""
    opt_out(current_user.id, at=utcnow())
    db.session.commit()
    flash(
        "You have left the scoring. Your course, your trainer and your certificates stay. You may come back any time."
    )
    return redirect(url_for("my_score.my_score"))


@mine.post("/my-score/return")
@permission_required(Permission.CHAMPIONS_SCORE_CONTEST)
def come_back() -> Response:
    """Take part in the scoring again, from the next run on."""
    opt_in(current_user.id, at=utcnow())
    db.session.commit()
    flash("You take part again: the next scoring run will count what you do.")
    return redirect(url_for("my_score.my_score"))


@blueprint.get("/scores/<int:employee_id>")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def person(employee_id: int) -> str:
    """A person's score for those who decide."""
    run, score, employee = _chosen_score(employee_id)
    html = _score_page(run, score, employee, own=False)
    may_write()
    if view_log.note_views([employee_id], viewer_id=current_user.id, run_id=run.id, at=utcnow()):
        db.session.commit()
    return html


@blueprint.get("/scores/<int:employee_id>/evidence")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def evidence(employee_id: int) -> str:
    """Every outcome that a person's score rests on, for those who decide."""
    run, score, employee = _chosen_score(employee_id)
    html = _evidence_page(run, score, employee, own=False)
    may_write()
    if view_log.note_views([employee_id], viewer_id=current_user.id, run_id=run.id, at=utcnow()):
        db.session.commit()
    return html


def _chosen_score(employee_id: int) -> tuple[ScoringRun, Score, Employee]:
    """The score in the run that the address names, or in the latest; 404 if the viewer may not see it."""
    score, employee, run = access_score_and_run(current_user, employee_id, request.args.get("run", type=int))
    return run, score, employee


def _score_page(run: ScoringRun, score: Score, employee: Employee, *, own: bool) -> str:
    parts = sorted(score.parts.items(), key=lambda item: -item[1])
    runs, looked = score_queries.trend_and_looks(employee.id)
    facts = score.evidence.get("facts", {})
    kinds = score.evidence["kinds"]
    measures = told(score.evidence["components"])
    return render_template(
        "champions/score.html",
        run=run,
        score=score,
        employee=employee,
        own=own,
        parts=[
            (kind, value, kinds[kind], kind_sentence(kind, kinds[kind]), excess_sentence(kinds[kind]))
            for kind, value in parts
        ],
        attempts=attempts_of(kinds),
        counted=[measure for measure in measures if measure.counted],
        context=[measure for measure in measures if not measure.counted],
        facts=facts,
        changes=changes(score.parts, score.evidence, run.parameters),
        rests_on=score_queries.evidence(employee.id, run, size=6),
        runs=runs,
        line=run.card.get("line"),
        top=math.ceil(2 * max([1.0, score.upper, *(item.upper for item in runs)])) / 2,
        ego=ego_picture(employee.id, run),
        looked=looked,
        standing=standing(employee.id),
        title_of=title_of,
    )


def _evidence_page(run: ScoringRun, score: Score, employee: Employee, *, own: bool) -> str:
    kind = request.args.get("kind")
    if kind is not None and kind not in score.parts:
        abort(404)
    page = score_queries.evidence(employee.id, run, kind, number=page_number())
    return render_template(
        "champions/evidence.html",
        run=run,
        score=score,
        employee=employee,
        own=own,
        kind=kind,
        page=page,
        title_of=title_of,
    )
