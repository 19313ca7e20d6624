"""The waves of a course: who starts when, by lot, and the few whom an owner moved with a reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from training.assigning import wave_operations, wave_queries
from training.assigning.queries import starter_course
from web import page_number

blueprint = Blueprint("waves", __name__)
PUBLISH = Permission.TRAINING_ASSIGNMENT_PUBLISH


class WaveForm(FlaskForm):
    """Whom to move, to which wave, and why."""

    learner_id = IntegerField("Learner", [InputRequired("Choose the learner.")])
    wave = IntegerField("Wave", [InputRequired("Name the wave.")])
    reason = StringField("Why", [InputRequired("Give the reason in a sentence.")])


@blueprint.get("/assignments/waves")
@permission_required(PUBLISH)
def waves() -> str:
    """The draw, the waves, and who is in them."""
    course = starter_course()
    drawn = wave_queries.draws(course.id) if course else ()
    started = max((draw.started for draw in drawn), default=0)
    wave = request.args.get("wave", type=int)
    moved = request.args.get("moved") == "1"
    name = request.args.get("name", "")
    return render_template(
        "training/waves.html",
        course=course,
        draws=drawn,
        waves=wave_queries.waves(course.id, started) if drawn and course else [],
        members=wave_queries.members(course.id, page_number(), wave=wave, text=name, moved=moved)
        if drawn and course
        else None,
        wave=wave,
        moved=moved,
    )


@blueprint.post("/assignments/waves")
@permission_required(PUBLISH)
def move() -> Response:
    """Move one learner to another wave."""
    form, course = WaveForm(), starter_course()
    if not form.validate_on_submit() or course is None:
        flash("Name the wave, and give the reason in a sentence. Nothing was changed.", "refused")
        return redirect(url_for("waves.waves"))
    try:
        wave_operations.override(
            course.id, form.learner_id.data, form.wave.data, form.reason.data or "",
            actor_id=current_user.id, at=utcnow(),
        )  # fmt: skip
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash(f"Moved to wave {form.wave.data}. This person is left out of every comparison of waves.")
    return redirect(url_for("waves.waves", moved=1))
