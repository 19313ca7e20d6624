"""Would we have been right? The backtest on the company's own past, and a button to look again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.backtest import operations as backtest_operations
from champions.backtest import queries as backtest_queries
from champions.scores import view_log
from champions.shortlist import queries as shortlist_queries
from db import db, may_write, utcnow
from jobs.operations import enqueue
from people.access import permission_required
from people.permissions import Permission

blueprint = Blueprint("looking_back", __name__)


@blueprint.get("/looking-back")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def looking_back() -> str:
    """The latest backtest: the verdict, the figures, and each earlier day with names."""
    row = backtest_queries.latest()
    run = shortlist_queries.latest_run()
    if row is None:
        return render_template("champions/looking_back_none.html", run=run, in_line=backtest_operations.in_line())
    days = backtest_queries.days(row)
    html = render_template(
        "champions/looking_back.html",
        row=row,
        run=run,
        days=days,
        both=backtest_queries.figures(row, "both"),
        results=backtest_queries.figures(row, "results"),
        aim=backtest_queries.figures(row, "aim"),
        gap=backtest_queries.figures(row, "gap"),
        words=backtest_queries.WORDS,
        earlier=backtest_queries.earlier(row.id),
    )
    if run is not None:
        may_write()
        people = backtest_queries.ids(days)
        if view_log.note_views(people, viewer_id=current_user.id, run_id=run.id, at=utcnow()):
            db.session.commit()
    return html


@blueprint.post("/looking-back")
@permission_required(Permission.CHAMPIONS_RUN_CREATE)
def look() -> Response:
    """Look back anew over everything known by now, as a job."""
    payload = {"actor_id": current_user.id}
    job = enqueue(backtest_operations.KIND, payload, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    flash("We are looking back. You may leave this page: it goes on.")
    return redirect(url_for("job_pages.job", job_id=job.id))
