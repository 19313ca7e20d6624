"""What-if: move the settings, see who enters and who leaves, and whether it would have been right last year."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from champions.models import ScoringRun
from champions.scores import view_log
from champions.scoring.fading import DAY
from champions.scoring.parameters import Parameters
from champions.scoring.what_if import WhatIf
from champions.shortlist import queries as shortlist_queries
from champions.what_if import changes as what_if_changes
from champions.what_if.operations import publish
from champions.what_if.picture import frontier_picture
from champions.what_if.ready import MOST_EVENTS, ready
from champions.what_if.settings import DAYS_A_MONTH, Sliders, read_sliders
from db import db, may_write, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError

blueprint = Blueprint("what_if", __name__)

SHOWN = 6  # people in each list; the others are counted


@blueprint.get("/what-if")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def what_if() -> str | tuple[str, int]:
    """The sliders, and what they change. Nothing is saved."""
    run, prepared = _run_and_data()
    if run is None or prepared is None:
        return render_template("champions/what_if_none.html", run=run, too_large=run and run.events > MOST_EVENTS)
    sliders = _sliders(request.args, run, prepared)
    return _page(run, prepared, sliders), 422 if sliders.errors else 200


@blueprint.post("/what-if")
@permission_required(Permission.CHAMPIONS_RUN_CREATE)
def apply() -> Response | tuple[str, int]:
    """Publish the settings of the form and start a run with them."""
    run, prepared = _run_and_data()
    if run is None or prepared is None:
        return redirect(url_for("what_if.what_if"))
    sliders = _sliders(request.form, run, prepared)
    reason, refusal = request.form.get("reason", ""), ""
    if not sliders.errors:
        try:
            job = publish(sliders.parameters, reason=reason, actor_id=current_user.id, at=utcnow())
        except RefusedError as error:
            refusal = str(error)
        else:
            db.session.commit()
            flash("These settings are published, and a run with them has started. The list changes when it is done.")
            return redirect(url_for("job_pages.job", job_id=job.id))
    return _page(run, prepared, sliders, reason=reason, refusal=refusal), 422


def _run_and_data() -> tuple[ScoringRun | None, WhatIf | None]:
    run = shortlist_queries.latest_run()
    if run is None or run.events > MOST_EVENTS:
        return run, None
    return run, ready(run, Path(current_app.config["INSTANCE_DIR"]))


def _sliders(given: Mapping[str, str], run: ScoringRun, prepared: WhatIf) -> Sliders:
    first = run.card["events"]["first"]
    reach = (run.as_of.timestamp() - first) / DAY if first is not None else 0.0
    return read_sliders(given, Parameters.from_json(run.parameters), prepared.kinds, math.ceil(reach / DAYS_A_MONTH))


def _page(run: ScoringRun, prepared: WhatIf, sliders: Sliders, *, reason: str = "", refusal: str = "") -> str:
    published = Parameters.from_json(run.parameters)
    redrawn = prepared.redraw(sliders.parameters)
    look = prepared.look_back(sliders.parameters, published)
    listed = {person.employee_id: person for person in shortlist_queries.people_in_bands(run.id)}
    banded = [int(text) for text, band in zip(redrawn.ids, redrawn.band, strict=True) if band != "not_shown"]
    people = shortlist_queries.people_named({*listed, *banded})
    found = what_if_changes.changes({person: item.band for person, item in listed.items()}, redrawn, frozenset(people))
    champions = shortlist_queries.champions()
    covered = {item.team for item in listed.values()}
    moved = sliders.differ
    yardstick = what_if_changes.yardstick_of(sliders.parameters.dial, published.dial)
    html = render_template(
        "champions/what_if.html",
        run=run,
        sliders=sliders,
        moved=moved,
        heading=what_if_changes.heading(found, look, moved=moved, yardstick=yardstick),
        yardstick=yardstick,
        shown=SHOWN,
        verdict=what_if_changes.verdict(look),
        found=found,
        people=people,
        champions=champions,
        covered=covered,
        look=look,
        moments=[datetime.fromtimestamp(moment, UTC) for moment in look.moments],
        compared=what_if_changes.compared(look, moved=moved),
        frontier=frontier_picture(look, sliders.parameters.dial),
        reason=reason,
        refusal=refusal,
    )
    entered = [item.employee_id for item in found.enter[:SHOWN]]
    if request.method == "GET" and entered:
        may_write()
        if view_log.note_views(entered, viewer_id=current_user.id, run_id=run.id, at=utcnow()):
            db.session.commit()
    return html
