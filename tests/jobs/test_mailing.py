"""Mail: sent by a real server, at least once, never twice under one key, tried again while the server is away."""

from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

import mail
from db import db, utcnow
from jobs.mailing import send_waiting
from mail import OutgoingMail, send_later
from tests.support.cast import NOW
from tests.support.ports import free_port


class Mailbox:
    """A mail server's handler that keeps what it takes, or refuses everything."""

    def __init__(self):
        self.taken, self.refuses = [], False

    async def handle_DATA(self, server, session, envelope):
        if self.refuses:
            return "452 mailbox full"
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 taken"


@pytest.fixture
def mailbox(app):
    """A real mail server, to which the application sends."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


def write(key="hello", subject="Grüße, Amélie"):
    send_later(to="ben@larkspur.example", subject=subject, text="Good morning – ça va?\n", key=key, at=NOW)
    db.session.commit()


def test_a_message_goes_out_once_and_its_text_is_dropped(app, mailbox):
    write()
    assert send_waiting(app) == 1
    assert send_waiting(app) == 0
    [(recipients, message)] = mailbox.taken
    assert recipients == ["ben@larkspur.example"]
    assert message.get_payload(decode=True).decode().strip() == "Good morning – ça va?"
    row = db.session.scalars(select(OutgoingMail)).one()
    assert (row.text, row.sent_at is None, row.error) == ("", False, "")


def test_a_second_message_with_the_same_key_is_dropped(app, mailbox):
    write()
    write()
    write(key="other")
    assert send_waiting(app) == 2


def test_a_message_of_a_transaction_that_rolls_back_never_was(app, mailbox):
    send_later(to="ben@larkspur.example", subject="a", text="b", key="c", at=NOW)
    db.session.rollback()
    assert send_waiting(app) == 0


def test_a_server_that_refuses_is_asked_again_later(app, mailbox):
    write()
    mailbox.refuses = True
    before = utcnow()
    assert send_waiting(app) == 1
    assert send_waiting(app) == 0
    row = db.session.scalars(select(OutgoingMail)).one()
    assert (row.sent_at, row.tries, "mailbox full" in row.error) == (None, 1, True)
    assert before + timedelta(seconds=59) < row.next_try_at < utcnow() + timedelta(seconds=61)
    mailbox.refuses = False
    row.next_try_at = utcnow()
    db.session.commit()
    assert send_waiting(app) == 1
    assert len(mailbox.taken) == 1


def test_a_server_that_is_away_stops_nothing(app):
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    write()
    assert send_waiting(app) == 1
    assert "Refused" in db.session.scalars(select(OutgoingMail.error)).one()
    db.session.commit()


def test_the_tries_have_an_end(app):
    write()
    at = NOW
    while (claimed := mail.claim_next(at)) is not None:
        at = claimed.next_try_at
    assert claimed is None
    assert timedelta(days=1) < at - NOW < timedelta(days=5)


def test_a_message_sent_again_has_the_same_id(app, mailbox):
    write()
    send_waiting(app)
    row = db.session.scalars(select(OutgoingMail)).one()
    row.sent_at, row.next_try_at = None, utcnow()  # as if the worker had died before its note
    db.session.commit()
    send_waiting(app)
    assert len({message["Message-ID"] for _, message in mailbox.taken}) == 1


def test_without_a_server_mail_is_written_to_files(app):
    app.config["MAIL_URL"] = "file:"
    write()
    send_waiting(app)
    [file] = (Path(app.config["INSTANCE_DIR"]) / "mail").glob("*.eml")
    assert message_from_bytes(file.read_bytes())["To"] == "ben@larkspur.example"
    file.unlink()


@pytest.mark.parametrize("subject", ["a\r\nBcc: eve@evil.example", "a\nb"])
def test_a_header_cannot_be_smuggled_in(app, mailbox, subject):
    write(subject=subject)
    assert send_waiting(app) == 1
    assert mailbox.taken == []
    assert "ValueError" in db.session.scalars(select(OutgoingMail.error)).one()
    db.session.commit()
