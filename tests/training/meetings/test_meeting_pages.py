"""The pages of meetings: offered, booked, changed, cancelled, attended; and in the browser."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import db, utcnow
from messages.models import Message
from people.models import Employee
from tests.support.cast import NOW
from tests.support.meetings import booked, invite, office_hours, open_meeting, row, state_of
from training.meetings.models import Meeting, MeetingSeat, OfficeHours

pytestmark = pytest.mark.usefixtures("class_of_amara")


def soon(days=2, hour=9):
    """A moment in the days to come, as pages see the real clock."""
    return (utcnow() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def form(**more):
    day = soon(3).date().isoformat()
    return {"topic": "Answering", "place": "Room 4", "day": day, "time": "10:30", "minutes": "30", "seats": "1", **more}


def test_a_trainer_offers_a_meeting_and_the_learner_comes(cast, client_of):
    answer = client_of(cast.amara).post("/meetings/new", data=form(invited=[str(cast.ben.id)]))
    meeting = db.session.scalars(select(Meeting)).one()
    assert answer.location == f"/meetings/{meeting.id}"
    ben = client_of(cast.ben)
    assert "One invitation waits for your answer." in ben.get("/meetings").text
    ben.post(f"/meetings/{meeting.id}/book")
    assert "You have a seat" in ben.get(f"/meetings/{meeting.id}").text
    assert "Comes" in client_of(cast.amara).get(f"/meetings/{meeting.id}").text


def test_the_time_is_meant_and_shown_on_each_ones_own_clock(cast, client_of):
    db.session.execute(update(Employee).where(Employee.id == cast.amara.id).values(time_zone="Asia/Tokyo"))
    client_of(cast.amara).post("/meetings/new", data=form(invited=[str(cast.ben.id)], day="2126-07-03", time="18:00"))
    meeting = db.session.scalars(select(Meeting)).one()
    assert (meeting.starts_at.hour, meeting.time_zone) == (9, "Asia/Tokyo")
    assert "Wednesday 3 July 2126, 10:00 to 10:30" in client_of(cast.ben).get("/meetings").text  # summer in Lisbon
    assert "Wednesday 3 July 2126, 18:00" in client_of(cast.amara).get("/meetings/offered").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"topic": ""}, "Say what it is about."),
        ({"place": " "}, "Say where it is"),
        ({"day": "tomorrow"}, "Write the day as 2026-11-23."),
        ({"time": "half past"}, "Write the time as 14:30."),
        ({"minutes": "3"}, "Enter 5 to 480 minutes."),
        ({"seats": "0"}, "Enter 1 to 200 seats."),
        ({"day": "2020-01-02"}, "This time is over."),
        ({"day": "2127-03-30", "time": "01:30"}, "Clocks are put forward that night"),
        ({"invited": []}, "Invite somebody, or open it"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_kept(cast, client_of, wrong, told):
    answer = client_of(cast.amara).post("/meetings/new", data=form(**{"invited": [str(cast.ben.id)], **wrong}))
    assert (answer.status_code, told in answer.text) == (422, True)
    assert 'value="Room 4"' in answer.text or "place" in wrong
    assert db.session.scalars(select(Meeting)).all() == []


def test_a_trainer_can_invite_only_those_they_teach(cast, client_of):
    answer = client_of(cast.amara).post("/meetings/new", data=form(invited=[str(cast.carla.id)]))
    assert answer.status_code == 422
    assert "Carla" not in client_of(cast.amara).get("/meetings/new").text


def test_what_a_trainer_opens_is_booked_by_their_learners_alone(cast, client_of):
    meeting = open_meeting(cast.amara, starts_at=soon(), seats=2)
    assert client_of(cast.carla).post(f"/meetings/{meeting.id}/book").status_code == 404
    assert client_of(cast.carla).get(f"/meetings/{meeting.id}").status_code == 404
    assert client_of(cast.amara).post(f"/meetings/{meeting.id}/book").status_code == 404
    assert "Answering in public" in client_of(cast.ben).get("/meetings").text
    client_of(cast.ben).post(f"/meetings/{meeting.id}/book")
    assert state_of(meeting, cast.ben) == "booked"


def test_a_learner_sees_nobody_elses_name(cast, client_of):
    meeting = open_meeting(cast.amara, starts_at=soon(), seats=2)
    booked(meeting, cast.ben, cast.tomas)
    assert "Tomás" not in client_of(cast.ben).get(f"/meetings/{meeting.id}").text
    assert "Tomás" in client_of(cast.amara).get(f"/meetings/{meeting.id}").text


def test_a_meeting_is_changed_and_cancelled_by_its_trainer_alone(cast, client_of):
    meeting = invite(cast.amara, cast.ben, starts_at=soon())
    for other in (cast.otto, cast.ben, cast.petra):
        for deed in ("change", "cancel", "attendance"):
            assert client_of(other).post(f"/meetings/{meeting.id}/{deed}").status_code in {403, 404}
    amara = client_of(cast.amara)
    assert 'value="Room 4"' in amara.get(f"/meetings/{meeting.id}/change").text
    amara.post(f"/meetings/{meeting.id}/change", data=form(place="Room 9"))
    meeting = db.session.scalars(select(Meeting)).one()
    assert (meeting.place, meeting.sequence) == ("Room 9", 1)
    amara.post(f"/meetings/{meeting.id}/cancel", data={"because": "I am ill"})
    answer = client_of(cast.ben).get(f"/meetings/{meeting.id}").text
    assert ["I am ill" in answer, "Book another time" in answer] == [True, True]


def test_who_came_is_noted_on_the_page(cast, client_of):
    meeting = open_meeting(cast.amara, starts_at=NOW + timedelta(hours=1), seats=2)
    booked(meeting, cast.ben, cast.tomas)
    client_of(cast.amara).post(f"/meetings/{meeting.id}/attendance", data={"came": [str(cast.ben.id)]})
    came = dict(db.session.execute(select(MeetingSeat.learner_id, MeetingSeat.came)).all())
    assert came == {cast.ben.id: True, cast.tomas.id: False}


def test_office_hours_are_offered_booked_and_ended(cast, client_of):
    amara, ben = client_of(cast.amara), client_of(cast.ben)
    weekday = soon(3).weekday()
    first_on = utcnow().date().isoformat()
    stated = {"topic": "Open door", "place": "Room 4", "time": "10:00", "minutes": "30", "seats": "1"}
    amara.post("/office-hours/new", data={**stated, "weekday": str(weekday), "first_on": first_on})
    hours = db.session.scalars(select(OfficeHours)).one()
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)">', ben.get("/meetings").text)
    assert len(days) in {3, 4}
    ben.post(f"/office-hours/{hours.id}/book", data={"day": days[0]})
    meeting = db.session.scalars(select(Meeting)).one()
    assert (meeting.held_on.isoformat(), state_of(meeting, cast.ben)) == (days[0], "booked")
    for wrong in ("2020-01-01", "soon", ""):
        assert ben.post(f"/office-hours/{hours.id}/book", data={"day": wrong}).location == "/meetings"
        assert "Choose" in ben.get("/meetings").text
    assert client_of(cast.carla).post(f"/office-hours/{hours.id}/book", data={"day": days[1]}).status_code == 404
    amara.post(f"/office-hours/{hours.id}/skip", data={"day": days[1]})
    assert days[1] not in ben.get("/meetings").text
    amara.post(f"/office-hours/{hours.id}/end")
    assert f"/office-hours/{hours.id}/book" not in ben.get("/meetings").text


def test_the_calendar_address_is_shown_once(cast, client_of):
    ben = client_of(cast.ben)
    address = re.search(r"http://127\.0\.0\.1:5000(/calendar/\S+\.ics)", ben.post("/meetings/calendar").text).group(1)
    assert ben.get(address).status_code == 200
    assert address not in ben.get("/meetings/calendar").text


def test_many_meetings_cost_no_more_statements_than_few(cast, client_of, statements):
    office_hours(cast.amara, first_on=utcnow().date())
    for number in range(12):
        booked(open_meeting(cast.amara, starts_at=soon(number + 1), seats=2), cast.ben)
    for person, path in ((cast.ben, "/meetings"), (cast.amara, "/meetings/offered"), (cast.ben, "/portal")):
        client = client_of(person)
        with statements() as sent:
            assert client.get(path).status_code == 200
        assert len(sent) <= 12, str(sent)


def test_the_pages_hold_in_the_browser(cast, page, sign_in, check_page, shot):
    office_hours(cast.amara, first_on=utcnow().date(), hour=11)
    going = open_meeting(cast.amara, starts_at=soon(4), seats=2, topic="Two hard letters")
    booked(going, cast.tomas, cast.dev)
    waited = invite(cast.amara, cast.ben, starts_at=soon(5), topic="A first look at your answers")
    db.session.commit()
    sign_in(page, cast.ben)
    page.goto("/meetings")
    check_page(page)
    shot(page, "meetings")
    page.get_by_role("button", name="I come").click()
    check_page(page)
    shot(page, "meeting-learner")
    page.get_by_role("link", name="Open the worksheet").click()
    page.get_by_label("Goal").fill("Answer within the hour")
    page.get_by_text("Draft kept, seen by you alone").wait_for()
    page.reload()
    assert page.get_by_label("Goal").input_value() == "Answer within the hour"
    page.get_by_role("button", name="Share with Amara").click()
    check_page(page)
    shot(page, "worksheet")
    page.goto("/meetings/calendar")
    check_page(page)
    sign_in(page, cast.amara)
    for path, name in (
        ("/meetings/offered", "offered"),
        ("/meetings/new", "meeting-new"),
        ("/office-hours/new", "hours-new"),
        (f"/meetings/{waited.id}", "meeting-trainer"),
    ):
        page.goto(path)
        check_page(page)
        shot(page, name)
    sign_in(page, cast.petra)
    page.goto("/meetings/counts")
    check_page(page)
    shot(page, "counts")
    assert db.session.scalars(select(Message)).first() is not None
    assert row(cast.ben).email is not None
