"""What one cell may hold: each function turns a text into a value, or says why not and what to do.

They see one cell of one row and are called once for each different text, so they may take their time.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from activity.formats.verbs import Reach, Verb

LONGEST_IDENTIFIER = 200
LONGEST_NAME = 200
LONGEST_LINK = 2000
MOST_TEAM_LEVELS = 12
MOST_LANGUAGES = 20
LARGEST_NUMBER = 1e12
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SLACK = timedelta(days=1)
DAYS_FROM, DAYS_TO = date(1900, 1, 1), date(2200, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SECONDS_SINCE_1970 = re.compile(r"(\d{9,10})(\.\d{1,9})?", re.ASCII)
_MILLISECONDS_SINCE_1970 = re.compile(r"\d{12,13}", re.ASCII)
_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\"]+\.[^\s@,;<>()\[\]\".]+")
_JOINERS = re.compile("[\u200c\u200d]")  # part of names in Persian and Indian scripts
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
# Names of private conversations: dm-anna, mpdm-anna--rui-1, direct, private_chat, sales-private. A subject that merely
# has the word in it (private-key, direct-sales) is none.
_PRIVATE = re.compile(
    r"(direct|private|ims?|pms?)"
    r"|(.*[\W_])?(dms?|mpims?|mpdms?)([\W_].*)?"
    r"|(.*[\W_])?(direct|private)[\W_]*(message|messaging|msg|chat|channel|conversation|group|thread)s?([\W_].*)?"
    r"|.*[\W_]private"
)


class Refusal(NamedTuple):
    """Why a cell is not taken, in words that are the same for the same fault, and the cure for this one."""

    reason: str
    cure: str


def identifier(text: str) -> str | Refusal:
    """An id in another system: at most 200 characters, all of them visible; may be empty."""
    value = text.strip()
    if len(value) > LONGEST_IDENTIFIER:
        return Refusal("The id is too long", f"At most {LONGEST_IDENTIFIER} characters.")
    if not value.isprintable():
        return Refusal("Characters that cannot be seen", "Take control characters and line ends out of the cell.")
    return value


def link(text: str) -> str | Refusal:
    """A web address (http or https) of at most 2,000 characters; may be empty."""
    value = text.strip()
    if not value:
        return ""
    if not value.lower().startswith(("http://", "https://")):
        return Refusal("Not a web address", "It begins with https:// or http://.")
    if len(value) > LONGEST_LINK or not value.isprintable() or " " in value:
        return Refusal("Not a web address", f"At most {LONGEST_LINK} characters and no spaces.")
    return value


def name(text: str) -> str | Refusal:
    """A name of at most 200 characters, inner white space made single; may be empty."""
    value = " ".join(text.split())
    if len(value) > LONGEST_NAME:
        return Refusal("The name is too long", f"At most {LONGEST_NAME} characters.")
    if not _JOINERS.sub("", value).isprintable():
        return Refusal("Characters that cannot be seen", "Take control characters out of the cell.")
    return value


def email(text: str) -> str | Refusal:
    """An e-mail address in lower case; may be empty."""
    value = text.strip().lower()
    if value and (len(value) > LONGEST_IDENTIFIER or not value.isprintable() or not _EMAIL.fullmatch(value)):
        return Refusal("Not an e-mail address", "It looks like name@company.example.")
    return value


def verb(text: str) -> Verb | Refusal:
    """What was done."""
    try:
        return Verb(text.strip().lower())
    except ValueError:
        return Refusal("Not a kind of event", f"Known: {', '.join(Verb)}. Others can be translated in the mapping.")


def reach(text: str) -> Reach | Refusal:
    """Paid, organic, or (empty) not stated."""
    try:
        return Reach(text.strip().lower())
    except ValueError:
        return Refusal("Neither paid nor organic", "Leave it empty where the source does not say.")


def channel(text: str) -> str | Refusal:
    """Where it happened; may be empty. What is named like a private conversation is refused."""
    value = name(text)
    if isinstance(value, Refusal):
        return value
    if _PRIVATE.fullmatch(value.lower()):
        return Refusal(
            "Named like a private conversation",
            "Private messages are never imported. If the channel is open to all, translate its name in the mapping.",
        )
    return value


def number(text: str) -> float | Refusal:
    """A finite number of at most a million million, written with a point; empty is 0."""
    value = text.strip()
    if not value:
        return 0.0
    try:
        result = float(value)
    except ValueError:
        result = math.nan
    if not math.isfinite(result) or "_" in value:
        return Refusal("Not a number", "Digits, with a point before decimals and no separator of thousands.")
    if abs(result) > LARGEST_NUMBER:
        return Refusal("The number is too large", f"At most {LARGEST_NUMBER:,.0f}.")
    return result


def worth(text: str) -> float | Refusal:
    """What an outcome counts: a number from 0 up; empty is 1."""
    if not text.strip():
        return 1.0
    result = number(text)
    if isinstance(result, float) and result < 0:
        return Refusal("The value is below zero", "An outcome counts 0 or more; leave out what was taken back.")
    return result


def share(text: str) -> float | Refusal:
    """A part of an outcome: over 0 up to 1; empty is 1."""
    if not text.strip():
        return 1.0
    result = number(text)
    if isinstance(result, float) and not 0 < result <= 1:
        return Refusal("Not a share", "Over 0 and at most 1; half of an outcome is 0.5.")
    return result


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


def time_zone(text: str) -> str | Refusal:
    """A time zone of the IANA list; may be empty."""
    value = text.strip()
    if not value:
        return ""
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        return Refusal("Not a time zone", "Write it as Europe/Lisbon (the IANA list).")


def languages(text: str) -> tuple[str, ...] | Refusal:
    """Language tags such as `de` or `pt-br`, separated by `;`, in lower case; may be empty."""
    tags = tuple(dict.fromkeys(tag.strip().lower() for tag in text.split(";") if tag.strip()))
    if len(tags) > MOST_LANGUAGES or not all(len(tag) <= 35 and _LANGUAGE.fullmatch(tag) for tag in tags):
        return Refusal("Not a language", "Write tags as de;en;pt-br, at most 20.")
    return tags


def team_path(text: str) -> tuple[str, ...] | Refusal:
    """The names of teams from the top down, written `Sales / North`; may be empty."""
    if not text.strip():
        return ()
    names = []
    for part in text.split(" / "):
        value = name(part)
        if isinstance(value, Refusal):
            return value
        names.append(value)
    if not all(names) or len(names) > MOST_TEAM_LEVELS:
        return Refusal("Not a team path", f"Names from the top down: Sales / North, at most {MOST_TEAM_LEVELS}.")
    return tuple(names)


def _point_in_time(value: str) -> datetime | None:
    try:
        if found := _SECONDS_SINCE_1970.fullmatch(value):
            return EPOCH + timedelta(seconds=int(found[1]), microseconds=round(float(found[2] or 0) * 1e6))
        if _MILLISECONDS_SINCE_1970.fullmatch(value):
            return EPOCH + timedelta(milliseconds=int(value))
        result = datetime.fromisoformat(value)
        return result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _how_far(result: datetime, now: datetime) -> str:
    days = (result - now).days
    ahead = f"{days // 365} years" if days >= 730 else f"{days} days"
    return f"{ahead} ahead. Look for a wrong year, or day and month swapped."
