"""When a page was opened, carried by its form and signed, so that the time to decide is known without a note of it."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

LONGEST_SECONDS = 7 * 24 * 3600


def stamp(at: datetime) -> str:
    """A signed moment for a hidden field."""
    return str(_signer().dumps(round(at.timestamp())))


def seconds_since(text: str | None, at: datetime) -> int | None:
    """Seconds from a stamp until `at`; None for one that is missing, was tampered with, or makes no sense."""
    try:
        seconds = round(at.timestamp()) - int(_signer().loads(text or ""))
    except (BadSignature, TypeError, ValueError):
        return None
    return seconds if 0 <= seconds <= LONGEST_SECONDS else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="page-opened")
