"""The pages of who runs the courses: all courses, one course with its item analysis, one question."""

from flask import Blueprint, abort, render_template
from flask_login import current_user
from sqlalchemy import exists, select

from db import db
from people.access import permission_required
from people.permissions import Permission
from training.assigning.models import Assignment
from training.courses import report_queries as reads
from training.courses.analysis import analyse_course, given_answers
from training.models import Course
from training.rules.items import FEWEST_ANSWERS
from training.rules.kinds.catalogue import KINDS, NOT_GRADED
from training.wording import answer_lines, right_lines

blueprint = Blueprint("courses", __name__)
MANAGE, ANALYSE = Permission.TRAINING_COURSE_MANAGE, Permission.TRAINING_COURSE_ANALYSE


@blueprint.get("/courses", endpoint="courses")
@permission_required(MANAGE)
def all_courses() -> str:
    """Every course: who learns, who is done, how many pass at the first attempt."""
    return render_template("training/courses.html", courses=reads.course_lines())


@blueprint.get("/courses/<slug>")
@permission_required(ANALYSE)
def course_detail(slug: str) -> str:
    """One course: the questions to mend first, its modules, every question with what its answers say."""
    course = _access_course(slug)
    questions = reads.current_questions(course.id)
    answers = reads.first_answers([one.version.id for one in questions])
    return render_template(
        "training/course_detail.html",
        course=course,
        line=next(one for one in reads.course_lines() if one.slug == slug),
        modules=reads.module_lines(course.id),
        questions=questions,
        by_id={one.id: one for one in questions},
        analysis=analyse_course(questions, answers),
        kinds=KINDS,
        fewest=FEWEST_ANSWERS,
    )


@blueprint.get("/courses/<slug>/questions/<int:question_id>")
@permission_required(ANALYSE)
def question_detail(slug: str, question_id: int) -> str:
    """One question with its key: what was answered, by how many, and how well they did on the rest."""
    course = _access_course(slug)
    questions = reads.current_questions(course.id)
    question = next((one for one in questions if one.id == question_id), None) or abort(404)
    version = question.version
    asked = [one for one in questions if one.module_id == question.module_id and one.version.kind not in NOT_GRADED]
    answers = reads.first_answers([one.version.id for one in asked]) if question in asked else []
    said = reads.answers_in_words(version.id, [row[0] for row in answers if row[1] == version.id])
    lines = {one: [line.words for line in answer_lines(version.kind, *words)] for one, words in said.items()}
    analysis = analyse_course(asked, answers, most=len(asked))
    return render_template(
        "training/question_detail.html",
        course=course,
        module=next(one for one in reads.module_lines(course.id) if one.id == question.module_id),
        question=question,
        item=analysis.items.get(question.id),
        mend=next((one for number, one in analysis.mend if number == question.id), None),
        given=given_answers(asked, answers, version.id, lines) if lines else [],
        unanswered=sum(not words for words in lines.values()),
        right=[line.words for line in right_lines(version.specification)],
        versions=reads.versions_of(question.id),
        kinds=KINDS,
        fewest=FEWEST_ANSWERS,
    )


def _access_course(slug: str) -> Course:
    """The course with this slug, if one runs the courses or teaches somebody in it; else 404."""
    query = select(Course).where(Course.slug == slug)
    if not current_user.may_about_all(ANALYSE):
        live = (Assignment.trainer_id == current_user.id, Assignment.ends_at.is_(None))
        query = query.where(exists().where(Assignment.course_id == Course.id, *live))
    return db.session.scalars(query).one_or_none() or abort(404)
