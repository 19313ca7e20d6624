"""Many who book at once, each with a connection of their own to a real server, on both databases."""

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from benchmarks.attempts.world import sign_in_for_runs
from db import db, utcnow
from messages.models import Message
from tests.support.meetings import booked, office_hours, open_meeting, row
from training.meetings.models import Meeting, MeetingSeat


@pytest.fixture
def at_once(app, class_of_amara, live_server):
    """`at_once([(person, path, form), ...])`: send all at the same moment; returns the status of each."""
    address = urlsplit(live_server)

    def send_all(requests):
        signed_in = {person.id: sign_in_for_runs(app, row(person)) for person, _, _ in requests}
        db.session.commit()
        together = Barrier(len(requests))

        def send(person, path, form):
            who = signed_in[person.id]
            line = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
            headers = {"Cookie": who.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            together.wait()
            line.request("POST", path, urlencode({**form, "csrf_token": who.form_token}), headers)
            answer = line.getresponse()
            answer.read()
            line.close()
            return answer.status

        with ThreadPoolExecutor(len(requests)) as pool:
            told = list(pool.map(lambda request: send(*request), requests))
        db.session.expire_all()
        return told

    return send_all


def states():
    return Counter(db.session.scalars(select(MeetingSeat.state)))


def soon():
    return (utcnow() + timedelta(days=3)).replace(microsecond=0)


def test_of_three_who_book_the_last_seat_at_once_one_gets_it(cast, at_once):
    meeting = open_meeting(cast.amara, starts_at=soon(), seats=1)
    path = f"/meetings/{meeting.id}/book"
    assert set(at_once([(person, path, {}) for person in (cast.ben, cast.tomas, cast.dev)])) == {302}
    assert states() == {"booked": 1, "waiting": 2}


def test_of_three_who_book_a_day_of_office_hours_at_once_one_gets_it_and_there_is_one_meeting(cast, at_once):
    day = utcnow().date() + timedelta(days=3)
    hours = office_hours(cast.amara, weekday=day.weekday(), first_on=utcnow().date())
    path, form = f"/office-hours/{hours.id}/book", {"day": day.isoformat()}
    assert set(at_once([(person, path, form) for person in (cast.ben, cast.tomas, cast.dev)])) == {302}
    assert states() == {"booked": 1, "waiting": 2}
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 1


def test_a_double_click_books_once(cast, at_once):
    meeting = open_meeting(cast.amara, starts_at=soon(), seats=3)
    at_once([(cast.ben, f"/meetings/{meeting.id}/book", {})] * 6)
    assert states() == {"booked": 1}
    query = select(func.count()).where(Message.employee_id == cast.amara.id)
    assert db.session.scalar(query) == 1


def test_one_gives_back_while_another_books_and_no_seat_is_lost_or_given_twice(cast, at_once):
    meeting = open_meeting(cast.amara, starts_at=soon(), seats=1)
    booked(meeting, cast.ben, cast.tomas)
    at_once([(cast.ben, f"/meetings/{meeting.id}/release", {}), (cast.dev, f"/meetings/{meeting.id}/book", {})])
    assert states() == {"released": 1, "booked": 1, "waiting": 1}


def test_seats_given_back_in_two_meetings_at_once_each_find_the_next_in_line(cast, at_once):
    """Each of the two is first in line for the other's seat: nobody waits for the other for ever."""
    first = open_meeting(cast.amara, starts_at=soon(), seats=1)
    second = open_meeting(cast.amara, starts_at=soon() + timedelta(days=1), seats=1)
    booked(first, cast.ben, cast.tomas)
    booked(second, cast.tomas, cast.ben)
    told = at_once(
        [(cast.ben, f"/meetings/{first.id}/release", {}), (cast.tomas, f"/meetings/{second.id}/release", {})]
    )
    assert told == [302, 302]
    assert states() == {"released": 2, "booked": 2}
