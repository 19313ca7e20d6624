"""More time and more attempts for one learner: the page of whoever teaches them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from db import db, utcnow
from people.access import permission_required
from people.models import Employee
from people.permissions import Permission
from training.access import enrolments_in_scope
from training.attempts.limits import MOST_EXTRA_ATTEMPTS, MOST_EXTRA_TIME, allow
from training.enrolment_models import Enrolment
from training.models import Course, Module
from training.rules.behaviours.quiz_rules import quiz_rules

blueprint = Blueprint("allowances", __name__)
EXTEND = Permission.TRAINING_ENROLMENT_EXTEND


class AllowanceForm(FlaskForm):
    """What a learner has on top. No reason is asked for: it would often be about health."""

    extra_time = IntegerField(
        "More time, in percent",
        [InputRequired("Say how much; 0 for none."), NumberRange(0, MOST_EXTRA_TIME, "From 0 to %(max)s.")],
    )
    extra_attempts = IntegerField(
        "More attempts at each quiz",
        [InputRequired("Say how many; 0 for none."), NumberRange(0, MOST_EXTRA_ATTEMPTS, "From 0 to %(max)s.")],
    )


@blueprint.get("/allowances/<int:enrolment_id>")
@permission_required(EXTEND)
def allowance(enrolment_id: int) -> str:
    """What one learner has on top in the quizzes of a course."""
    enrolment, course, name = _access(enrolment_id)
    return _page(enrolment, course, name, AllowanceForm(formdata=None, obj=enrolment))


@blueprint.post("/allowances/<int:enrolment_id>")
@permission_required(EXTEND)
def set_allowance(enrolment_id: int) -> Response | tuple[str, int]:
    """Give it; holds for an attempt under way as well."""
    enrolment, course, name = _access(enrolment_id, lock=True)
    form = AllowanceForm()
    if not form.validate():
        return _page(enrolment, course, name, form), 422
    allow(enrolment, form.extra_time.data or 0, form.extra_attempts.data or 0, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    flash(f"Kept: it holds for {name} from now on, also for an attempt under way.")
    return redirect(url_for("allowances.allowance", enrolment_id=enrolment_id))


def _page(enrolment: Enrolment, course: Course, name: str, form: AllowanceForm) -> str:
    query = select(Module.title, Module.quiz).where(Module.course_id == course.id, Module.retired_at.is_(None))
    quizzes = [(title, quiz_rules(quiz)) for title, quiz in db.session.execute(query.order_by(Module.position))]
    return render_template(
        "training/allowance.html",
        enrolment=enrolment,
        course=course,
        name=name,
        form=form,
        limited=[(title, rules) for title, rules in quizzes if rules.minutes or rules.attempts],
    )


def _access(enrolment_id: int, lock: bool = False) -> tuple[Enrolment, Course, str]:
    """An enrolment whose learner one may give more; else 404."""
    query = (
        select(Enrolment, Course, Employee.name)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(
            Enrolment.id == enrolment_id,
            enrolments_in_scope(current_user, EXTEND),
            Enrolment.learner_id != current_user.id,
        )
    )
    row = db.session.execute(query.with_for_update(of=Enrolment) if lock else query).one_or_none() or abort(404)
    return row[0], row[1], row[2]
