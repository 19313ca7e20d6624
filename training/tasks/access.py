"""The doors to tasks, to work handed in, and to the work of others that one was drawn to grade."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, exists, or_, select

from db import db
from people.access import in_scope
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer
from training.enrolment_models import LIVE, Enrolment
from training.files.access import register_door
from training.files.models import Shelf, StoredFile
from training.grading.access import to_grade_by
from training.grading.queries import add_part
from training.models import Course, Module
from training.tasks.models import HandIn, PeerReview, Task
from training.tasks.queries import in_queue


@dataclass(frozen=True)
class OpenTask:
    """A task for a learner who is in its course."""

    task: Task
    module: Module
    course: Course
    enrolment: Enrolment


@dataclass(frozen=True)
class OpenWork:
    """A piece of work with whose it is."""

    hand_in: HandIn
    task: Task
    module: Module
    course: Course
    enrolment: Enrolment
    learner: Employee
    review: PeerReview | None = None


def access_task(viewer: Viewer, task_id: int, *, lock: bool = False) -> OpenTask:
    """The task, if `viewer` is in its course; else 404."""
    query = (
        select(Task, Module, Course, Enrolment)
        .join(Module, Module.id == Task.module_id)
        .join(Course, Course.id == Module.course_id)
        .join(Enrolment, Enrolment.course_id == Course.id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Task.id == task_id, Enrolment.state.in_(LIVE), in_scope(viewer, Permission.TRAINING_COURSE_TAKE))
    )
    row = db.session.execute(query.with_for_update(of=Enrolment) if lock else query).one_or_none()
    if row is None:
        abort(404)
    return OpenTask(*row)


def access_work(viewer: Viewer, hand_in_id: int, *, lock: bool = False) -> OpenWork:
    """A piece of work, if `viewer` may grade it as trainer or owner; else 404."""
    return _work(lock, HandIn.id == hand_in_id, to_grade_by(viewer))


def access_review(viewer: Viewer, review_id: int, *, lock: bool = False) -> OpenWork:
    """The work that `viewer` was drawn to grade; else 404."""
    return _work(lock, PeerReview.id == review_id, PeerReview.peer_id == viewer.id, with_review=True)


def _work(lock: bool, *criteria: ColumnElement[bool], with_review: bool = False) -> OpenWork:
    query = (
        select(HandIn, Task, Module, Course, Enrolment, Employee, *([PeerReview] if with_review else []))
        .join(Task, Task.id == HandIn.task_id)
        .join(Module, Module.id == Task.module_id)
        .join(Enrolment, Enrolment.id == HandIn.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(*criteria)
    )
    if with_review:
        query = query.join(PeerReview, PeerReview.hand_in_id == HandIn.id)
    if lock:
        query = query.with_for_update(of=[HandIn, Enrolment, *([PeerReview] if with_review else [])])
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return OpenWork(*tuple(row))


def readable_files(viewer: Viewer) -> ColumnElement[bool]:
    """A criterion on StoredFile: handed in for a task by somebody whose work `viewer` may grade, also as a peer."""
    drawn = select(PeerReview.hand_in_id).where(PeerReview.peer_id == viewer.id)
    return exists(
        select(HandIn.id)
        .join(Enrolment, Enrolment.id == HandIn.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(HandIn.file_id == StoredFile.id, or_(HandIn.id.in_(drawn), to_grade_by(viewer)))
        .correlate(StoredFile)
    )


def install() -> None:
    """Let those who grade read the files, and put tasks into the queue."""
    register_door(Shelf.TASK, readable_files)
    add_part(in_queue)
