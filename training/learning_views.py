"""The portal: what do I do next? First page, course, lesson, starting a quiz."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training import attempt_operations, enrolment_operations, portal_queries
from training.access import access_enrolment
from training.course_queries import ModuleLine, Outline, outline
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course, Lesson
from training.rules.progress import ModuleState
from training.rules.standing import standing
from web import zone_of

portal = Blueprint("portal", __name__)
blueprint = Blueprint("course", __name__)


@portal.get("/portal", endpoint="portal")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def first_page() -> str:
    """The next step above all; then the course, the trainer, the score."""
    mine = _my_courses()
    enrolment, course = mine[0] if mine else (None, None)
    today = utcnow().astimezone(zone_of(current_user.time_zone)).date()
    whole = outline(enrolment) if enrolment else None
    stand = None
    if enrolment and whole:
        stand = standing(
            whole.progress,
            enrolled_on=enrolment.enrolled_at.date(),
            due_on=enrolment.due_on,
            last_active_on=today if whole.progress.share > 0 else None,
            today=today,
        )
    return render_template(
        "training/portal.html",
        today=today,
        enrolment=enrolment,
        course=course,
        others=mine[1:],
        outline=whole,
        standing=stand,
        trainer=portal_queries.trainer_of(current_user.id, course.id) if course else None,
        score=portal_queries.latest_score(current_user.id),
        question=portal_queries.question_for(current_user.id),
        learners=portal_queries.is_champion_with_learners(current_user.id),
    )


@blueprint.get("/course", endpoint="course")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def my_course() -> str | Response:
    """One's own course; the one under way where there are several."""
    mine = _my_courses()
    if not mine:
        return render_template("training/no_course.html")
    return _course_page(*mine[0])


@blueprint.get("/courses/<slug>/mine")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def one_course(slug: str) -> str:
    """One of one's own courses: modules in order, what is open, what is done."""
    return _course_page(*access_enrolment(current_user, slug))


@blueprint.route("/courses/<slug>/<module_slug>/<lesson_slug>", methods=["GET", "POST"])
@permission_required(Permission.TRAINING_COURSE_TAKE)
def lesson(slug: str, module_slug: str, lesson_slug: str) -> str | Response:
    """Read a lesson; going on marks it as read."""
    enrolment, course = access_enrolment(current_user, slug, lock=request.method == "POST")
    whole = outline(enrolment)
    module = _open_module(whole, module_slug)
    line = next((one for one in module.lessons if one.slug == lesson_slug), None) or abort(404)
    if request.method == "POST":
        enrolment_operations.mark_read(enrolment, line.id, utcnow())
        db.session.commit()
        return redirect(_after(course, module, line.slug))
    row = db.session.get_one(Lesson, line.id)
    place = module.lessons.index(line)
    return render_template(
        "training/lesson.html",
        course=course,
        enrolment=enrolment,
        outline=whole,
        module=module,
        line=line,
        lesson=row,
        before=module.lessons[place - 1] if place else None,
        after=module.lessons[place + 1] if place + 1 < len(module.lessons) else None,
    )


@blueprint.post("/courses/<slug>/<module_slug>/quiz")
@permission_required(Permission.TRAINING_ATTEMPT_TAKE)
def start_quiz(slug: str, module_slug: str) -> Response:
    """Start the quiz of a module, or go on with the attempt under way. The lessons come first."""
    enrolment, _ = access_enrolment(current_user, slug, lock=True)
    module = _open_module(outline(enrolment), module_slug)
    unread = next((one for one in module.lessons if not one.read), None)
    if unread is not None:
        flash(f"Read “{unread.title}” first: the quiz asks about it.")
        return redirect(url_for("course.lesson", slug=slug, module_slug=module_slug, lesson_slug=unread.slug))
    try:
        attempt = attempt_operations.start(enrolment, module.id, utcnow())
    except attempt_operations.NothingToAskError as error:
        flash(str(error))
        return redirect(url_for("course.one_course", slug=slug))
    db.session.commit()
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


def _my_courses() -> list[tuple[Enrolment, Course]]:
    """One's live enrolments with their courses, those under way first."""
    query = (
        select(Enrolment, Course)
        .join(Course, Course.id == Enrolment.course_id)
        .where(
            Enrolment.learner_id == current_user.id,
            Enrolment.state.in_((EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)),
        )
        .order_by(Enrolment.state, Enrolment.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _course_page(enrolment: Enrolment, course: Course) -> str:
    return render_template("training/course.html", enrolment=enrolment, course=course, outline=outline(enrolment))


def _open_module(whole: Outline, slug: str) -> ModuleLine:
    """The module with this slug if it may be worked on; 404 for an unknown one, back to the course for a locked one."""
    module = next((one for one in whole.modules if one.slug == slug), None) or abort(404)
    if module.state is ModuleState.LOCKED:
        flash(f"“{module.title}” opens after the module before it.")
        abort(redirect(url_for("course.course")))
    return module


def _after(course: Course, module: ModuleLine, slug: str) -> str:
    """Where to go after a lesson: the next one, or the place where the quiz starts."""
    slugs = [one.slug for one in module.lessons]
    place = slugs.index(slug) + 1
    if place < len(slugs):
        return url_for("course.lesson", slug=course.slug, module_slug=module.slug, lesson_slug=slugs[place])
    return url_for("course.one_course", slug=course.slug) + f"#module-{module.position}"
