"""The trainer's pages: whom do I help today, and with what? All learners, and one."""

from datetime import date

from flask import Blueprint, abort, render_template, request
from flask_login import current_user
from sqlalchemy import true

from db import utcnow
from people.access import permission_required
from people.permissions import Permission
from training.access import enrolments_in_scope
from training.courses.queries import outline
from training.enrolment_models import Enrolment
from training.learners.help import Help, Need, help_for, helps
from training.learners.progress import course_shapes, learners
from training.learners.queries import answers_by_topic, taught_learner
from training.meetings.queries import next_meetings
from training.models import Course
from training.rules.standing import Status
from web import Page, page_number, zone_of

blueprint = Blueprint("learners", __name__)
VIEW = Permission.TRAINING_LEARNER_VIEW
LEARNERS_A_PAGE = 25


@blueprint.get("/learners", endpoint="learners")
@permission_required(VIEW)
def all_learners() -> str:
    """Everybody whom one teaches, those who need help first."""
    mine, today = enrolments_in_scope(current_user, VIEW), _today()
    courses = course_shapes(true())
    everybody = helps(learners(courses, mine, today), courses, answers_by_topic(mine))
    shown = _searched(everybody, request.args.get("q", ""), request.args.get("status", ""))
    number, size = page_number(), LEARNERS_A_PAGE
    return render_template(
        "training/learners.html",
        everybody=everybody,
        waiting=[one for one in everybody if one.need is not Need.NONE],
        page=Page(shown[(number - 1) * size : number * size], number, len(shown), size),
        courses=courses,
        today=today,
        meetings=next_meetings(current_user.id, utcnow()),
        Need=Need,
        Status=Status,
    )


@blueprint.get("/learners/<int:employee_id>")
@permission_required(VIEW)
def learner(employee_id: int) -> str:
    """One learner: how far, which quizzes, what is weak, and what would help. What was answered is not shown here."""
    mine, today = enrolments_in_scope(current_user, VIEW), _today()
    taught = taught_learner(employee_id, request.args.get("course", ""), mine) or abort(404)
    enrolment, course = taught[0].enrolment, taught[0].course
    shapes, this = course_shapes(Course.id == course.id), Enrolment.id == enrolment.id
    progress = learners(shapes, this, today) or abort(404)
    topics = answers_by_topic(this).get(enrolment.id, [])
    return render_template(
        "training/learner.html",
        taught=taught[0],
        others=taught[1:],
        help=help_for(progress[0], shapes[0], topics),
        outline=outline(enrolment),
        topics=topics,
        today=today,
        Status=Status,
    )


def _today() -> date:
    return utcnow().astimezone(zone_of(current_user.time_zone)).date()


def _searched(everybody: list[Help], words: str, status: str) -> list[Help]:
    """Those whose name or team holds the words, and who stand as asked for."""
    wanted = words.strip().casefold()
    return [
        one
        for one in everybody
        if (not wanted or wanted in f"{one.learner.name} {one.learner.team}".casefold())
        and (status not in set(Status) or one.learner.standing.status == status)
    ]
