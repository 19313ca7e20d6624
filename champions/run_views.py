"""Scoring runs: the list, one run's model card, a new run."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from champions.access import access_run
from champions.models import Score, ScoringRun
from champions.scoring.parameters import BOUNDS
from champions.words import title_of
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
    """One run's model card: data, window, settings, what it can and cannot say."""
    row = access_run(run_id)
    counts = dict(
        db.session.execute(select(Score.band, func.count()).where(Score.run_id == run_id).group_by(Score.band)).all()
    )
    before = db.session.scalars(
        select(ScoringRun).where(ScoringRun.id < run_id).order_by(ScoringRun.id.desc()).limit(1)
    ).first()
    changed = {
        name: (before.parameters.get(name), value)
        for name, value in row.parameters.items()
        if before is not None and before.parameters.get(name) != value
    }
    return render_template(
        "champions/run.html", run=row, counts=counts, before=before, changed=changed, bounds=BOUNDS, title_of=title_of
    )
