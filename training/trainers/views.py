"""A trainer's own page and settings."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from people.refusal import RefusedError
from people.settings.company_settings import company_settings
from training.access import enrolments_in_scope
from training.learners.help import helps
from training.learners.progress import course_shapes, learners
from training.learners.queries import answers_by_topic
from training.meetings.queries import next_meetings
from training.models import Course
from training.rules.teaching_hours import usual_day, week_in_words
from training.trainers import operations as trainer_operations
from training.trainers import queries as trainer_queries
from training.trainers.forms import USUAL, PauseForm, TeachingForm
from training.trainers.lacks import lacks_of
from training.trainers.limits import ceiling_of
from training.trainers.models import TeachingSettings
from training.trainers.queries import FOR_TRAINERS
from web import zone_of

blueprint = Blueprint("teaching", __name__)
SET = Permission.TRAINING_TEACHING_SET


@blueprint.get("/teaching")
@permission_required(SET)
def teaching() -> str:
    """One's load against the limit, one's learners with what each lacks, and one's pauses."""
    at = utcnow()
    today = at.astimezone(zone_of(current_user.time_zone)).date()
    mine = enrolments_in_scope(current_user, Permission.TRAINING_LEARNER_VIEW)
    courses = course_shapes(Course.audience != FOR_TRAINERS)
    topics = answers_by_topic(mine)
    known = trainer_queries.known_trainers(at, only=current_user.id).get(current_user.id)
    return render_template(
        "training/trainers/teaching.html",
        known=known,
        room=trainer_queries.places_and_load(current_user.id),
        pauses=trainer_queries.pauses_of(current_user.id, today),
        everybody=helps(learners(courses, mine, today), courses, topics),
        lacks={enrolment: lacks_of(answers) for enrolment, answers in topics.items()},
        today=today,
        meetings=next_meetings(current_user.id, at),
    )


@blueprint.route("/teaching/settings", methods=["GET", "POST"])
@permission_required(SET)
def settings() -> str | Response | tuple[str, int]:
    """How many learners, in which languages, when and about what one teaches."""
    room, at = trainer_queries.places_and_load(current_user.id), utcnow()
    row = db.session.get(TeachingSettings, current_user.id)
    form, ceiling = _form(row, room), ceiling_of(company_settings())
    if room is not None and form.validate_on_submit():
        try:
            trainer_operations.set_teaching(
                current_user.id, form.teaching(), ceiling=ceiling, actor_id=current_user.id, at=at
            )
        except RefusedError as error:
            field = form["places" if error.field == "places" else "from_0"]
            field.errors = [*field.errors, str(error)]
        else:
            db.session.commit()
            flash("Kept. The next proposal of who teaches whom goes by it; your present learners stay.")
            return redirect(url_for("teaching.teaching"))
    week = (row.hours if row else []) or USUAL
    page = render_template(
        "training/trainers/settings.html",
        form=form,
        room=room,
        ceiling=ceiling,
        usual=usual_day(week),
        week=week_in_words(week),
    )
    return (page, 422) if form.errors else page


@blueprint.post("/teaching/pauses")
@permission_required(SET)
def pause() -> Response | tuple[str, int]:
    """Take no learners for a time."""
    form = PauseForm()
    if not form.validate_on_submit():
        flash(" ".join(text for texts in form.errors.values() for text in texts), "refused")
        return redirect(url_for("teaching.teaching"))
    first, last = form.starts_on.data, form.ends_on.data
    try:
        trainer_operations.pause(current_user.id, first, last, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash("The pause is noted. Your present learners keep their place; the programme owner is told.")
    return redirect(url_for("teaching.teaching"))


@blueprint.post("/teaching/pauses/end")
@permission_required(SET)
def end_pause() -> Response:
    """Come back from a pause, or strike out one to come."""
    pause_id = request.form.get("pause", 0, type=int)
    try:
        trainer_operations.end_pause(current_user.id, pause_id, actor_id=current_user.id, at=utcnow())
    except RefusedError as error:
        flash(str(error), "refused")
    else:
        db.session.commit()
        flash("Welcome back: the next proposal counts on you again.")
    return redirect(url_for("teaching.teaching"))


def _form(row: TeachingSettings | None, room: tuple[int, int] | None) -> TeachingForm:
    topics = trainer_queries.topics_taught()
    own = [code for code in current_user.languages.split(";") if code]
    form = TeachingForm(
        data={
            "places": room[0] if room else 0,
            "takes_learners": row is None or row.takes_learners,
            "languages": row.languages.split(";") if row and row.languages else own,
            "topics": (row.topics if row else []) or topics,
        }
    )
    form.offer(sorted({*trainer_queries.languages_spoken(utcnow()), *own}), topics)
    if request.method == "GET":
        form.show_hours(row.hours if row else [])
    return form
