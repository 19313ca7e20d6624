"""The course player: the course, a lesson, the start of a quiz.

What is only read is read before the writer's lock is taken (`reads_first`): a whole course may begin at nine o'clock.
"""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from db import db, may_write, utcnow
from people.access import permission_required, reads_first
from people.permissions import Permission
from training.access import access_enrolment
from training.attempts import operations as attempt_operations
from training.attempts import queries as attempt_queries
from training.attempts.terms import terms_of
from training.courses.queries import LessonLine, ModuleLine, Outline, my_courses, outline
from training.courses.version_models import LessonVersion
from training.discussions.queries import under_lesson
from training.enrolment_models import Enrolment
from training.learning import enrolment_operations
from training.models import Course, Lesson
from training.rules.progress import ModuleState
from training.tasks.queries import task_lines

blueprint = Blueprint("course", __name__)


@blueprint.get("/course", endpoint="course")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def my_course() -> str:
    """One's own course; the one under way where there are several."""
    mine = my_courses(current_user.id)
    return _course_page(*mine[0]) if mine else render_template("training/no_course.html")


@blueprint.get("/course/<slug>")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def one_course(slug: str) -> str:
    """One of one's own courses: modules in order, what is open, what is done."""
    return _course_page(*access_enrolment(current_user, slug))


@blueprint.get("/course/<slug>/<module_slug>/<lesson_slug>")
@permission_required(Permission.TRAINING_COURSE_TAKE)
def lesson(slug: str, module_slug: str, lesson_slug: str) -> str:
    """Read a lesson."""
    enrolment, course = access_enrolment(current_user, slug)
    whole = outline(enrolment, utcnow().date())
    module = _open_module(whole, course, module_slug)
    place = module.lessons.index(_lesson(module, lesson_slug))
    return render_template(
        "training/lesson.html",
        course=course,
        enrolment=enrolment,
        outline=whole,
        module=module,
        line=module.lessons[place],
        talk=under_lesson(module.lessons[place].id),
        lesson=_text_of(module.lessons[place]),
        number=place + 1,
        before=module.lessons[place - 1] if place else None,
        after=module.lessons[place + 1] if place + 1 < len(module.lessons) else None,
    )


@blueprint.post("/course/<slug>/<module_slug>/<lesson_slug>")
@permission_required(Permission.TRAINING_COURSE_TAKE)
@reads_first
def lesson_read(slug: str, module_slug: str, lesson_slug: str) -> Response:
    """Note that a lesson was read to its end, and go on."""
    enrolment, course = access_enrolment(current_user, slug)
    module = _open_module(outline(enrolment, utcnow().date()), course, module_slug)
    line = _lesson(module, lesson_slug)
    may_write()
    enrolment, _ = access_enrolment(current_user, slug, lock=True)
    enrolment_operations.mark_read(enrolment, line.id, utcnow())
    db.session.commit()
    following = module.lessons[module.lessons.index(line) + 1 :]
    if following:
        return redirect(url_for("course.lesson", slug=slug, module_slug=module_slug, lesson_slug=following[0].slug))
    return redirect(url_for("course.one_course", slug=slug, _anchor=f"module-{module.position}"))


@blueprint.post("/course/<slug>/<module_slug>")
@permission_required(Permission.TRAINING_ATTEMPT_TAKE)
@reads_first
def start_quiz(slug: str, module_slug: str) -> Response:
    """Start the quiz of a module, or go on with the attempt under way. The lessons come first."""
    enrolment, course = access_enrolment(current_user, slug)
    module = _open_module(outline(enrolment, utcnow().date()), course, module_slug)
    unread = next((one for one in module.lessons if not one.read), None)
    if unread is not None:
        flash(f"Read “{unread.title}” first: the quiz asks about it.")
        return redirect(url_for("course.lesson", slug=slug, module_slug=module_slug, lesson_slug=unread.slug))
    may_write()
    enrolment, _ = access_enrolment(current_user, slug, lock=True)
    at = utcnow()
    try:
        attempt = attempt_operations.start(enrolment, module.id, at)
    except (attempt_operations.NothingToAskError, attempt_operations.NoAttemptLeftError) as error:
        flash(str(error))
        return redirect(url_for("course.one_course", slug=slug))
    db.session.commit()
    position = 1 if attempt.started_at == at else attempt_queries.first_open(attempt.id)
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=position))


def _course_page(enrolment: Enrolment, course: Course) -> str:
    whole = outline(enrolment, utcnow().date())
    return render_template(
        "training/course.html",
        enrolment=enrolment,
        course=course,
        outline=whole,
        tasks=task_lines(enrolment),
        terms=terms_of(enrolment, whole.modules),
    )


def _text_of(line: LessonLine) -> Lesson | LessonVersion:
    """What a lesson says in the version that the learner began."""
    if line.text_id is None:
        return db.session.get_one(Lesson, line.id)
    return db.session.get_one(LessonVersion, line.text_id)


def _lesson(module: ModuleLine, slug: str) -> LessonLine:
    return next((one for one in module.lessons if one.slug == slug), None) or abort(404)


def _open_module(whole: Outline, course: Course, slug: str) -> ModuleLine:
    """The module with this slug if it may be worked on; 404 for an unknown one, back to the course for a locked one."""
    module = next((one for one in whole.modules if one.slug == slug), None) or abort(404)
    if module.state is ModuleState.LOCKED:
        flash(" ".join(module.closed_because) or f"“{module.title}” is not open yet.")
        abort(redirect(url_for("course.one_course", slug=course.slug)))
    return module
