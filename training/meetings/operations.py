"""Meetings from the trainer's side: offered, changed, cancelled, attended. Nothing here commits.

Whoever changes a meeting has locked its row first, so that two at once come one after the other.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from db import bulk_insert, db, table_of
from people.models import Employee
from people.refusal import RefusedError
from training.meetings.invitations import Method
from training.meetings.models import LONGEST, TAKEN, Meeting, MeetingSeat, MeetingState, OfficeHours, SeatState
from training.meetings.telling import hold, tell_about
from training.rules.meetings.times import overlap

BOOK_ANOTHER = "Book another time under Meetings."


@dataclass(frozen=True)
class Facts:
    """What a trainer states about a meeting."""

    topic: str
    place: str
    starts_at: datetime
    minutes: int
    seats: int


def offer(
    trainer: Employee, facts: Facts, *, invited: Collection[int] = (), is_open: bool = False, at: datetime
) -> Meeting:
    """Offer a meeting to those who are `invited`, to all learners of the trainer (`is_open`), or both.

    There are at least as many seats as people invited. Raises RefusedError.
    """
    if not invited and not is_open:
        raise RefusedError("Invite somebody, or open it to all your learners.", "invited")
    _refuse_past(facts, at)
    _refuse_overlap(trainer.id, facts, None)
    values = {**vars(facts), "seats": max(facts.seats, len(invited)), "is_open": is_open}
    meeting = Meeting(trainer_id=trainer.id, time_zone=trainer.time_zone, created_at=at, sequence=0, **values)
    db.session.add(meeting)
    db.session.flush()
    rows = [
        {"meeting_id": meeting.id, "learner_id": one, "state": SeatState.INVITED, "joined_at": at} for one in invited
    ]
    bulk_insert(table_of(MeetingSeat), rows)
    _tell_invited(meeting, trainer.name, invited, at)
    return meeting


def _tell_invited(meeting: Meeting, trainer: str, invited: Collection[int], at: datetime) -> None:
    def words(time: str) -> str:
        what = f"{trainer} invites you to “{meeting.topic}”: {time}, {meeting.minutes} minutes, {meeting.place}."
        return f"{what} If you cannot come, say so on its page, so that the seat is free."

    subject = f"Meeting: {meeting.topic}"
    tell_about(meeting, "invited", subject, dict.fromkeys(invited, words), method=Method.REQUEST, at=at)


def change(meeting: Meeting, facts: Facts, *, at: datetime) -> bool:
    """Change a meeting that has not begun, and tell everybody on its roster; returns whether anything was different.

    More seats go to those who wait. Raises RefusedError.
    """
    _refuse_over(meeting, at)
    _refuse_past(facts, at)
    _refuse_overlap(meeting.trainer_id, facts, meeting.id)
    taken = taken_seats(meeting.id)
    if facts.seats < taken:
        raise RefusedError(f"{taken} seats are taken already. Cancel the meeting, or leave as many seats.", "seats")
    changed = [name for name, value in vars(facts).items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, getattr(facts, name))
    if set(changed) - {"seats"}:
        meeting.sequence += 1
        db.session.flush()
        _tell_changed(meeting, at)
    db.session.flush()
    while promote(meeting, at=at):
        pass
    return bool(changed)


def _tell_changed(meeting: Meeting, at: datetime) -> None:
    def words(time: str) -> str:
        return f"“{meeting.topic}” is now on {time}, {meeting.minutes} minutes, {meeting.place}."

    seats = roster_of(meeting.id)
    hold([seat.learner_id for seat in seats])
    with_seat = [seat.learner_id for seat in seats if seat.state in TAKEN]
    waiting = [seat.learner_id for seat in seats if seat.state == SeatState.WAITING]
    subject = f"Changed: {meeting.topic}"
    tell_about(meeting, "changed", subject, dict.fromkeys(with_seat, words), method=Method.REQUEST, at=at)
    tell_about(meeting, "changed, waiting", subject, dict.fromkeys(waiting, words), method=None, at=at)


def cancel(meeting: Meeting, *, because: str, at: datetime, then: str = BOOK_ANOTHER) -> None:
    """Cancel a meeting that is not over, tell everybody on its roster, and what to do `then`. Raises RefusedError."""
    if meeting.state == MeetingState.CANCELLED:
        raise RefusedError("This meeting is cancelled already.")
    if meeting.ends_at <= at:
        raise RefusedError("This meeting is over: note who came instead.")
    meeting.state, meeting.cancelled_at, meeting.cancelled_because = MeetingState.CANCELLED, at, because[:300]
    meeting.sequence += 1
    db.session.flush()
    reason = f" {because.rstrip('.')}." if because else ""

    def words(time: str) -> str:
        return f"“{meeting.topic}” on {time} does not take place.{reason} {then}"

    told = [seat.learner_id for seat in roster_of(meeting.id)]
    subject = f"Cancelled: {meeting.topic}"
    tell_about(meeting, "cancelled", subject, dict.fromkeys(told, words), method=Method.CANCEL, at=at)


def cancel_for_trainer(trainer_id: int, reason: str, at: datetime) -> int:
    """Cancel every meeting of a trainer that is not over, also one that is going on, and end their office hours.

    `reason` is told to the learners, with what to do. Returns how many meetings were cancelled.
    """
    live = (OfficeHours.trainer_id == trainer_id, OfficeHours.ended_at.is_(None))
    db.session.execute(update(OfficeHours).where(*live).values(ended_at=at))
    return cancel_all(_not_over(trainer_id, at), because=reason, at=at)


def cancel_all(meetings: Iterable[Meeting], *, because: str, at: datetime) -> int:
    """Cancel these meetings for a reason that is not the learners' doing; returns how many."""
    then = "Your course goes on: lessons and quizzes need no meeting, and you are told when you have a new trainer."
    number = 0
    for meeting in meetings:
        cancel(meeting, because=because, at=at, then=then)
        number += 1
    return number


