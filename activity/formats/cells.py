"""What one cell may hold: each function turns a text into a value, or says why not and what to do.

They see one cell of one row and are called once for each different text, so they may take their time.
"""

import math
import re
import unicodedata
from typing import NamedTuple

from activity.formats.verbs import Reach, Verb

LONGEST_IDENTIFIER = 100
LONGEST_EMAIL = 254
LONGEST_KIND = 60
LONGEST_NAME = 200
LONGEST_FACT = 1000
LONGEST_LINK = 500
LARGEST_NUMBER = 1e12

_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\"]+\.[^\s@,;<>()\[\]\".]+")
_JOINERS = re.compile("[\u200c\u200d]")  # part of names in Persian and Indian scripts
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


HIDDEN_CHARACTERS = Refusal("Characters that cannot be seen", "Take control characters out of the cell.")


def identifier(text: str) -> str | Refusal:
    """An id in another system: at most 100 characters, all of them visible; may be empty."""
    value = _one_line(text)
    if len(value) > LONGEST_IDENTIFIER:
        return Refusal("The id is too long", f"At most {LONGEST_IDENTIFIER} characters.")
    return value if value.isprintable() else HIDDEN_CHARACTERS


def link(text: str) -> str | Refusal:
    """A web address (http or https) of at most 500 characters; may be empty."""
    value = text.strip()
    if not value:
        return ""
    if not value.lower().startswith(("http://", "https://")):
        return Refusal("Not a web address", "It begins with https:// or http://.")
    if len(value) > LONGEST_LINK or not value.isprintable() or " " in value:
        return Refusal("Not a web address", f"At most {LONGEST_LINK} characters and no spaces.")
    return value


def name(text: str, longest: int = LONGEST_NAME) -> str | Refusal:
    """A name in one line, white space made single; may be empty."""
    value = _one_line(text)
    if len(value) > longest:
        return Refusal("The text is too long", f"At most {longest} characters.")
    return value if _JOINERS.sub("", value).isprintable() else HIDDEN_CHARACTERS


def kind(text: str) -> str | Refusal:
    """A kind of event or of outcome, a name of at most 60 characters; may be empty."""
    return name(text, LONGEST_KIND)


def fact(text: str) -> str | Refusal:
    """What a directory says about a person, in one line; may be empty. What it may say is for `people` to check."""
    return name(text, LONGEST_FACT)


def email(text: str) -> str | Refusal:
    """An e-mail address in lower case; may be empty."""
    value = text.strip().lower()
    if value and (len(value) > LONGEST_EMAIL or not value.isprintable() or not _EMAIL.fullmatch(value)):
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
        return Reach(text.strip().lower() or Reach.NOT_STATED)
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


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
