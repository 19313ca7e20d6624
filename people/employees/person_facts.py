"""What may be stated about a person: each function turns a text into a clean value or says what is wrong with it.

Used by the forms and by the import of directories, so that both refuse the same things.
"""

import re
import unicodedata
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

SEPARATOR = " / "
LONGEST_ID, LONGEST_NAME, LONGEST_EMAIL, LONGEST_PLACE = 100, 200, 254, 100
LONGEST_PATH, MOST_LEVELS = 1000, 20

_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\"]+\.[^\s@,;<>()\[\]\".]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)


class FactError(ValueError):
    """A text that cannot be taken: `reason` in the same words for the same fault, and the `cure`."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(f"{reason}. {cure}")
        self.reason, self.cure = reason, cure


def line_of_text(text: str, longest: int = LONGEST_NAME) -> str:
    """`text` in one line, white space made single; raise FactError if it is too long or holds what cannot be seen."""
    value = unicodedata.normalize("NFC", " ".join(text.split()))
    if not value.isprintable():
        raise FactError("Characters that cannot be seen", "Take the control characters out.")
    if len(value) > longest:
        raise FactError("Too long", f"Use at most {longest} characters; this has {len(value)}.")
    return value


def external_id(text: str) -> str:
    """The id in the company's own directory; never empty."""
    value = line_of_text(text, LONGEST_ID)
    if not value:
        raise FactError("The id is missing", "Give each person the id that the company's directory uses.")
    return value


def email(text: str) -> str | None:
    """An e-mail address in lower case; None for an empty text."""
    value = line_of_text(text, LONGEST_EMAIL).lower()
    if value and not _EMAIL.fullmatch(value):
        raise FactError("Not an e-mail address", "It looks like name@company.example.")
    return value or None


def languages(text: str) -> str:
    """Language codes in lower case joined by ";", each once; may be empty."""
    codes = list(dict.fromkeys(code for code in re.split(r"[;,\s]+", text.lower()) if code))
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise FactError("Not a language", f"Write codes such as en;pt instead of {line_of_text(code)[:20]}.")
    return line_of_text(";".join(codes), LONGEST_PLACE)


def time_zone(text: str) -> str:
    """A time zone of the IANA list; may be empty."""
    value = line_of_text(text)
    if value and not _is_time_zone(value):
        known = {name.lower(): name for name in sorted(available_timezones())}
        near = get_close_matches(value.lower(), known, n=1)
        cure = f"Did you mean {known[near[0]]}?" if near else "Write it as Europe/Lisbon, a name of the IANA list."
        raise FactError("Unknown time zone", cure)
    return value


@lru_cache(maxsize=1024)
def _is_time_zone(name: str) -> bool:
    try:
        return ZoneInfo(name).key == name
    except (KeyError, ValueError, OSError):
        return False


def team_path(text: str) -> tuple[str, ...]:
    """The parts of a path "Company / Care / Care Leeds", from the top; () for an empty text."""
    parts = tuple(line_of_text(part) for part in re.split(r"(?:^|(?<=\s))/(?=\s|$)", text.strip()))
    if parts == ("",):
        return ()
    if not all(parts):
        raise FactError("A part of the team's path is empty", "Write it as Company / Care / Care Leeds.")
    if len(parts) > MOST_LEVELS or len(SEPARATOR.join(parts)) > LONGEST_PATH:
        raise FactError("The team's path is too long", f"At most {MOST_LEVELS} levels, {LONGEST_PATH} characters.")
    return parts


def check_order(starts_on: date | None, ends_on: date | None) -> None:
    """Raise FactError if the last day is before the first."""
    if starts_on and ends_on and ends_on < starts_on:
        raise FactError("The last day is before the first", "Look for swapped or wrong days.")


def first_name(name: str) -> str:
    """What one calls a person; the whole name where it is no name but "Person" and an id."""
    return name if name.startswith("Person ") else name.split(" ")[0]
