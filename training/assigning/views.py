"""Assignments: who teaches whom now, a proposal with every reason, publish it, take it back."""

from pathlib import Path

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from jobs.operations import enqueue
from jobs.queries import job_view
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from training.assigning import operations as plan_operations
from training.assigning import queries as plan_queries
from training.assigning.happenings import TO_DO, WORDS, What, in_words
from training.assigning.models import Plan, PlanState
from training.assigning.operations import COURSE_TIME, EVEN, STAY, UNDO_WITHIN
from training.assigning.telling import tell_of_publishing, tell_of_undoing
from training.trainers.operations import WATCH
from web import page_number

blueprint = Blueprint("assignments", __name__)
NAMES_SHOWN = 12
PUBLISH = Permission.TRAINING_ASSIGNMENT_PUBLISH


@blueprint.get("/assignments")
@permission_required(PUBLISH)
def assignments() -> str:
    """Who has a trainer now, who teaches how many, and the proposals so far."""
    course = plan_queries.starter_course()
    if course is None:
        return render_template("training/no_course_to_assign.html")
    return render_template(
        "training/assignments.html",
        course=course,
        standing=plan_queries.standing(course.id, utcnow()),
        plans=plan_queries.latest_plans(course.id),
        happened=_happened(course.id),
        PlanState=PlanState,
    )


@blueprint.post("/assignments")
@permission_required(PUBLISH)
def propose() -> Response:
    """Ask for a proposal with the two sliders' steps; it is computed as a job."""
    course = plan_queries.starter_course() or abort(409)
    stay = min(max(request.form.get("stay", STAY, type=int), 0), 5)
    even = min(max(request.form.get("even", EVEN, type=int), 0), 5)
    plan = plan_operations.ask(course.id, stay=stay, even=even, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    flash("The proposal is being made. Nothing changes before you publish it.")
    return redirect(url_for("assignments.plan", plan_id=plan.id))


@blueprint.get("/assignments/changes")
@permission_required(PUBLISH)
def since() -> str:
    """What has happened since the last plan, to whom, and what becomes of it."""
    course = plan_queries.starter_course()
    watch = plan_queries.watch_of(course.id) if course else None
    happened = watch.happened if watch else {}
    shown = {one for ids in happened.values() for one in ids[:NAMES_SHOWN]}
    return render_template(
        "training/since.html",
        watch=watch,
        happened=[(what, happened[what]) for what in What if happened.get(what)],
        names=plan_queries.names_of(shown) if shown else {},
        plan=db.session.get(Plan, watch.since_plan_id) if watch else None,
        ready=next((row for row, _ in plan_queries.latest_plans(course.id, 5) if row.state == PlanState.READY), None)
        if course
        else None,
        most=NAMES_SHOWN,
        WORDS=WORDS,
        TO_DO=TO_DO,
    )


@blueprint.post("/assignments/changes")
@permission_required(PUBLISH)
def look_now() -> Response:
    """Ask the watch to look at once."""
    job = enqueue(WATCH, {}, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    return redirect(url_for("job_pages.job", job_id=job.id))


@blueprint.get("/assignments/<int:plan_id>")
@permission_required(PUBLISH)
def plan(plan_id: int) -> str:
    """One proposal: pairs and why, loads, leftovers and their cure, what changes, the price of staying."""
    row = plan_queries.access_plan(plan_id)
    if row.state == PlanState.COMPUTING:
        job = job_view(row.job_id, Path(current_app.config["INSTANCE_DIR"])) if row.job_id else None
        return render_template("training/plan_computing.html", plan=row, job=job)
    trainer_id = request.args.get("trainer", type=int)
    return render_template(
        "training/plan.html",
        plan=row,
        summary=row.summary,
        pairs=plan_queries.pairs(plan_id, page_number(), trainer_id=trainer_id, text=request.args.get("name", "")),
        leftovers=plan_queries.leftovers(plan_id),
        loads=plan_queries.loads_of(row.summary),
        idle=plan_queries.idle_of(row.summary),
        changes=plan_queries.changes(plan_id),
        trainer_id=trainer_id,
        due=utcnow() + COURSE_TIME,
        may_undo=row.published_at is not None and utcnow() <= row.published_at + UNDO_WITHIN,
        PlanState=PlanState,
    )


@blueprint.post("/assignments/<int:plan_id>/publish")
@permission_required(PUBLISH)
def publish(plan_id: int) -> Response:
    """Make the proposal real."""
    row, at = plan_queries.access_plan(plan_id, lock=True), utcnow()
    try:
        number = plan_operations.publish(row, actor_id=current_user.id, at=at)
    except RefusedError as error:
        flash(str(error))
        return redirect(url_for("assignments.plan", plan_id=plan_id))
    tell_of_publishing(row, at=at)
    db.session.commit()
    flash(f"Published: {number} new pairs, and everybody concerned is told. You can take it back within a day.")
    return redirect(url_for("assignments.assignments"))


@blueprint.post("/assignments/<int:plan_id>/undo")
@permission_required(PUBLISH)
def undo(plan_id: int) -> Response:
    """Take a published proposal back."""
    row, at = plan_queries.access_plan(plan_id, lock=True), utcnow()
    try:
        number = plan_operations.undo(row, actor_id=current_user.id, at=at)
        tell_of_undoing(row, at=at)
    except RefusedError as error:
        flash(str(error))
    else:
        db.session.commit()
        flash(f"Taken back: {number} pairs ended, and those before them live again.")
    return redirect(url_for("assignments.assignments"))


@blueprint.post("/assignments/<int:plan_id>/discard")
@permission_required(PUBLISH)
def discard(plan_id: int) -> Response:
    """Put a proposal away."""
    row = plan_queries.access_plan(plan_id, lock=True)
    try:
        plan_operations.discard(row)
    except RefusedError as error:
        flash(str(error))
    else:
        db.session.commit()
        flash("The proposal is put away. Nothing was changed.")
    return redirect(url_for("assignments.assignments"))


def _happened(course_id: int) -> list[str]:
    """What the watch saw last, in words."""
    watch = plan_queries.watch_of(course_id)
    return in_words(watch.happened) if watch else []
