"""Sending what waits in the outbox. No transaction is open while the mail server is spoken to."""

import logging
import smtplib
from pathlib import Path

from flask import Flask

import mail
from db import db, may_write, only_read, utcnow
from mail import OutgoingMail

MOST_AT_ONCE = 20
log = logging.getLogger("sharpshooter.mail")


def send_waiting(app: Flask, most: int = MOST_AT_ONCE) -> int:
    """Try to send the messages that are due, at most `most`; returns how many were tried."""
    for tried in range(most):
        with app.app_context():
            message = _claim()
            if message is None:
                return tried
            _send(app, message)
    return most


def _claim() -> OutgoingMail | None:
    only_read()
    if db.session.query(OutgoingMail.id).where(mail.is_due(utcnow())).first() is None:
        return None
    may_write()
    message = mail.claim_next(utcnow())
    db.session.commit()
    return message


def _send(app: Flask, message: OutgoingMail) -> None:
    url, sender = app.config["MAIL_URL"], app.config["MAIL_FROM"]
    folder = Path(app.config["INSTANCE_DIR"]) / "mail"
    try:
        mail.deliver(message, url=url, sender=sender, folder=folder, at=utcnow())
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("message %s could not be sent: %s", message.id, error)
        mail.note_trouble(message.id, f"{type(error).__name__}: {error}")
    else:
        mail.note_sent(message.id, utcnow())
    db.session.commit()
