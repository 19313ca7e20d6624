"""Grade a question again: choose, look at who would change and how, then do it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission
from training.models import Course, Module, Question, QuestionVersion
from training.regrading import queries as reads
from training.regrading.forms import AS_ASKED, ChoiceForm, RegradeForm
from training.regrading.operations import NotRegradedError, decide
from training.regrading.queries import Wanted
from training.rules.kinds.catalogue import kind_of

blueprint = Blueprint("regrading", __name__)
MANAGE = Permission.TRAINING_COURSE_MANAGE
MOST_SHOWN = 100


@blueprint.get("/courses/<slug>/questions/<int:question_id>/regrade")
@permission_required(MANAGE)
def regrade(slug: str, question_id: int) -> str:
    """Choose a version; once chosen, who would change and how."""
    return _page(slug, question_id, RegradeForm(formdata=None))


@blueprint.post("/courses/<slug>/questions/<int:question_id>/regrade")
@permission_required(MANAGE)
def regrade_now(slug: str, question_id: int) -> Response | tuple[str, int]:
    """Decide it. The work is a job, and the decision on record."""
    course, _, question = _access_question(slug, question_id)
    form, choice = RegradeForm(), _choice(question.id)
    wanted = _wanted(question.id, choice)
    if wanted is None or not form.validate():
        return _page(slug, question_id, form), 422
    try:
        row = decide(wanted, form.reason.data or "", actor_id=current_user.id, at=utcnow())
    except NotRegradedError as error:
        flash(str(error), "refused")
        return redirect(url_for("regrading.regrade", slug=course.slug, question_id=question.id))
    db.session.commit()
    return redirect(url_for("job_pages.job", job_id=row.job_id))


def _page(slug: str, question_id: int, form: RegradeForm) -> str:
    course, module, question = _access_question(slug, question_id)
    versions, choice = reads.versions_of(question.id), _choice(question.id)
    wanted = _wanted(question.id, choice)
    return render_template(
        "training/regrading.html",
        course=course,
        module=module,
        question=question,
        versions=versions,
        rights={one.id: _right(one) for one in versions},
        asked=reads.finished_by_version(question.id),
        before=reads.regradings_of(question.id),
        choice=choice,
        form=form,
        wanted=wanted,
        found=reads.dry_run(wanted) if wanted else None,
        most=MOST_SHOWN,
        as_asked=AS_ASKED,
    )


def _choice(question_id: int) -> ChoiceForm:
    """The choice as the address says it; the newest version and all answers where it says nothing."""
    versions = reads.versions_of(question_id)
    chosen = "version" in request.args
    form = ChoiceForm(request.args if chosen else None, keep=True, version=versions[0].id)
    form.version.choices = [(one.id, f"Version {one.number}") for one in versions] + [(AS_ASKED, "Each as asked")]
    form.asked.choices = [(one.id, f"Version {one.number}") for one in versions]
    if not chosen:
        form.asked.data = [one.id for one in versions]
    return form


def _wanted(question_id: int, choice: ChoiceForm) -> Wanted | None:
    if "version" not in request.args or not choice.validate() or not choice.asked.data:
        return None
    return Wanted(question_id, frozenset(choice.asked.data), choice.version.data or None, bool(choice.keep.data))


def _right(version: QuestionVersion) -> str:
    return kind_of(version.specification).right_answer(version.specification)


def _access_question(slug: str, question_id: int) -> tuple[Course, Module, Question]:
    """The question of this course, retired ones too; else 404. Who may manage courses may manage all."""
    query = (
        select(Course, Module, Question)
        .join(Module, Module.course_id == Course.id)
        .join(Question, Question.module_id == Module.id)
        .where(Course.slug == slug, Question.id == question_id)
    )
    row = db.session.execute(query).one_or_none() or abort(404)
    return row[0], row[1], row[2]
