"""The doors to work that waits for a grade: the learner's trainer in the course, and owners; nobody to their own."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, and_, exists, select

from db import db
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer
from training.access import enrolments_in_scope
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment
from training.files.access import register_door
from training.files.models import Shelf, StoredFile
from training.grading.models import AnswerFile, AnswerToGrade
from training.models import Course, Module, QuestionVersion

GIVE = Permission.TRAINING_GRADE_GIVE


@dataclass(frozen=True)
class OpenAnswer:
    """An answer to grade with all that belongs to it."""

    answer: AnswerToGrade
    asked: AttemptQuestion
    version: QuestionVersion
    attempt: Attempt
    enrolment: Enrolment
    learner: Employee
    module: Module
    course: Course


def to_grade_by(viewer: Viewer) -> ColumnElement[bool]:
    """A criterion on Enrolment joined with its Employee: whose work `viewer` may grade."""
    return and_(enrolments_in_scope(viewer, GIVE), Enrolment.learner_id != viewer.id)


def access_answer(viewer: Viewer, answer_id: int, *, lock: bool = False) -> OpenAnswer:
    """The answer, if `viewer` may grade it; else 404. Whoever grades locks the attempt and the enrolment."""
    query = (
        select(AnswerToGrade, AttemptQuestion, QuestionVersion, Attempt, Enrolment, Employee, Module, Course)
        .join(Attempt, Attempt.id == AnswerToGrade.attempt_id)
        .join(
            AttemptQuestion,
            (AttemptQuestion.attempt_id == AnswerToGrade.attempt_id)
            & (AttemptQuestion.position == AnswerToGrade.position),
        )
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Module, Module.id == Attempt.module_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(AnswerToGrade.id == answer_id, to_grade_by(viewer))
    )
    if lock:
        query = query.with_for_update(of=[Attempt, Enrolment, AnswerToGrade, AttemptQuestion])
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return OpenAnswer(*row)


def readable_answers(viewer: Viewer) -> ColumnElement[bool]:
    """A criterion on StoredFile: handed in as an answer by somebody whose work `viewer` may grade."""
    return exists(
        select(AnswerFile.file_id)
        .join(Attempt, Attempt.id == AnswerFile.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(AnswerFile.file_id == StoredFile.id, Attempt.finished_at.is_not(None), to_grade_by(viewer))
        .correlate(StoredFile)
    )


def install_door() -> None:
    """Let those who grade read what was handed in, once the attempt is finished."""
    register_door(Shelf.ANSWER, readable_answers)
