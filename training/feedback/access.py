"""The door to the questions: the learner of an enrolment, and whoever teaches them in that course."""

from flask import abort
from sqlalchemy import or_, select

from db import db
from people.viewer import Viewer
from training.access import taught_by
from training.assigning.models import Assignment
from training.enrolment_models import LIVE, Enrolment
from training.feedback.models import Side
from training.models import Module


def access_asked(viewer: Viewer, enrolment_id: int, module_id: int) -> tuple[Enrolment, Side, int | None]:
    """The enrolment, the side on which one stands to it, and the learner's trainer; else 404."""
    live = (
        (Assignment.learner_id == Enrolment.learner_id)
        & (Assignment.course_id == Enrolment.course_id)
        & Assignment.ends_at.is_(None)
    )
    query = (
        select(Enrolment, Assignment.trainer_id)
        .join(Module, Module.course_id == Enrolment.course_id)
        .outerjoin(Assignment, live)
        .where(
            Enrolment.id == enrolment_id,
            Module.id == module_id,
            Enrolment.state.in_(LIVE),
            or_(Enrolment.learner_id == viewer.id, taught_by(viewer.id)),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    side = Side.LEARNER if row[0].learner_id == viewer.id else Side.TRAINER
    return row[0], side, row[1]
