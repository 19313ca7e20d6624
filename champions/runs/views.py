"""Scoring runs: the list, one run's model card, a new run."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as FlaskResponse
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from champions.access import access_run
from champions.backtest.queries import WORDS, figures
from champions.models import ScoringRun
from champions.runs.model_card import FAILURES, LIMITS, card_of
from champions.runs.model_card_markdown import markdown
from db import db, utcnow
from jobs.operations import enqueue
from people.access import permission_required
from people.permissions import Permission
from web import PAGE_SIZE, Page, page_number

blueprint = Blueprint("runs", __name__)


@blueprint.get("/runs")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def runs() -> str:
    """All runs, the newest first."""
    number = page_number()
    query = (
        select(ScoringRun, func.count().over())
        .order_by(ScoringRun.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = db.session.execute(query).all()
    page = Page([row[0] for row in rows], number, rows[0][1] if rows else 0)
    return render_template("champions/runs.html", page=page)


@blueprint.post("/runs")
@permission_required(Permission.CHAMPIONS_RUN_CREATE)
def create() -> Response:
    """Start a run over everything known by now, as a job."""
    job = enqueue("champions.score", {"actor_id": current_user.id}, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    flash("The run has started. You may leave this page: it goes on.")
    return redirect(url_for("job_pages.job", job_id=job.id))


@blueprint.get("/runs/<int:run_id>")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def run(run_id: int) -> str:
    """One run's model card: data, settings, quality in the backtest, limits, and what changed."""
    card = card_of(access_run(run_id))
    return render_template(
        "champions/run.html",
        run=card.run,
        card=card,
        limits=LIMITS,
        failures=FAILURES,
        both=figures(card.backtest, "both") if card.backtest else {},
        words=WORDS,
        first=_moment(card.run.card.get("events", {}).get("first")),
        last=_moment(card.run.card.get("events", {}).get("last")),
    )


@blueprint.get("/runs/<int:run_id>/model-card.md")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def model_card(run_id: int) -> Response:
    """The model card as Markdown."""
    text = markdown(card_of(access_run(run_id)))
    headers = {"Content-Disposition": f"attachment; filename=model-card-run-{run_id}.md"}
    return FlaskResponse(text, mimetype="text/markdown", headers=headers)


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
