"""Seats: invited, booked, waited for, given back, in the order in which people came."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import db
from messages.models import Message
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.meetings import LATER, booked, facts, invite, open_meeting, row, state_of
from training.meetings.booking_operations import book, release
from training.meetings.models import Meeting, MeetingState
from training.meetings.operations import cancel, change, note_attendance, offer

pytestmark = pytest.mark.usefixtures("class_of_amara")


def told(person):
    query = select(Message.subject).where(Message.employee_id == person.id).order_by(Message.id)
    return list(db.session.scalars(query))


def test_who_is_invited_has_a_seat_kept_and_is_told(cast):
    meeting = invite(cast.amara, cast.ben, cast.tomas)
    assert (meeting.seats, state_of(meeting, cast.ben)) == (2, "invited")
    assert told(cast.ben) == ["Meeting: Answering in public"]
    book(meeting, row(cast.ben), at=NOW)
    assert state_of(meeting, cast.ben) == "booked"
    assert told(cast.amara) == ["Booked: Answering in public"]


def test_whoever_comes_when_all_seats_are_taken_stands_in_line(cast):
    meeting = open_meeting(cast.amara, seats=1)
    assert booked(meeting, cast.ben, cast.tomas, cast.dev) == ["booked", "waiting", "waiting"]


def test_a_seat_given_back_goes_to_the_first_in_line_who_is_told(cast):
    meeting = open_meeting(cast.amara, seats=1)
    booked(meeting, cast.ben, cast.tomas, cast.dev)
    release(meeting, row(cast.ben), at=NOW + timedelta(hours=1))
    assert [state_of(meeting, one) for one in (cast.ben, cast.tomas, cast.dev)] == ["released", "booked", "waiting"]
    assert told(cast.tomas)[-1] == "You have a seat: Answering in public"
    assert len(told(cast.dev)) == 1


def test_leaving_the_line_frees_no_seat(cast):
    meeting = open_meeting(cast.amara, seats=1)
    booked(meeting, cast.ben, cast.tomas, cast.dev)
    release(meeting, row(cast.tomas), at=NOW)
    assert [state_of(meeting, one) for one in (cast.ben, cast.dev)] == ["booked", "waiting"]


def test_who_comes_back_stands_at_the_end_of_the_line(cast):
    meeting = open_meeting(cast.amara, seats=1)
    booked(meeting, cast.ben, cast.tomas, cast.dev)
    release(meeting, row(cast.tomas), at=NOW + timedelta(hours=1))
    book(meeting, row(cast.tomas), at=NOW + timedelta(hours=2))
    release(meeting, row(cast.ben), at=NOW + timedelta(hours=3))
    assert [state_of(meeting, one) for one in (cast.tomas, cast.dev)] == ["waiting", "booked"]


def test_booking_twice_changes_nothing(cast):
    meeting = open_meeting(cast.amara, seats=2)
    booked(meeting, cast.ben, cast.ben)
    assert len(told(cast.amara)) == 1


def test_a_learner_is_in_one_place_at_a_time(cast):
    first = invite(cast.amara, cast.ben)
    book(first, row(cast.ben), at=NOW)
    other = Meeting(
        trainer_id=cast.otto.id, topic="Other", place="Room 5", starts_at=LATER + timedelta(minutes=29), minutes=30,
        time_zone="UTC", seats=3, is_open=True, state="planned", sequence=0, created_at=NOW,
    )  # fmt: skip
    db.session.add(other)
    db.session.flush()
    with pytest.raises(RefusedError, match="You are in “Answering in public” at that time"):
        book(other, row(cast.ben), at=NOW)
    other.starts_at = LATER + timedelta(minutes=30)
    assert book(other, row(cast.ben), at=NOW) == "booked"


def test_what_is_over_or_cancelled_is_not_booked_or_given_back(cast):
    meeting = open_meeting(cast.amara, seats=2)
    booked(meeting, cast.ben)
    with pytest.raises(RefusedError, match="has begun"):
        book(meeting, row(cast.tomas), at=LATER)
    with pytest.raises(RefusedError, match="has begun"):
        release(meeting, row(cast.ben), at=LATER)
    cancel(meeting, because="", at=NOW)
    with pytest.raises(RefusedError, match="cancelled"):
        book(meeting, row(cast.tomas), at=NOW)
    with pytest.raises(RefusedError, match="no seat"):
        release(meeting, row(cast.tomas), at=NOW)


def test_a_trainer_is_in_one_place_at_a_time_and_not_in_the_past(cast):
    open_meeting(cast.amara)
    with pytest.raises(RefusedError, match="You have “Answering in public” at that time"):
        open_meeting(cast.amara, starts_at=LATER + timedelta(minutes=10))
    with pytest.raises(RefusedError, match="This time is over"):
        open_meeting(cast.amara, starts_at=NOW)
    with pytest.raises(RefusedError, match="Invite somebody"):
        offer(row(cast.amara), facts(starts_at=LATER + timedelta(days=1)), at=NOW)


def test_more_seats_go_to_those_in_line_and_fewer_than_are_taken_are_refused(cast):
    meeting = open_meeting(cast.amara, seats=1)
    booked(meeting, cast.ben, cast.tomas, cast.dev)
    change(meeting, facts(seats=2), at=NOW)
    assert [state_of(meeting, one) for one in (cast.tomas, cast.dev)] == ["booked", "waiting"]
    with pytest.raises(RefusedError, match="2 seats are taken"):
        change(meeting, facts(seats=1), at=NOW)
    assert meeting.sequence == 0  # more seats are nobody's news in a calendar


def test_a_change_is_told_to_all_on_the_roster_and_counted(cast):
    meeting = open_meeting(cast.amara, seats=1)
    booked(meeting, cast.ben, cast.tomas)
    assert change(meeting, facts(starts_at=LATER + timedelta(hours=1)), at=NOW)
    assert (meeting.sequence, told(cast.ben)[-1], told(cast.tomas)[-1]) == (1, *["Changed: Answering in public"] * 2)
    assert not change(meeting, facts(starts_at=LATER + timedelta(hours=1)), at=NOW)


def test_a_cancelled_meeting_tells_why_and_what_to_do(cast):
    meeting = open_meeting(cast.amara, seats=2)
    booked(meeting, cast.ben)
    cancel(meeting, because="I am ill {0}.", at=NOW)
    text = db.session.scalars(select(Message.text).where(Message.subject.startswith("Cancelled"))).one()
    assert text == (
        "“Answering in public” on Wednesday 4 March 2026, 09:00 (Europe/Lisbon) does not take place. "
        "I am ill {0}. Book another time under Meetings."
    )
    with pytest.raises(RefusedError, match="already"):
        cancel(meeting, because="", at=NOW)


def test_who_came_is_noted_once_it_has_begun(cast):
    meeting = open_meeting(cast.amara, seats=2)
    booked(meeting, cast.ben, cast.tomas)
    with pytest.raises(RefusedError, match="has not begun"):
        note_attendance(meeting, [cast.ben.id], at=NOW)
    note_attendance(meeting, [cast.ben.id, cast.carla.id], at=LATER)
    rows = db.session.execute(select(Meeting.id, Meeting.state)).all()
    assert [one.state for one in rows] == [MeetingState.PLANNED]
    with pytest.raises(RefusedError, match="is over"):
        cancel(meeting, because="", at=LATER + timedelta(hours=1))


def test_each_reads_the_time_on_their_own_clock(cast):
    db.session.execute(
        update(type(row(cast.tomas))).where(type(row(cast.tomas)).id == cast.tomas.id).values(time_zone="Asia/Tokyo")
    )
    invite(cast.amara, cast.ben, cast.tomas)
    texts = {one.employee_id: one.text for one in db.session.scalars(select(Message))}
    assert "Wednesday 4 March 2026, 09:00 (Europe/Lisbon)" in texts[cast.ben.id]
    assert "Wednesday 4 March 2026, 18:00 (Asia/Tokyo)" in texts[cast.tomas.id]