def _not_over(trainer_id: int, at: datetime) -> list[Meeting]:
    """The trainer's meetings that are not over, locked."""
    query = (
        select(Meeting)
        .where(
            Meeting.trainer_id == trainer_id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > at - timedelta(minutes=LONGEST),
        )
        .order_by(Meeting.id)
        .with_for_update()
    )
    return [meeting for meeting in db.session.scalars(query) if meeting.ends_at > at]


def promote(meeting: Meeting, *, at: datetime) -> MeetingSeat | None:
    """Give a free seat to the first in line, who is told; None when nobody waits or no seat is free."""
    if meeting.starts_at <= at or taken_seats(meeting.id) >= meeting.seats:
        return None
    query = (
        select(MeetingSeat)
        .where(MeetingSeat.meeting_id == meeting.id, MeetingSeat.state == SeatState.WAITING)
        .order_by(MeetingSeat.joined_at, MeetingSeat.learner_id)
        .limit(1)
    )
    seat = db.session.scalars(query).one_or_none()
    if seat is None:
        return None
    seat.state = SeatState.BOOKED
    db.session.flush()

    def words(time: str) -> str:
        return f"A seat came free, and you were first in line: “{meeting.topic}”, {time}, {meeting.place}."

    subject, texts = f"You have a seat: {meeting.topic}", {seat.learner_id: words}
    tell_about(meeting, f"promoted {seat.learner_id}", subject, texts, method=Method.REQUEST, at=at)
    return seat


def note_attendance(meeting: Meeting, came: Collection[int], *, at: datetime) -> None:
    """Note who came, once a meeting has begun; who has a seat and is not named did not. Raises RefusedError."""
    if meeting.state == MeetingState.CANCELLED:
        raise RefusedError("This meeting was cancelled.")
    if meeting.starts_at > at:
        raise RefusedError("This meeting has not begun: note who came afterwards.")
    for seat in roster_of(meeting.id):
        if seat.state in TAKEN:
            seat.came = seat.learner_id in came
    db.session.flush()


def taken_seats(meeting_id: int) -> int:
    """How many seats are taken."""
    query = select(func.count()).where(MeetingSeat.meeting_id == meeting_id, MeetingSeat.state.in_(TAKEN))
    return db.session.scalar(query) or 0


def roster_of(meeting_id: int) -> list[MeetingSeat]:
    """Everybody with a seat or in line, in the order in which they came to it."""
    query = select(MeetingSeat).where(MeetingSeat.meeting_id == meeting_id, MeetingSeat.state != SeatState.RELEASED)
    return list(db.session.scalars(query.order_by(MeetingSeat.joined_at, MeetingSeat.learner_id)))


def _refuse_over(meeting: Meeting, at: datetime) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise RefusedError("This meeting is cancelled. Offer a new one.")
    if meeting.starts_at <= at:
        raise RefusedError("This meeting has begun; it can no longer be changed.")


def _refuse_past(facts: Facts, at: datetime) -> None:
    if facts.starts_at <= at:
        raise RefusedError("This time is over. Choose one that is to come.", "time")


def _refuse_overlap(trainer_id: int, facts: Facts, own_id: int | None) -> None:
    window = timedelta(minutes=LONGEST)
    query = select(Meeting.id, Meeting.topic, Meeting.starts_at, Meeting.minutes).where(
        Meeting.trainer_id == trainer_id,
        Meeting.state == MeetingState.PLANNED,
        Meeting.starts_at > facts.starts_at - window,
        Meeting.starts_at < facts.starts_at + window,
    )
    for row in db.session.execute(query):
        if row.id != own_id and overlap(row.starts_at, row.minutes, facts.starts_at, facts.minutes):
            raise RefusedError(f"You have “{row.topic}” at that time. Choose another time.", "time")
