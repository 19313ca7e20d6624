"""Pages about jobs: the list, one job with its progress, and trying a dead one again."""

from pathlib import Path

from flask import Blueprint, abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db import db, utcnow
from jobs import operations, queries, wording
from jobs.models import Job, JobState
from people.access import permission_required
from people.permissions import Permission
from web import page_number

blueprint = Blueprint("job_pages", __name__)


def _folder() -> Path:
    return Path(current_app.config["INSTANCE_DIR"])


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """What templates of any feature need to show a job."""
    return {"job_words": wording, "now": utcnow}


@blueprint.get("/jobs")
@permission_required(Permission.JOBS_JOB_VIEW)
def jobs() -> str:
    """All jobs, newest first, or those in one state."""
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in set(JobState) else None
    counts = queries.counts()
    total = counts[state] if state else sum(counts.values())
    page = queries.jobs_page(state, page_number(), total, _folder())
    return render_template(
        "jobs/jobs.html", page=page, state=state, counts=counts, states=JobState, trouble=queries.mail_trouble()
    )


@blueprint.get("/jobs/<int:job_id>")
@permission_required(Permission.JOBS_JOB_VIEW)
def job(job_id: int) -> str:
    """One job: how far it is, or what came of it."""
    return render_template("jobs/job.html", job=queries.job_view(job_id, _folder()) or abort(404))


@blueprint.get("/jobs/<int:job_id>/progress")
@permission_required(Permission.JOBS_JOB_VIEW)
def progress(job_id: int) -> Response:
    """How far a job is, for the script that moves the bar."""
    shown = queries.job_view(job_id, _folder()) or abort(404)
    percent, standing = shown.news.percent, wording.standing(shown, utcnow())
    return jsonify(state=shown.state, over=shown.is_over, percent=percent, standing=standing)


@blueprint.post("/jobs/<int:job_id>/retry")
@permission_required(Permission.JOBS_JOB_RETRY)
def retry(job_id: int) -> Response:
    """Put a job that failed in line again."""
    row = db.session.get(Job, job_id, with_for_update=True) or abort(404)
    try:
        operations.retry(row, at=utcnow())
    except ValueError:
        abort(409)
    db.session.commit()
    flash("The job is in line again.")
    return redirect(url_for("job_pages.job", job_id=job_id))
