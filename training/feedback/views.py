"""The two questions after a module, and what was answered to them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from training.feedback import operations, queries
from training.feedback.access import access_asked
from training.feedback.models import Reply, Side

blueprint = Blueprint("feedback", __name__)
MOST = 20


@blueprint.get("/feedback", endpoint="feedback")
@permission_required(Permission.TRAINING_FEEDBACK_GIVE)
def questions() -> str:
    """What one is asked at present, as a learner and as a trainer."""
    waiting = queries.questions_for(current_user.id, utcnow())
    return render_template("training/feedback/feedback.html", waiting=waiting, shown=waiting[:MOST], Side=Side)


@blueprint.post("/feedback/<int:enrolment_id>/<int:module_id>")
@permission_required(Permission.TRAINING_FEEDBACK_GIVE)
def answer(enrolment_id: int, module_id: int) -> Response:
    """Answer, or pass by; one is not asked again about this module."""
    enrolment, side, trainer_id = access_asked(current_user, enrolment_id, module_id)
    skip = request.form.get("deed") == "skip"
    helped, worth_it = (None, None) if skip else (_reply("helped"), _reply("worth_it"))
    try:
        if not skip and helped is None:
            raise RefusedError("Answer both questions, or pass them by.")
        operations.answer(
            enrolment, module_id, side, trainer_id=trainer_id, helped=helped, worth_it=worth_it, at=utcnow()
        )
    except RefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return redirect(url_for("feedback.feedback"))
    db.session.commit()
    flash("Passed by. You are not asked about it again." if skip else "Thank you. Your answer counts.")
    return redirect(url_for("feedback.feedback"))


@blueprint.get("/feedback/results")
@permission_required(Permission.TRAINING_FEEDBACK_VIEW)
def results() -> str:
    """What was answered: about oneself as a trainer; for owners about every module and trainer."""
    sees_all = current_user.may_about_all(Permission.TRAINING_FEEDBACK_VIEW)
    return render_template(
        "training/feedback/results.html",
        about_me=queries.about_trainer(current_user.id),
        mine=queries.own_answers(current_user.id),
        sees_all=sees_all,
        modules=queries.by_module(Side.LEARNER) if sees_all else [],
        trainers=queries.by_trainer() if sees_all else [],
        fewest=queries.FEWEST,
    )


def _reply(name: str) -> Reply | None:
    text = request.form.get(name, "")
    return Reply(text) if text in set(Reply) else None
