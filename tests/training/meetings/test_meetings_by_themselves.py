"""When trainers leave, stop or pause, and learners leave or change trainers: meetings follow, people are told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from db import db
from jobs.registry import kind_of
from messages.models import Message
from people.models import Role, RoleGrant
from tests.support.cast import NOW
from tests.support.meetings import LATER, booked, invite, office_hours, open_meeting, row, state_of
from training.assigning.models import Assignment
from training.meetings.models import Meeting, MeetingState, OfficeHours
from training.meetings.operations import cancel_for_trainer
from training.meetings.periodic import look_after_meetings
from training.trainers.models import TeachingPause

pytestmark = pytest.mark.usefixtures("class_of_amara")


def cancelled():
    return list(
        db.session.scalars(select(Meeting.id).where(Meeting.state == MeetingState.CANCELLED).order_by(Meeting.id))
    )


def texts(person):
    return list(db.session.scalars(select(Message.text).where(Message.employee_id == person.id).order_by(Message.id)))


def test_a_trainer_who_leaves_in_mid_session_takes_what_is_going_on_and_to_come_along(cast):
    going_on = open_meeting(cast.amara, starts_at=NOW - timedelta(minutes=10), at=NOW - timedelta(days=1))
    to_come = invite(cast.amara, cast.ben)
    over = open_meeting(cast.amara, starts_at=NOW - timedelta(hours=3), at=NOW - timedelta(days=1))
    office_hours(cast.amara)
    others = invite(cast.otto, cast.carla)
    assert cancel_for_trainer(cast.amara.id, "Amara has left.", NOW) == 2
    assert cancelled() == sorted([going_on.id, to_come.id])
    assert (over.state, others.state) == ("planned", "planned")
    assert db.session.scalars(select(OfficeHours)).one().ended_at == NOW
    assert "Amara has left. Your course goes on: lessons and quizzes need no meeting" in texts(cast.ben)[-1]


def test_doing_it_again_tells_nobody_again(cast):
    invite(cast.amara, cast.ben)
    cancel_for_trainer(cast.amara.id, "Amara has left.", NOW)
    before = len(texts(cast.ben))
    assert cancel_for_trainer(cast.amara.id, "Amara has left.", NOW) == 0
    assert len(texts(cast.ben)) == before


def test_nothing_is_changed_while_all_can_be_held(cast, statements):
    invite(cast.amara, cast.ben)
    office_hours(cast.amara)
    db.session.commit()
    with statements() as sent:
        assert look_after_meetings(NOW) == (0, 0)
    assert len(sent) <= 5, str(sent)


def test_by_itself_meetings_of_a_deactivated_trainer_are_cancelled(cast):
    invite(cast.amara, cast.ben)
    row(cast.amara).deactivated_at = NOW
    assert look_after_meetings(NOW) == (1, 0)
    assert "no longer a trainer here" in texts(cast.ben)[-1]


def test_by_itself_meetings_of_who_is_no_trainer_any_more_are_cancelled(cast):
    meeting = invite(cast.amara, cast.ben)
    grants = (RoleGrant.employee_id == cast.amara.id, RoleGrant.role == Role.TRAINER)
    db.session.execute(update(RoleGrant).where(*grants).values(ends_at=NOW))
    look_after_meetings(NOW)
    assert cancelled() == [meeting.id]


def test_by_itself_meetings_in_a_pause_or_after_the_last_day_are_cancelled(cast):
    paused = invite(cast.amara, cast.ben)
    kept = invite(cast.amara, cast.ben, starts_at=LATER + timedelta(days=1))
    late = invite(cast.otto, cast.carla, starts_at=LATER + timedelta(days=9))
    day = LATER.date()
    db.session.add(TeachingPause(trainer_id=cast.amara.id, starts_on=day, ends_on=day, noted_at=NOW))
    row(cast.otto).ends_on = date(2026, 3, 8)
    db.session.flush()
    assert look_after_meetings(NOW) == (2, 0)
    assert (cancelled(), kept.state) == (sorted([paused.id, late.id]), "planned")


def test_by_itself_the_seat_of_who_has_another_trainer_goes_to_the_next_in_line(cast):
    meeting = open_meeting(cast.amara, seats=1)
    booked(meeting, cast.ben, cast.tomas)
    db.session.execute(update(Assignment).where(Assignment.learner_id == cast.ben.id).values(ends_at=NOW))
    assert look_after_meetings(NOW + timedelta(hours=1)) == (0, 1)
    assert [state_of(meeting, one) for one in (cast.ben, cast.tomas)] == ["released", "booked"]


def test_it_is_a_job_that_comes_by_itself(app):
    assert kind_of("training.meetings").every == timedelta(minutes=15)
