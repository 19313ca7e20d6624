"""A real mail server for tests: keeps what it takes."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from jobs.mailing import send_waiting
from tests.support.ports import free_port


class Mailbox:
    """A mail server's handler that keeps what it takes, in order."""

    def __init__(self, app: Flask) -> None:
        self.taken: list[tuple[str, Message]] = []
        self._app = app

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        """Take one message."""
        recipients, content = envelope.rcpt_tos, envelope.content  # type: ignore[attr-defined]
        self.taken.append((recipients[0], message_from_bytes(content)))
        return "250 taken"

    def fetch(self) -> list[tuple[str, Message]]:
        """Let the outbox be sent; returns what arrived by it, with the address it went to."""
        self.taken.clear()
        while send_waiting(self._app):
            pass
        return list(self.taken)


def part_of(message: Message, media_type: str) -> str:
    """The text of the part of this type."""
    part = next(one for one in message.walk() if one.get_content_type() == media_type)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A real mail server, to which the application sends."""
    box = Mailbox(app)
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()
