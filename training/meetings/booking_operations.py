"""Meetings from the learner's side: booked, waited for, released. Nothing here commits.

The row of the meeting (of the office hours, where the meeting is not there yet) is locked first: of two who book the
last seat at once one gets it and the other is first in line.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from db import db
from people.models import Employee
from people.refusal import RefusedError
from training.meetings.invitations import Method
from training.meetings.models import LONGEST, TAKEN, Meeting, MeetingSeat, MeetingState, OfficeHours, SeatState
from training.meetings.operations import promote, roster_of, taken_seats
from training.meetings.telling import Words, hold, tell_about
from training.rules.meetings.times import overlap, slots


def book(meeting: Meeting, learner: Employee, *, at: datetime) -> SeatState:
    """Take a seat, or a place in the line when all are taken; saying yes to an invitation is the same.

    Done twice it changes nothing. `meeting` is locked. Raises RefusedError.
    """
    if meeting.state == MeetingState.CANCELLED:
        raise RefusedError("This meeting is cancelled. Book another time.")
    if meeting.starts_at <= at:
        raise RefusedError("This meeting has begun. Book another time.")
    seat = db.session.get(MeetingSeat, (meeting.id, learner.id))
    if seat is not None and seat.state in (SeatState.BOOKED, SeatState.WAITING):
        return SeatState(seat.state)
    _refuse_overlap(meeting, learner.id)
    has_seat = seat is not None and seat.state == SeatState.INVITED
    state = SeatState.BOOKED if has_seat or taken_seats(meeting.id) < meeting.seats else SeatState.WAITING
    if seat is None:
        seat = MeetingSeat(meeting_id=meeting.id, learner_id=learner.id)
        db.session.add(seat)
    seat.state, seat.joined_at = state, at
    db.session.flush()
    _tell_booked(meeting, learner, state, at)
    return state


def book_hours(hours: OfficeHours, day: date, learner: Employee, *, at: datetime) -> tuple[Meeting, SeatState]:
    """Book a day of office hours; the first who does so makes the meeting. `hours` is locked. Raises RefusedError."""
    query = select(Meeting).where(Meeting.office_hours_id == hours.id, Meeting.held_on == day)
    meeting = db.session.scalars(query.with_for_update()).one_or_none()
    if meeting is None:
        meeting = meeting_of(hours, day, at)
    return meeting, book(meeting, learner, at=at)


def meeting_of(hours: OfficeHours, day: date, at: datetime) -> Meeting:
    """The meeting on one day of office hours, where none is yet. `hours` is locked. Raises RefusedError."""
    slot = next(slots(hours.rule, day, day), None)
    if hours.ended_at is not None or slot is None:
        raise RefusedError("There are no office hours on that day any more. Choose another time.")
    meeting = Meeting(
        trainer_id=hours.trainer_id,
        topic=hours.topic,
        place=hours.place,
        starts_at=slot.starts_at,
        minutes=hours.minutes,
        time_zone=hours.time_zone,
        seats=hours.seats,
        is_open=True,
        office_hours_id=hours.id,
        held_on=day,
        state=MeetingState.PLANNED,
        sequence=0,
        created_at=at,
    )
    db.session.add(meeting)
    db.session.flush()
    return meeting


def release(meeting: Meeting, learner: Employee, *, at: datetime) -> None:
    """Give a seat or a place in the line back; a free seat goes to the first in line. `meeting` is locked.

    Raises RefusedError.
    """
    seat = db.session.get(MeetingSeat, (meeting.id, learner.id))
    if seat is None or seat.state == SeatState.RELEASED:
        raise RefusedError("You have no seat in this meeting.")
    if meeting.state == MeetingState.CANCELLED or meeting.starts_at <= at:
        raise RefusedError("This meeting has begun or is cancelled, so there is no seat to give back.")
    had_seat = seat.state in TAKEN
    hold({meeting.trainer_id, *(one.learner_id for one in roster_of(meeting.id))})
    seat.state = SeatState.RELEASED
    db.session.flush()
    if had_seat:
        meeting.sequence += 1  # so that calendars take a later booking by the same person for news
        _tell_released(meeting, learner, at)
        promote(meeting, at=at)


def _tell_booked(meeting: Meeting, learner: Employee, state: SeatState, at: datetime) -> None:
    def to_learner(time: str) -> str:
        if state is SeatState.WAITING:
            return f"All seats in “{meeting.topic}” on {time} are taken. You are told if one comes free for you."
        return f"You are coming: “{meeting.topic}”, {time}, {meeting.minutes} minutes, {meeting.place}."

    def to_trainer(time: str) -> str:
        how = "is in line for" if state is SeatState.WAITING else "is coming to"
        return f"{learner.name} {how} “{meeting.topic}”: {time}, {meeting.minutes} minutes, {meeting.place}."

    texts: dict[int, Words] = {learner.id: to_learner, meeting.trainer_id: to_trainer}
    method = None if state is SeatState.WAITING else Method.REQUEST
    tell_about(meeting, f"booked {learner.id}", f"Booked: {meeting.topic}", texts, method=method, at=at)


def _tell_released(meeting: Meeting, learner: Employee, at: datetime) -> None:
    def to_learner(time: str) -> str:
        return f"You gave back your seat in “{meeting.topic}” on {time}."

    def to_trainer(time: str) -> str:
        return f"{learner.name} does not come to “{meeting.topic}” on {time}."

    subject, what = f"Seat given back: {meeting.topic}", f"released {learner.id}"
    tell_about(meeting, what, subject, {learner.id: to_learner}, method=Method.CANCEL, at=at)
    tell_about(meeting, what, subject, {meeting.trainer_id: to_trainer}, method=None, at=at)


def _refuse_overlap(meeting: Meeting, learner_id: int) -> None:
    window = timedelta(minutes=LONGEST)
    query = (
        select(Meeting.topic, Meeting.starts_at, Meeting.minutes)
        .join(MeetingSeat, MeetingSeat.meeting_id == Meeting.id)
        .where(
            MeetingSeat.learner_id == learner_id,
            MeetingSeat.state == SeatState.BOOKED,
            Meeting.id != meeting.id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > meeting.starts_at - window,
            Meeting.starts_at < meeting.starts_at + window,
        )
    )
    for row in db.session.execute(query):
        if overlap(row.starts_at, row.minutes, meeting.starts_at, meeting.minutes):
            raise RefusedError(f"You are in “{row.topic}” at that time. Give that seat back first.")
