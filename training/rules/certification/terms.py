"""How long a certificate holds, when it can be renewed, and what state it is in. Days and months, nothing fetched.

A certificate is never changed. A renewal is another one that follows it, so what somebody had on any past day can still
be told.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class CertificateState(StrEnum):
    """How a certificate stands on a day."""

    VALID = "valid"
    IN_WINDOW = "in window"  # valid, and may be renewed
    EXPIRED = "expired"
    RENEWED = "renewed"  # another one follows it
    REVOKED = "revoked"


@dataclass(frozen=True)
class Terms:
    """A certificate holds for `months` (None: for good) and may be renewed in the last `window` days of them."""

    months: int | None
    window: int = 60


def add_months(day: date, months: int) -> date:
    """The same day of a later month; its last day where the month is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def expiry(terms: Terms, valid_from: date) -> date | None:
    """The last day of a first term; None where certificates hold for good."""
    return None if terms.months is None else add_months(valid_from, terms.months)


def next_expiry(terms: Terms, *, expires_on: date, renewed_on: date) -> date | None:
    """The last day of a renewed term. Renewing early loses no day: the new months begin where the old ones end.

    Renewed after it had expired, they begin on the day of the renewal.
    """
    return None if terms.months is None else add_months(max(expires_on, renewed_on), terms.months)


def window_opens(expires_on: date, window: int) -> date:
    """The first day on which a certificate may be renewed."""
    return expires_on - timedelta(days=window)


def may_open(expires_on: date | None, window: int, today: date) -> bool:
    """Whether it is time for a renewal: from the first day of the window, and ever after.

    "From", not "on": who was away on that day, or on the last one, is still found when they are back.
    """
    return expires_on is not None and today >= window_opens(expires_on, window)


def renewal_due(expires_on: date, window: int, opened_on: date) -> date:
    """Until when a renewal is asked for: the last day, or as many days as the window has for who comes back late."""
    return max(expires_on, opened_on + timedelta(days=window))


def state_on(
    today: date, *, expires_on: date | None, window: int, renewed: bool = False, revoked: bool = False
) -> CertificateState:
    """The state on a day. Revoked outweighs all, then renewed. The last day is still a valid one."""
    if revoked:
        return CertificateState.REVOKED
    if renewed:
        return CertificateState.RENEWED
    if expires_on is None:
        return CertificateState.VALID
    if today > expires_on:
        return CertificateState.EXPIRED
    return CertificateState.IN_WINDOW if may_open(expires_on, window, today) else CertificateState.VALID
