"""What arrives by mail from a real mail server: invitation, update, cancellation, and the calendar to subscribe to."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from db import db
from messages.kinds import Kind, Way
from messages.preferences import choose
from tests.support.cast import NOW
from tests.support.mailbox import part_of
from tests.support.meetings import LATER, facts, invite, open_meeting, row
from training.meetings.booking_operations import book, release
from training.meetings.calendar_feeds import calendar_behind, renew_feed
from training.meetings.operations import cancel, change

pytestmark = pytest.mark.usefixtures("class_of_amara")


def event_in(message):
    calendar = Calendar.from_ical(part_of(message, "text/calendar"))
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def fetched(mailbox, person):
    db.session.commit()
    return [message for to, message in mailbox.fetch() if to == person.email]


def test_an_invitation_comes_as_an_entry_for_the_calendar(cast, mailbox):
    meeting = invite(cast.amara, cast.ben, cast.tomas)
    [message] = fetched(mailbox, cast.ben)
    method, event = event_in(message)
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    assert (method, part.get_param("method")) == ("REQUEST", "REQUEST")
    assert event["dtstart"].dt == LATER
    assert event["dtend"].dt == LATER + timedelta(minutes=30)
    assert (event["uid"], event["sequence"], event["status"]) == (f"meeting-{meeting.id}@127.0.0.1", 0, "CONFIRMED")
    assert str(event["organizer"]).lower() == f"mailto:{cast.amara.email}"
    assert str(event["attendee"]).lower() == f"mailto:{cast.ben.email}"  # and nobody else's address
    assert part_of(message, "text/plain").startswith("Amara Quillfeather invites you to “Answering in public”")


def test_an_update_and_a_cancellation_replace_what_was_sent(cast, mailbox):
    meeting = invite(cast.amara, cast.ben)
    [first] = fetched(mailbox, cast.ben)
    change(meeting, facts(starts_at=LATER + timedelta(hours=3)), at=NOW + timedelta(minutes=1))
    [second] = fetched(mailbox, cast.ben)
    cancel(meeting, because="", at=NOW + timedelta(minutes=2))
    [third] = fetched(mailbox, cast.ben)
    events = [event_in(message) for message in (first, second, third)]
    assert [method for method, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["sequence"] for _, event in events] == [0, 1, 2]
    assert len({str(event["uid"]) for _, event in events}) == 1
    assert events[1][1]["dtstart"].dt == LATER + timedelta(hours=3)
    assert events[2][1]["status"] == "CANCELLED"


def test_a_seat_given_back_leaves_that_calendar_alone_and_a_later_booking_is_news(cast, mailbox):
    meeting = open_meeting(cast.amara, seats=3)
    book(meeting, row(cast.ben), at=NOW)
    book(meeting, row(cast.tomas), at=NOW)
    fetched(mailbox, cast.ben)
    release(meeting, row(cast.ben), at=NOW + timedelta(minutes=1))
    book(meeting, row(cast.ben), at=NOW + timedelta(minutes=2))
    db.session.commit()
    taken = mailbox.fetch()
    given_back, again = (event_in(message) for to, message in taken if to == cast.ben.email)
    assert (given_back[0], again[0]) == ("CANCEL", "REQUEST")
    assert given_back[1]["sequence"] <= again[1]["sequence"]
    assert [to for to, _ in taken if to == cast.tomas.email] == []


def test_a_place_with_a_line_break_or_a_comma_stays_one_line_of_the_calendar(cast, mailbox):
    invite(cast.amara, cast.ben, topic="A; B, C\\D: \u00fcben")
    [message] = fetched(mailbox, cast.ben)
    assert event_in(message)[1]["summary"] == "A; B, C\\D: \u00fcben (Amara Quillfeather)"


def test_who_wants_no_mail_at_once_gets_no_invitation_by_mail(cast, mailbox):
    choose(cast.ben.id, {Kind.MEETING: Way.IN_PRODUCT})
    invite(cast.amara, cast.ben)
    assert fetched(mailbox, cast.ben) == []


def test_a_private_address_shows_ones_own_meetings_and_can_be_renewed(cast, client):
    meeting = invite(cast.amara, cast.ben, starts_at=LATER.replace(year=2126))
    invite(cast.otto, cast.carla, topic="Somebody else's", starts_at=LATER.replace(year=2126))
    secret = renew_feed(cast.ben.id, NOW)
    answer = client.get(f"/calendar/{secret}.ics")
    assert answer.mimetype == "text/calendar"
    [event] = Calendar.from_ical(answer.text).walk("VEVENT")
    assert (event["uid"], event.get("attendee")) == (f"meeting-{meeting.id}@127.0.0.1", None)
    newer = renew_feed(cast.ben.id, NOW)
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get(f"/calendar/{newer}.ics").status_code == 200


def test_the_calendar_of_a_trainer_holds_what_they_offer_and_a_cancelled_one_is_marked(cast):
    meeting = invite(cast.amara, cast.ben)
    secret = renew_feed(cast.amara.id, NOW)
    cancel(meeting, because="", at=NOW)
    [event] = Calendar.from_ical(calendar_behind(secret, NOW)).walk("VEVENT")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_the_calendar_of_who_has_left_is_gone(cast, client):
    secret = renew_feed(cast.ben.id, NOW)
    row(cast.ben).deactivated_at = NOW
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get("/calendar/anything.ics").status_code == 404
