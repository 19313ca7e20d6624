"""The pages of messages: unread first, searched, marked; how one is told; the link that stops mail."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from mail import OutgoingMail
from messages.kinds import KINDS, Kind, Way
from messages.models import Message
from messages.operations import Telling, tell
from messages.preferences import ways_of
from messages.stopping import stop_address
from people.models import Employee
from tests.support.cast import NOW


def tell_ben(cast, number, *, kind=Kind.MEETING, path="/portal"):
    telling = Telling(kind, f"Subject {number}", f"Words {number}.", path, f"key {number}")
    tell([cast.ben.id], telling, at=NOW + timedelta(minutes=number))
    return db.session.scalars(select(Message).where(Message.key == telling.key)).one()


def subjects(text):
    return [int(number) for number in re.findall(r"Subject (\d+)</button>", text)]


def test_the_unread_come_first_then_the_newest(cast, client_of):
    rows = [tell_ben(cast, number) for number in range(4)]
    rows[3].read_at = NOW
    answer = client_of(cast.ben).get("/messages")
    assert subjects(answer.text) == [2, 1, 0, 3]
    assert "Three messages are unread." in answer.text


def test_the_shell_shows_how_many_are_unread_for_one_statement(cast, client_of, statements):
    client = client_of(cast.ben)
    with statements() as before:
        client.get("/notice")
    tell_ben(cast, 1)
    with statements() as sent:
        answer = client.get("/notice")
    assert 'Messages<span class="n">1<span class="off"> waiting' in answer.text
    assert len(sent) == len(before) <= 3, str(sent)


def test_messages_are_found_by_their_words_and_come_page_by_page(cast, client_of):
    for number in range(30):
        tell_ben(cast, number)
    client = client_of(cast.ben)
    assert len(subjects(client.get("/messages").text)) == 25
    assert subjects(client.get("/messages?page=2").text) == [4, 3, 2, 1, 0]
    assert subjects(client.get("/messages?q=words+17.").text) == [17]
    assert "No message fits that." in client.get("/messages?q=%25").text


def test_without_messages_the_page_says_what_will_come(cast, client_of):
    assert "Nothing here yet" in client_of(cast.ben).get("/messages").text


def test_opening_marks_as_read_and_leads_to_what_it_is_about(cast, client_of):
    row = tell_ben(cast, 1, path="/course")
    assert client_of(cast.ben).post(f"/messages/{row.id}/open").location == "/course"
    assert db.session.get_one(Message, row.id).read_at is not None


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_opening_leads_nowhere_else(cast, client_of, path):
    row = tell_ben(cast, 1, path=path)
    assert client_of(cast.ben).post(f"/messages/{row.id}/open").location == "/messages"


def test_one_or_all_are_marked_as_read(cast, client_of):
    rows = [tell_ben(cast, number) for number in range(3)]
    client = client_of(cast.ben)
    client.post(f"/messages/{rows[0].id}/read")
    assert subjects(client.get("/messages?unread=yes").text) == [2, 1]
    client.post("/messages/read-all")
    assert "You have read everything." in client.get("/messages").text


def test_nobody_reads_or_marks_the_messages_of_others(cast, client_of):
    row = tell_ben(cast, 1)
    client = client_of(cast.carla)
    assert client.post(f"/messages/{row.id}/open").status_code == 404
    assert "Subject 1" not in client.get("/messages").text
    assert db.session.get_one(Message, row.id).read_at is None


def test_each_kind_is_told_as_chosen(cast, client_of):
    client = client_of(cast.ben)
    assert "by mail at once" in client.get("/messages/preferences").text
    ways = {kind.value: about.way.value for kind, about in KINDS.items()}
    client.post("/messages/preferences", data={**ways, "meeting": "digest", "practice": "in_product"})
    chosen = ways_of(cast.ben.id)
    assert (chosen[Kind.MEETING], chosen[Kind.PRACTICE]) == (Way.DIGEST, Way.IN_PRODUCT)
    client.post("/messages/preferences", data={**ways, "meeting": "at_once"})
    assert ways_of(cast.ben.id)[Kind.MEETING] is Way.AT_ONCE
    assert ways_of(cast.carla.id)[Kind.MEETING] is Way.AT_ONCE


def test_a_way_that_there_is_not_is_refused(cast, client_of):
    answer = client_of(cast.ben).post("/messages/preferences", data={"meeting": "by pigeon"})
    assert answer.status_code == 422
    assert ways_of(cast.ben.id)[Kind.MEETING] is Way.AT_ONCE


def stop_link(text):
    return re.search(r"http://127\.0\.0\.1:5000(/messages/stop/\S+)", text).group(1)


def test_the_link_at_the_foot_of_a_mail_stops_its_kind_without_signing_in(cast, client):
    tell_ben(cast, 1)
    link = stop_link(db.session.scalars(select(OutgoingMail.text)).one())
    page = client.get(link)
    assert "Stop this mail?" in page.text
    assert ways_of(cast.ben.id)[Kind.MEETING] is Way.AT_ONCE  # mail programs open links: that alone stops nothing
    assert "Done: no more of this mail" in client.post(link).text
    assert ways_of(cast.ben.id)[Kind.MEETING] is Way.IN_PRODUCT
    tell_ben(cast, 2)
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 1


def test_the_link_of_a_digest_stops_what_came_with_it(cast, client):
    link = stop_address(cast.ben.id, None).removeprefix("http://127.0.0.1:5000")
    client.post(link)
    ways = ways_of(cast.ben.id)
    assert Way.DIGEST not in ways.values()
    assert ways[Kind.MEETING] is Way.AT_ONCE


def test_a_link_that_was_changed_stops_nothing(cast, client):
    link = stop_address(cast.ben.id, Kind.MEETING).removeprefix("http://127.0.0.1:5000")
    for wrong in (link[:-1], link + "x", "/messages/stop/anything"):
        assert client.post(wrong).status_code == 404
    assert client.post(link, csrf=False).status_code == 400
    assert ways_of(cast.ben.id)[Kind.MEETING] is Way.AT_ONCE


def test_the_pages_hold_in_the_browser(cast, page, sign_in, check_page, shot):
    for number, kind in enumerate((Kind.MEETING, Kind.GRADED, Kind.CERTIFICATE)):
        tell_ben(cast, number, kind=kind)
    db.session.commit()
    sign_in(page, cast.ben)
    page.goto("/messages")
    check_page(page)
    shot(page, "messages")
    page.locator(".inbox .btn").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Two messages are unread."
    page.get_by_role("link", name="Choose what comes by mail").click()
    check_page(page)
    shot(page, "preferences")
    page.get_by_role("group", name=KINDS[Kind.MEETING].title).get_by_label("Daily digest").check()
    page.get_by_role("button", name="Keep these choices").click()
    assert "1 choice kept." in page.content()
    page.goto(stop_address(cast.ben.id, Kind.GRADED).removeprefix("http://127.0.0.1:5000"))
    check_page(page)
    shot(page, "stop")
    assert db.session.get_one(Employee, cast.ben.id).email is not None
