"""Office hours: a weekly time on the trainer's clock, booked day by day, without pauses and days off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db import db
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.meetings import office_hours, row, state_of
from training.meetings.booking_operations import book_hours
from training.meetings.models import MeetingState
from training.meetings.office_hours_operations import end_hours, skip_day
from training.meetings.slot_queries import hours_for_learner, hours_of_trainer, is_bookable
from training.trainers.models import TeachingPause

pytestmark = pytest.mark.usefixtures("class_of_amara")
WEDNESDAY = date(2026, 3, 4)


def days_for(person, at=NOW):
    return [day.isoformat() for line in hours_for_learner(person.id, at) for day, _ in line.free]


def test_the_next_four_weeks_can_be_booked_by_those_who_are_taught(cast):
    office_hours(cast.amara)
    assert days_for(cast.ben) == ["2026-03-04", "2026-03-11", "2026-03-18", "2026-03-25"]
    assert days_for(cast.carla) == []


def test_they_stay_at_their_time_on_the_trainers_clock(cast):
    office_hours(cast.amara)
    at = datetime(2026, 3, 20, tzinfo=UTC)
    [line] = hours_for_learner(cast.ben.id, at)
    assert [(day.day, starts_at.hour) for day, starts_at in line.free] == [(25, 10), (1, 9), (8, 9), (15, 9)]


def test_days_of_a_pause_are_left_out(cast):
    office_hours(cast.amara)
    pause = TeachingPause(
        trainer_id=cast.amara.id, starts_on=date(2026, 3, 10), ends_on=date(2026, 3, 18), noted_at=NOW
    )
    db.session.add(pause)
    db.session.flush()
    assert days_for(cast.ben) == ["2026-03-04", "2026-03-25"]


def test_days_after_the_trainers_last_are_left_out(cast):
    office_hours(cast.amara)
    row(cast.amara).ends_on = date(2026, 3, 12)
    assert days_for(cast.ben) == ["2026-03-04", "2026-03-11"]


def test_the_first_who_books_a_day_makes_the_meeting_the_next_stands_in_line(cast):
    hours = office_hours(cast.amara)
    meeting, state = book_hours(hours, WEDNESDAY, row(cast.ben), at=NOW)
    again, next_state = book_hours(hours, WEDNESDAY, row(cast.tomas), at=NOW)
    assert (meeting.id, state, next_state) == (again.id, "booked", "waiting")
    assert meeting.starts_at == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert days_for(cast.dev) == ["2026-03-11", "2026-03-18", "2026-03-25"]  # the fourth stands among the meetings


def test_a_day_off_is_not_offered_and_who_booked_it_is_told(cast):
    hours = office_hours(cast.amara)
    meeting, _ = book_hours(hours, WEDNESDAY, row(cast.ben), at=NOW)
    assert skip_day(hours, WEDNESDAY, because="", at=NOW).id == meeting.id
    assert meeting.state == MeetingState.CANCELLED
    skip_day(hours, date(2026, 3, 11), because="", at=NOW)
    assert days_for(cast.ben) == ["2026-03-18", "2026-03-25"]
    with pytest.raises(RefusedError, match="cancelled"):
        book_hours(hours, date(2026, 3, 11), row(cast.ben), at=NOW)


def test_hours_that_ended_are_not_offered_and_what_is_booked_stays(cast):
    hours = office_hours(cast.amara)
    meeting, _ = book_hours(hours, WEDNESDAY, row(cast.ben), at=NOW)
    end_hours(hours, at=NOW)
    assert days_for(cast.ben) == []
    assert (meeting.state, state_of(meeting, cast.ben)) == ("planned", "booked")
    with pytest.raises(RefusedError, match="ended already"):
        end_hours(hours, at=NOW)
    with pytest.raises(RefusedError, match="no office hours on that day"):
        book_hours(hours, date(2026, 3, 11), row(cast.ben), at=NOW)


def test_only_days_of_the_rule_in_the_coming_weeks_can_be_booked(cast):
    hours = office_hours(cast.amara)
    days = [WEDNESDAY, date(2026, 3, 5), WEDNESDAY - timedelta(days=7), WEDNESDAY + timedelta(weeks=30)]
    assert [is_bookable(hours, day, NOW) for day in days] == [True, False, False, False]


def test_two_office_hours_at_once_are_refused(cast):
    office_hours(cast.amara)
    with pytest.raises(RefusedError, match="at that time already"):
        office_hours(cast.amara)
    office_hours(cast.amara, hour=11)
    assert len(hours_of_trainer(cast.amara.id, NOW)) == 2
