"""Points in time and days as other systems write them."""

import re
from datetime import UTC, date, datetime, timedelta

from activity.formats.cells import Refusal

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SLACK = timedelta(days=1)
DAYS_FROM, DAYS_TO = date(1900, 1, 1), date(2200, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SECONDS_SINCE_1970 = re.compile(r"(\d{9,10})(\.\d{1,9})?", re.ASCII)
_MILLISECONDS_SINCE_1970 = re.compile(r"\d{12,13}", re.ASCII)


def moment(text: str, now: datetime) -> datetime | Refusal:
    """A point in time as aware UTC: ISO 8601 (UTC where no offset is written) or seconds since 1970.

    Not before 1990, and not after `now` by more than a day, which is what clocks may be wrong.
    """
    value = text.strip()
    if not value:
        return Refusal("The time is missing", "Every row needs one: 2026-11-02T08:14:09Z.")
    result = _point_in_time(value)
    if result is None:
        return Refusal("Not a time", "Write it as 2026-11-02T08:14:09Z (ISO 8601).")
    if result > now + CLOCK_SLACK:
        return Refusal("The time is in the future", _how_far(result, now))
    if result < EARLIEST:
        return Refusal("The time is before 1990", "Look for a missing or wrong year.")
    return result


def day(text: str) -> date | Refusal | None:
    """A calendar day as ISO 8601, or the day of a point in time; empty is None. From 1900 to 2200."""
    value = text.strip()
    if not value:
        return None
    result = _point_in_time(value)
    if result is None:
        return Refusal("Not a day", "Write it as 2026-11-02 (ISO 8601).")
    found = result.date()
    if not DAYS_FROM <= found <= DAYS_TO:
        return Refusal("The day is out of range", f"From {DAYS_FROM.year} to {DAYS_TO.year}.")
    return found


def _point_in_time(value: str) -> datetime | None:
    try:
        if found := _SECONDS_SINCE_1970.fullmatch(value):
            return EPOCH + timedelta(seconds=int(found[1]), microseconds=round(float(found[2] or 0) * 1e6))
        if _MILLISECONDS_SINCE_1970.fullmatch(value):
            return EPOCH + timedelta(milliseconds=int(value))
        if value.isdigit() and len(value) != 8:
            return None  # some other count of time; 20261102 is a day
        result = datetime.fromisoformat(value)
        return result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _how_far(result: datetime, now: datetime) -> str:
    days = (result - now).days
    ahead = f"{days // 365} years" if days >= 730 else f"{days} days"
    return f"{ahead} ahead. Look for a wrong year, or day and month swapped."
