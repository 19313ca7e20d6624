"""Whatever people do in whatever order: no seat is given twice, and none stays free while somebody waits."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db import db
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.meetings import LATER, facts, open_meeting, row
from training.meetings.booking_operations import book, release
from training.meetings.models import MeetingSeat, SeatState
from training.meetings.operations import cancel, change, taken_seats

pytestmark = [pytest.mark.usefixtures("class_of_amara"), pytest.mark.one_database]
deeds = st.tuples(st.sampled_from(["book", "release", "seats"]), st.integers(0, 3))


def waiting(meeting):
    query = select(func.count()).where(MeetingSeat.meeting_id == meeting.id, MeetingSeat.state == SeatState.WAITING)
    return db.session.scalar(query)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, max_size=12))
def test_no_seat_is_given_twice_and_none_is_free_while_somebody_waits(cast, steps):
    people = (cast.ben, cast.tomas, cast.dev, cast.carla)
    meeting = open_meeting(cast.amara, seats=1)
    for deed, number in steps:
        try:
            if deed == "book":
                book(meeting, row(people[number]), at=NOW)
            elif deed == "release":
                release(meeting, row(people[number]), at=NOW)
            else:
                change(meeting, facts(starts_at=LATER, seats=number + 1), at=NOW)
        except RefusedError:
            pass
        taken = taken_seats(meeting.id)
        assert taken <= meeting.seats
        assert taken == meeting.seats or waiting(meeting) == 0
    cancel(meeting, because="", at=NOW)
