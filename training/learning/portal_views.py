"""The portal's first page: what do I do next?"""

from flask import Blueprint, render_template
from flask_login import current_user

from db import utcnow
from people.access import permission_required
from people.permissions import Permission
from training.courses.queries import Outline, my_courses, outline
from training.enrolment_models import Enrolment
from training.learning import portal_queries
from training.meetings.queries import next_meetings
from training.practice.queries import due_today
from training.rules.standing import Standing, standing
from web import DAYS, zone_of

blueprint = Blueprint("portal", __name__)


@blueprint.get("/portal", endpoint="portal")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def first_page() -> str:
    """The next step above all; then the course, the trainer, the score."""
    mine = my_courses(current_user.id)
    enrolment, course = mine[0] if mine else (None, None)
    whole = outline(enrolment) if enrolment else None
    at = utcnow()
    today = at.astimezone(zone_of(current_user.time_zone)).date()
    mine_stands = portal_queries.my_standing(current_user.id, at)
    return render_template(
        "training/portal.html",
        today=today,
        weekday=DAYS[today.weekday()],
        enrolment=enrolment,
        course=course,
        others=mine[1:],
        outline=whole,
        standing=_standing(enrolment, whole) if enrolment and whole else None,
        trainer=portal_queries.trainer_of(current_user.id, course.id) if course else None,
        practice=due_today(current_user.id, today),
        score=mine_stands.score,
        question=portal_queries.question_for(current_user.id),
        learners=mine_stands.learners,
        asked=mine_stands.questions,
        meetings=next_meetings(current_user.id, at),
    )


def _standing(enrolment: Enrolment, whole: Outline) -> Standing:
    """How one stands today, where one lives."""
    zone = zone_of(current_user.time_zone)
    last = whole.last_active_at
    return standing(
        whole.progress,
        enrolled_on=enrolment.enrolled_at.astimezone(zone).date(),
        due_on=enrolment.due_on,
        last_active_on=last.astimezone(zone).date() if last else None,
        today=utcnow().astimezone(zone).date(),
    )
