"""Practice: what is due today, one question at a time with its explanation, pauses; and what a module leaves behind."""

from datetime import date, timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training.courses.report_queries import module_lines
from training.models import Course
from training.practice import operations, queries
from training.practice.forms import PauseForm
from training.rules.attempts import question_seed
from training.rules.kinds.catalogue import kind_of
from training.rules.practice.portion import PORTION
from training.wording import answer_lines, right_lines
from web import day, zone_of

blueprint = Blueprint("practice", __name__)
TAKE = Permission.TRAINING_PRACTICE_TAKE


@blueprint.get("/practice")
@permission_required(TAKE)
def practice() -> str:
    """What is due today, and when the next comes."""
    form = PauseForm(formdata=None)
    return _page(form)


@blueprint.get("/practice/<int:card_id>")
@permission_required(TAKE)
def card(card_id: int) -> str:
    """One question; once answered today, what was right and why."""
    today = _today()
    found = queries.card_with_question(card_id, current_user.id) or abort(404)
    own, version, module = found
    given = queries.answer_of(card_id, today)
    state = queries.practice_today(current_user.id, today)
    if given is None:
        if own.due_on > today:
            abort(404)
        seed = question_seed(card_id, today.toordinal())
        shown = kind_of(version.specification).shown(version.specification, seed, {})
        return render_template(
            "training/practice/question.html", card=own, version=version, module=module, state=state, shown=shown
        )
    answer, asked = given
    kind = kind_of(asked.specification)
    graded = kind.grade(asked.specification, answer.answer)
    return render_template(
        "training/practice/answer.html",
        card=own,
        version=asked,
        module=module,
        state=state,
        graded=graded,
        lines=answer_lines(asked.kind, kind.summary(asked.specification, answer.answer), graded.parts),
        right=right_lines(asked.specification),
    )


@blueprint.post("/practice/<int:card_id>")
@permission_required(TAKE)
def answer(card_id: int) -> Answer:
    """Keep the answer to a question that is due, once a day, and show what was right."""
    today = _today()
    found = queries.card_with_question(card_id, current_user.id, lock=True) or abort(404)
    own, version, _ = found
    if own.due_on <= today:
        given = kind_of(version.specification).parse(version.specification, request.form.to_dict(flat=False))
        operations.keep_answer(own, version, given, today=today, at=utcnow())
        db.session.commit()
    return redirect(url_for("practice.card", card_id=card_id))


@blueprint.post("/practice/pause")
@permission_required(TAKE)
def pause() -> Answer | tuple[str, int]:
    """Rest for a week, a month, or until one goes on."""
    form = PauseForm()
    if not form.validate_on_submit():
        return _page(form), 422
    until = None if form.days.data == "open" else _today() + timedelta(days=int(form.days.data))
    operations.pause(current_user.id, until, utcnow())
    db.session.commit()
    flash(f"Practice rests until {day(until)}." if until else "Practice rests until you go on.")
    return redirect(url_for("practice.practice"))


@blueprint.post("/practice/go-on")
@permission_required(TAKE)
def go_on() -> Answer:
    """End the pause."""
    operations.go_on(current_user.id)
    db.session.commit()
    return redirect(url_for("practice.practice"))


@blueprint.get("/courses/<slug>/retention")
@permission_required(Permission.TRAINING_COURSE_MANAGE)
def retention(slug: str) -> str:
    """How much of each module is still known 7, 30 and 90 days after it was passed."""
    course = db.session.scalars(select(Course).where(Course.slug == slug)).one_or_none() or abort(404)
    return render_template(
        "training/practice/retention.html",
        course=course,
        modules=module_lines(course.id),
        curves=queries.curves_of(course.id),
    )


def _page(form: PauseForm) -> str:
    state = queries.practice_today(current_user.id, _today())
    rule = current_app.config["PRACTICE_SCHEDULE"]
    return render_template("training/practice/today.html", state=state, form=form, portion=PORTION, rule=rule)


def _today() -> date:
    """Today where the learner lives."""
    return utcnow().astimezone(zone_of(current_user.time_zone)).date()
