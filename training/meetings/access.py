"""The doors to meetings, office hours and worksheets. What is somebody else's is 404."""

from flask import abort
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db import db
from people.access import in_scope
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer
from training.assigning.models import Assignment
from training.meetings.models import Meeting, MeetingSeat, OfficeHours, SeatState


def teaches(learner_id: int, trainer_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """A criterion: this trainer teaches this learner now."""
    return exists().where(
        Assignment.learner_id == learner_id, Assignment.trainer_id == trainer_id, Assignment.ends_at.is_(None)
    )


def may_come(learner_id: int) -> ColumnElement[bool]:
    """A criterion on Meeting: on its roster, or open to the learners of its trainer, of whom this is one."""
    seat = MeetingSeat.__table__.alias()
    seated = exists().where(seat.c.meeting_id == Meeting.id, seat.c.learner_id == learner_id).correlate(Meeting)
    return or_(seated, Meeting.is_open & teaches(learner_id, Meeting.trainer_id))


def access_meeting(viewer: Viewer, meeting_id: int) -> Meeting:
    """A meeting that one offers or may come to; else 404."""
    mine = or_(Meeting.trainer_id == viewer.id, may_come(viewer.id))
    return _one(select(Meeting).where(Meeting.id == meeting_id, mine))


def access_bookable(viewer: Viewer, meeting_id: int) -> Meeting:
    """A meeting that one may come to as a learner, locked; else 404."""
    criteria = (Meeting.id == meeting_id, Meeting.trainer_id != viewer.id, may_come(viewer.id))
    return _one(select(Meeting).where(*criteria).with_for_update(of=Meeting))


def access_offered(viewer: Viewer, meeting_id: int, *, lock: bool = True) -> Meeting:
    """A meeting that one offers oneself, locked for a change; else 404."""
    query = select(Meeting).where(Meeting.id == meeting_id, Meeting.trainer_id == viewer.id)
    return _one(query.with_for_update() if lock else query)


def access_own_hours(viewer: Viewer, hours_id: int) -> OfficeHours:
    """One's own office hours, locked; else 404."""
    query = select(OfficeHours).where(OfficeHours.id == hours_id, OfficeHours.trainer_id == viewer.id)
    return _one(query.with_for_update())


def access_hours(viewer: Viewer, hours_id: int) -> OfficeHours:
    """Office hours of one's own trainer, locked; else 404."""
    query = select(OfficeHours).where(OfficeHours.id == hours_id, teaches(viewer.id, OfficeHours.trainer_id))
    return _one(query.with_for_update(of=OfficeHours))


def access_worksheet(
    viewer: Viewer, meeting_id: int, learner_id: int, *, lock: bool = False
) -> tuple[Meeting, MeetingSeat]:
    """A meeting and the learner's seat in it, for the two of them alone; else 404."""
    query = (
        select(Meeting, MeetingSeat)
        .join(MeetingSeat, MeetingSeat.meeting_id == Meeting.id)
        .join(Employee, Employee.id == MeetingSeat.learner_id)
        .where(
            Meeting.id == meeting_id,
            MeetingSeat.learner_id == learner_id,
            MeetingSeat.state.in_((SeatState.INVITED, SeatState.BOOKED)),
            or_(Meeting.trainer_id == viewer.id, MeetingSeat.learner_id == viewer.id),
            or_(in_scope(viewer, Permission.TRAINING_WORKSHEET_WRITE), Meeting.trainer_id == viewer.id),
        )
    )
    row = db.session.execute(query.with_for_update(of=MeetingSeat) if lock else query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]


def _one(query):  # type: ignore[no-untyped-def]  # a Select of one entity
    row = db.session.scalars(query).one_or_none()
    if row is None:
        abort(404)
    return row
