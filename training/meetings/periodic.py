"""What happens to meetings by itself when people leave, pause or change trainers.

People are deactivated and moved by parts of the product that know no meetings; so every quarter of an hour somebody
looks whether each meeting that is to come can still be held.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from db import db, may_write, utcnow
from jobs.progress import Progress
from jobs.registry import job
from people.models import Employee, Role, RoleGrant
from people.roles.queries import is_active, is_live
from training.assigning.models import Assignment
from training.meetings import booking_operations, operations
from training.meetings.models import LONGEST, Meeting, MeetingSeat, MeetingState, OfficeHours, SeatState
from training.trainers.models import TeachingPause
from web import count, zone_of

LEFT = "Your trainer is no longer a trainer here"
PAUSES = "Your trainer pauses on that day"


def look_after_meetings(at: datetime) -> tuple[int, int]:
    """Cancel what cannot be held, free the seats of who cannot come; returns how many meetings and seats."""
    gone, paused, seats = _trainers_gone(at), _in_a_pause(at), _seats_to_free(at)
    if not (gone or paused or seats):
        return 0, 0
    may_write()
    cancelled = sum(operations.cancel_for_trainer(trainer_id, LEFT, at) for trainer_id in gone)
    cancelled += operations.cancel_all(_locked(paused, at), because=PAUSES, at=at)
    return cancelled, sum(_free(meeting_id, learner_ids, at) for meeting_id, learner_ids in seats.items())


def _coming(at: datetime) -> Any:
    """Criteria on Meeting: planned, and perhaps not over."""
    return and_(Meeting.state == MeetingState.PLANNED, Meeting.starts_at > at - timedelta(minutes=LONGEST))


def _trainers_gone(at: datetime) -> list[int]:
    """Those with meetings to come or office hours who have left, or are no trainers any more."""
    teaches = select(RoleGrant.employee_id).where(RoleGrant.role == Role.TRAINER, is_live(at))
    here = select(Employee.id).where(is_active(at), Employee.id.in_(teaches))
    meetings = select(Meeting.trainer_id).where(_coming(at), Meeting.trainer_id.not_in(here))
    hours = select(OfficeHours.trainer_id).where(OfficeHours.ended_at.is_(None), OfficeHours.trainer_id.not_in(here))
    return sorted(set(db.session.scalars(meetings)) | set(db.session.scalars(hours)))


def _in_a_pause(at: datetime) -> list[int]:
    """Meetings to come on a day on which their trainer pauses, or after their trainer's last day."""
    query = (
        select(
            Meeting.id,
            Meeting.starts_at,
            Employee.time_zone,
            Employee.ends_on,
            TeachingPause.starts_on,
            TeachingPause.ends_on,
        )
        .join(Employee, Employee.id == Meeting.trainer_id)
        .outerjoin(TeachingPause, TeachingPause.trainer_id == Meeting.trainer_id)
        .where(_coming(at), Meeting.starts_at > at, or_(Employee.ends_on.is_not(None), TeachingPause.id.is_not(None)))
        .order_by(Meeting.id)
    )
    found = []
    for meeting_id, starts_at, zone, last_day, first, last in db.session.execute(query):
        day = starts_at.astimezone(zone_of(zone)).date()
        if (last_day and day > last_day) or (first and first <= day <= last):
            found.append(meeting_id)
    return sorted(set(found))


def _locked(meeting_ids: list[int], at: datetime) -> list[Meeting]:
    query = select(Meeting).where(Meeting.id.in_(meeting_ids), Meeting.state == MeetingState.PLANNED)
    return [one for one in db.session.scalars(query.order_by(Meeting.id).with_for_update()) if one.ends_at > at]


def _seats_to_free(at: datetime) -> dict[int, list[int]]:
    """By meeting to come, the learners on its roster who have left or have another trainer by now."""
    taught = select(Assignment.id).where(
        Assignment.learner_id == MeetingSeat.learner_id,
        Assignment.trainer_id == Meeting.trainer_id,
        Assignment.ends_at.is_(None),
    )
    query = (
        select(Meeting.id, MeetingSeat.learner_id)
        .join(MeetingSeat, MeetingSeat.meeting_id == Meeting.id)
        .join(Employee, Employee.id == MeetingSeat.learner_id)
        .where(
            _coming(at),
            Meeting.starts_at > at,
            MeetingSeat.state != SeatState.RELEASED,
            or_(~taught.exists(), ~is_active(at)),
        )
        .order_by(Meeting.id, MeetingSeat.learner_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for meeting_id, learner_id in db.session.execute(query):
        found[meeting_id].append(learner_id)
    return found


def _free(meeting_id: int, learner_ids: list[int], at: datetime) -> int:
    meeting = db.session.scalars(select(Meeting).where(Meeting.id == meeting_id).with_for_update()).one()
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= at:
        return 0
    for learner in db.session.scalars(select(Employee).where(Employee.id.in_(learner_ids)).order_by(Employee.id)):
        booking_operations.release(meeting, learner, at=at)
    return len(learner_ids)


def register() -> None:
    """Make it a periodic job."""

    @job("training.meetings", title="Meetings that cannot be held", reads_first=True, every=timedelta(minutes=15))
    def run(payload: dict[str, Any], progress: Progress) -> None:
        cancelled, freed = look_after_meetings(utcnow())
        told = (
            f"{count(cancelled, 'meeting')} cancelled, {count(freed, 'seat')} freed"
            if cancelled or freed
            else "All can be held"
        )
        progress.report(1, 1, told)
