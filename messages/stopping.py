"""The link at the foot of a mail that stops mail of its kind: a signed token that needs no signing in.

It does not run out: a mail may lie for years before somebody has had enough. All it can do is stop mail of one kind.
"""

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from messages.kinds import Kind

DIGEST = "digest"


@dataclass(frozen=True)
class Stop:
    """Whose mail is stopped, and of which kind; None stops the digest."""

    employee_id: int
    kind: Kind | None


def stop_address(employee_id: int, kind: Kind | None) -> str:
    """The whole address behind which mail of this kind (None: the digest) is stopped."""
    token = _signer().dumps([employee_id, kind or DIGEST])
    return f"{public_url()}/messages/stop/{token}"


def read_token(token: str) -> Stop | None:
    """What a token stops; None when it is not ours, or is about a kind that is no longer there."""
    try:
        employee_id, kind = _signer().loads(token)
        return Stop(int(employee_id), None if kind == DIGEST else Kind(kind))
    except (BadSignature, TypeError, ValueError):
        return None


def public_url() -> str:
    """The address of the product, as the settings name it."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/")


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="stop mail of a kind")
