"""The daily digest: one mail in each person's morning, of what they have not read, and none without anything to say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from db import db
from jobs.registry import kind_of
from mail import OutgoingMail
from messages.digest import MORNING, due_day, send_digests
from messages.kinds import Kind, Way
from messages.models import Message, MessagePreference
from messages.operations import Telling, mark_all_read, tell
from messages.periodic import tidy
from people.models import Employee
from tests.support.cast import NOW

PRACTICE = Telling(Kind.PRACTICE, "Two minutes today", "Five questions wait.", "/practice", "practice 2026-03-02")
GRADED = Telling(Kind.GRADED, "Your text is graded", "Amara has written to you.", "/portal", "graded 7")
EVENING = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
MORNING_AT_HOME = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # eight in Lisbon and London


def lives_in(person, zone):
    db.session.execute(update(Employee).where(Employee.id == person.id).values(time_zone=zone))


def digests():
    return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.key.startswith("digest"))))


def test_what_waits_goes_out_together_in_the_morning(cast, mailbox):
    for telling in (PRACTICE, GRADED):
        tell([cast.ben.id], telling, at=EVENING)
    assert send_digests(MORNING_AT_HOME) == 1
    db.session.commit()
    [(to, message)] = mailbox.fetch()
    text = message.get_payload(decode=True).decode()
    assert to == cast.ben.email
    assert message["Subject"] == "Sharpshooter: 2 things for you this Monday"
    assert [words in text for words in ("Five questions wait.", "http://127.0.0.1:5000/portal")] == [True, True]
    assert message["List-Unsubscribe"].strip("<>") in text


def test_it_does_not_leave_at_night_nor_in_the_afternoon(cast):
    tell([cast.ben.id], PRACTICE, at=EVENING)
    for hour in (0, 6, 12, 23):
        assert send_digests(MORNING_AT_HOME.replace(hour=hour)) == 0


def test_it_is_the_morning_where_the_person_lives(cast):
    lives_in(cast.ben, "Asia/Tokyo")
    tell([cast.ben.id], PRACTICE, at=EVENING)
    assert send_digests(MORNING_AT_HOME) == 0
    assert send_digests(datetime(2026, 3, 1, 22, 30, tzinfo=UTC)) == 1  # half past seven on the second of March


def test_there_are_never_two_a_day(cast):
    tell([cast.ben.id], PRACTICE, at=EVENING)
    assert send_digests(MORNING_AT_HOME) == 1
    tell([cast.ben.id], GRADED, at=MORNING_AT_HOME)
    assert send_digests(MORNING_AT_HOME + timedelta(hours=1)) == 0
    assert send_digests(MORNING_AT_HOME + timedelta(days=1)) == 1
    assert ["Five" in mail.text for mail in digests()] == [True, False]


def test_there_is_never_an_empty_one(cast):
    assert send_digests(MORNING_AT_HOME) == 0
    tell([cast.ben.id], PRACTICE, at=EVENING)
    mark_all_read(cast.ben.id, EVENING)
    assert send_digests(MORNING_AT_HOME) == 0
    assert digests() == []


def test_what_was_chosen_decides_what_is_in_it(cast):
    meeting = Telling(Kind.MEETING, "A meeting is offered", "Tuesday.", "/meetings/1", "meeting 1")
    for kind, way in ((Kind.PRACTICE, Way.IN_PRODUCT), (Kind.MEETING, Way.DIGEST)):
        db.session.add(MessagePreference(employee_id=cast.ben.id, kind=kind, way=way))
    db.session.flush()
    for telling in (PRACTICE, meeting):
        tell([cast.ben.id], telling, at=EVENING)
    assert send_digests(MORNING_AT_HOME) == 1
    assert ["Tuesday." in mail.text and "Five" not in mail.text for mail in digests()] == [True]


def test_who_has_left_or_has_no_address_gets_none(cast):
    tell([cast.ben.id, cast.carla.id], PRACTICE, at=EVENING)
    db.session.execute(update(Employee).where(Employee.id == cast.ben.id).values(deactivated_at=EVENING))
    db.session.execute(update(Employee).where(Employee.id == cast.carla.id).values(email=None))
    assert send_digests(MORNING_AT_HOME) == 0


def test_what_has_waited_for_a_week_is_not_mailed_any_more(cast):
    tell([cast.ben.id], PRACTICE, at=MORNING_AT_HOME - timedelta(days=8))
    assert send_digests(MORNING_AT_HOME) == 0


def test_a_hundred_people_cost_no_more_statements_than_one(cast, statements):
    tell([person.id for person in cast.people], PRACTICE, at=EVENING)
    db.session.commit()
    with statements() as sent:
        assert send_digests(MORNING_AT_HOME) == len(cast.people) - 1  # lena has left
    assert len(sent) <= 6, str(sent)


ZONES = ["America/Los_Angeles", "Europe/Lisbon", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    moved_to=st.sampled_from(ZONES),
    hours=st.integers(0, 24 * 270),
    days=st.integers(2, 5),
)
def test_through_days_and_changes_of_clocks_each_day_has_one_in_the_morning(zone, moved_to, hours, days):
    """Asked every half-hour as the job does; half-way the person moves to another zone."""
    start, last, sent = NOW + timedelta(hours=hours), None, []
    for step in range(days * 48):
        at = start + step * timedelta(minutes=30)
        where = zone if step < days * 24 else moved_to
        if (day := due_day(at, where, last)) is not None:
            assert at.astimezone(ZoneInfo(where)).hour in MORNING
            last = day
            sent.append(day)
    assert sent == sorted(set(sent))
    assert days - 2 <= len(sent) <= days + 1


def test_it_is_a_job_that_comes_by_itself(app):
    assert kind_of("messages.digest").every == timedelta(minutes=30)


def test_old_messages_are_removed(cast):
    tell([cast.ben.id], PRACTICE, at=EVENING)
    tell([cast.ben.id], GRADED, at=EVENING)
    mark_all_read(cast.ben.id, EVENING)
    tell([cast.carla.id], replace(PRACTICE, key="other"), at=EVENING)
    tidy(EVENING + timedelta(days=100))
    assert list(db.session.scalars(select(Message.employee_id))) == [cast.carla.id]
    tidy(EVENING + timedelta(days=400))
    assert db.session.scalars(select(Message)).all() == []
