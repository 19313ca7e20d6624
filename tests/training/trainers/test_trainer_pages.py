"""The pages of a trainer's own teaching, and of the owner's list of trainers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.models import Champion
from db import db, utcnow
from tests.support.taught import everybody_speaks, make_champions, make_course
from tests.support.teachers import make_course_for_trainers
from training.trainers.models import CourseWaiver, KeptApart, TeachingPause, TeachingSettings


@pytest.fixture
def trainers(cast):
    make_champions(cast, cast.amara, cast.otto)
    everybody_speaks("pt;en")
    make_course()


SENT = {"places": "7", "takes_learners": "y", "languages": ["en"], "from_0": "08:00", "to_0": "12:00"}


def test_a_trainer_sets_limit_languages_and_hours(trainers, cast, client_of):
    client = client_of(cast.amara)
    assert client.get("/teaching/settings").status_code == 200
    assert client.post("/teaching/settings", data=SENT).status_code == 302
    row = db.session.get_one(TeachingSettings, cast.amara.id)
    assert (row.languages, row.takes_learners, row.hours) == ("en", True, [[480, 720], *[None] * 6])
    assert db.session.scalar(select(Champion.capacity).where(Champion.employee_id == cast.amara.id)) == 7
    page = client.get("/teaching/settings").text
    assert 'value="08:00"' in page
    assert "Monday 08:00 to 12:00" in page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"places": "many"}, "Not a valid integer"),
        ({"places": "-1"}, "whole number from 0"),
        ({"to_0": ""}, "Give both times"),
        ({"from_0": "", "to_0": ""}, "at least one day"),
    ],
)
def test_what_cannot_be_is_told_and_kept_in_the_form(trainers, cast, client_of, changed, told):
    answer = client_of(cast.amara).post("/teaching/settings", data={**SENT, **changed})
    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.get(TeachingSettings, cast.amara.id) is None


def test_a_pause_is_noted_and_ended_on_the_page(trainers, cast, client_of):
    client, today = client_of(cast.amara), utcnow().date()
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=7)).isoformat()}
    client.post("/teaching/pauses", data=days)
    row = db.session.scalars(select(TeachingPause)).one()
    assert "You are on a pause" in client.get("/teaching").text
    client_of(cast.otto).post("/teaching/pauses/end", data={"pause": row.id})
    assert db.session.scalars(select(TeachingPause)).one_or_none() is not None
    client.post("/teaching/pauses/end", data={"pause": row.id})
    assert db.session.scalars(select(TeachingPause)).one_or_none() is None


def test_a_pause_that_is_none_is_refused_in_words(trainers, cast, client_of):
    client = client_of(cast.amara)
    client.post("/teaching/pauses", data={"starts_on": "2031-02-01", "ends_on": "2031-01-01"})
    assert "ends before it begins" in client.get("/teaching").text
    client.post("/teaching/pauses", data={"starts_on": "soon", "ends_on": ""})
    assert "Name the last day." in client.get("/teaching").text


def test_the_owner_waives_the_course_on_the_list(trainers, cast, client_of):
    make_course_for_trainers()
    client = client_of(cast.petra)
    assert "Two of two trainers get no learners yet" in client.get("/trainers").text
    client.post("/trainers/waivers", data={"trainer_id": cast.amara.id, "reason": ""})
    assert "Give the reason" in client.get("/trainers").text
    client.post("/trainers/waivers", data={"trainer_id": cast.amara.id, "reason": "Taught here for ten years."})
    assert db.session.get_one(CourseWaiver, cast.amara.id).waived_by_id == cast.petra.id
    page = client.get("/trainers").text
    assert "One of two trainers gets no learners yet" in page
    assert "Taught here for ten years." in page


def test_the_owner_keeps_two_people_apart(trainers, cast, client_of):
    client = client_of(cast.petra)
    sent = {"one": cast.ben.email, "other": cast.otto.name, "reason": "A complaint is open."}
    answer = client.post("/trainers/kept-apart", data={**sent, "other": "Nobody Known"})
    assert answer.status_code == 422
    assert "Nobody has the name" in answer.text
    assert cast.ben.email in answer.text
    client.post("/trainers/kept-apart", data=sent)
    page = client.get("/trainers").text
    assert "A complaint is open." in page
    client.post("/trainers/kept-apart/end", data={"kept": db.session.scalars(select(KeptApart.id)).one()})
    assert "Nobody is kept apart" in client.get("/trainers").text


def test_pages_keep_to_their_statements(trainers, cast, client_of, statements):
    for person, address in ((cast.amara, "/teaching"), (cast.amara, "/teaching/settings"), (cast.petra, "/trainers")):
        client = client_of(person)
        client.get(address)
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, (address, str(sent))
