"""What people are told: once, in the product always, by mail as each wants it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db import db
from mail import OutgoingMail
from messages.kinds import Kind, Way
from messages.models import Message, MessagePreference
from messages.operations import Telling, tell, tell_each
from tests.support.cast import NOW

MEETING = Telling(Kind.MEETING, "A meeting is offered", "Amara offers Tuesday.", "/meetings/1", "meeting 1 offered")
PRACTICE = Telling(Kind.PRACTICE, "Two minutes today", "Five questions wait.", "/practice", "practice 2026-03-02")


def addresses() -> list[str]:
    return list(db.session.scalars(select(OutgoingMail.to).order_by(OutgoingMail.to)))


def test_a_message_is_in_the_product_and_leaves_by_mail_with_a_link(cast) -> None:
    assert tell([cast.ben.id], MEETING, at=NOW) == 1
    message = db.session.scalars(select(Message)).one()
    assert (message.employee_id, message.kind, message.read_at) == (cast.ben.id, "meeting", None)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.to, mail.subject) == (cast.ben.email, "A meeting is offered")
    assert "Amara offers Tuesday.\n\nhttp://127.0.0.1:5000/meetings/1\n" in mail.text


def test_nobody_is_told_twice_and_newcomers_still_are(cast) -> None:
    tell([cast.ben.id], MEETING, at=NOW)
    assert tell([cast.ben.id, cast.carla.id], MEETING, at=NOW) == 1
    assert addresses() == sorted([cast.ben.email, cast.carla.email])


def test_what_waits_for_the_digest_is_not_mailed_at_once(cast) -> None:
    tell([cast.ben.id], PRACTICE, at=NOW)
    assert addresses() == []
    assert db.session.scalars(select(Message.mailed_at)).one() is None


def test_a_person_chooses_the_way_for_a_kind(cast) -> None:
    for kind, way in ((Kind.MEETING, Way.IN_PRODUCT), (Kind.PRACTICE, Way.AT_ONCE)):
        db.session.add(MessagePreference(employee_id=cast.ben.id, kind=kind, way=way))
    db.session.flush()
    tell([cast.ben.id], MEETING, at=NOW)
    tell([cast.ben.id], PRACTICE, at=NOW)
    assert list(db.session.scalars(select(OutgoingMail.subject))) == ["Two minutes today"]


def test_who_has_left_is_not_told(cast) -> None:
    assert tell([cast.lena.id], MEETING, at=NOW) == 0
    assert db.session.scalars(select(Message)).all() == []


def test_each_is_told_in_words_of_their_own(cast) -> None:
    tellings = {cast.ben.id: MEETING, cast.carla.id: replace(MEETING, text="Amara offers Tuesday, an hour later.")}
    assert tell_each(tellings, at=NOW) == 2
    texts = {row.employee_id: row.text for row in db.session.execute(select(Message.employee_id, Message.text))}
    assert texts == {one: telling.text for one, telling in tellings.items()}


def test_what_is_told_at_once_has_one_key(cast) -> None:
    with pytest.raises(ValueError, match="one key"):
        tell_each({cast.ben.id: MEETING, cast.carla.id: PRACTICE}, at=NOW)


def test_a_long_subject_is_cut_rather_than_refused(cast) -> None:
    assert tell([cast.ben.id], replace(MEETING, subject="x" * 300), at=NOW) == 1


def test_telling_takes_three_statements_however_many_people(cast, statements) -> None:
    db.session.commit()
    with statements() as sent:
        tell([person.id for person in cast.people], MEETING, at=NOW)
    assert len(sent) <= 3, str(sent)
