"""What an owner sees of trainers, may waive, and notes about people who shall not be paired."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from people.settings.company_settings import company_settings
from training.trainers import operations as trainer_operations
from training.trainers import queries as trainer_queries
from training.trainers.forms import ApartForm, WaiverForm
from training.trainers.limits import ceiling_of

blueprint = Blueprint("trainers", __name__)
MANAGE = Permission.TRAINING_TRAINER_MANAGE


@blueprint.get("/trainers")
@permission_required(MANAGE)
def trainers() -> str:
    """Every trainer: load and limit, course, pauses; and who is kept apart."""
    return _page(ApartForm(formdata=None))


@blueprint.post("/trainers/waivers")
@permission_required(MANAGE)
def waive() -> Response:
    """Let a trainer begin without the course for trainers."""
    form = WaiverForm()
    if not form.validate_on_submit():
        flash("Give the reason in a sentence; nothing was changed.", "refused")
        return redirect(url_for("trainers.trainers"))
    try:
        trainer_operations.waive_course(
            form.trainer_id.data, form.reason.data or "", actor_id=current_user.id, at=utcnow()
        )
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash("Waived. The next proposal counts on this trainer.")
    return redirect(url_for("trainers.trainers"))


@blueprint.post("/trainers/kept-apart")
@permission_required(MANAGE)
def keep_apart() -> Response | tuple[str, int]:
    """Note that no plan may pair two people."""
    form = ApartForm()
    if form.validate_on_submit():
        names = {"one": form.one.data or "", "other": form.other.data or ""}
        try:
            ids = {field: _called(field, name) for field, name in names.items()}
            trainer_operations.keep_apart(
                ids["one"], ids["other"], form.reason.data or "", actor_id=current_user.id, at=utcnow()
            )
        except RefusedError as error:
            form[error.field or "one"].errors = [str(error)]
        else:
            db.session.commit()
            flash("Noted. No plan pairs these two from now on; if they are a pair now, the next one ends it.")
            return redirect(url_for("trainers.trainers"))
    return _page(form), 422


@blueprint.post("/trainers/kept-apart/end")
@permission_required(MANAGE)
def let_together() -> Response:
    """End what keeps two people apart."""
    kept_id = request.form.get("kept", 0, type=int)
    try:
        trainer_operations.let_together(kept_id, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash("Ended. The next proposal may pair these two.")
    return redirect(url_for("trainers.trainers"))


def _called(field: str, name: str) -> int:
    try:
        return trainer_operations.employee_called(name)
    except RefusedError as error:
        raise RefusedError(str(error), field) from None


def _page(form: ApartForm) -> str:
    lines = trainer_queries.trainer_lines(utcnow())
    return render_template(
        "training/trainers/trainers.html",
        lines=lines,
        reasons=trainer_queries.waiver_reasons(),
        apart=trainer_queries.pairs_kept_apart(),
        form=form,
        ceiling=ceiling_of(company_settings()),
        untrained=[line for line in lines if not line.known.trained],
    )
