"""What the owner sets in the product: every choice once, with its name, its default, what it does, and its check.

A later feature adds its own choices with `offer`; facts about an installation (`made_up`, `attribution`) are stored in
the same table and are nobody's choice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import bulk_upsert, db, table_of
from people.auditing import audit
from people.employees import person_facts
from people.models import CompanySetting

LONGEST = 4000


@dataclass(frozen=True)
class Choice:
    """One thing that the owner may set. `check` returns the text to store, or raises ValueError with the cure."""

    name: str
    label: str
    what: str
    check: Callable[[str], str]
    default: str = ""
    lines: int = 1


def _line(text: str) -> str:
    return person_facts.line_of_text(text)


def _email(text: str) -> str:
    return person_facts.email(text) or ""


def _time_zone(text: str) -> str:
    return person_facts.time_zone(text) or "UTC"


def _text(text: str) -> str:
    value = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    if len(value) > LONGEST:
        raise ValueError(f"Use at most {LONGEST:,} characters; this has {len(value):,}.")
    if not all(letter.isprintable() or letter == "\n" for letter in value):
        raise ValueError("It holds characters that cannot be seen. Take them out.")
    return value


_choices: list[Choice] = [
    Choice("company_name", "Name of the company", "What the pages for everybody call the company.", _line),
    Choice("contact_name", "Whom to ask", "The person or office that answers questions about scores and data.", _line),
    Choice(
        "contact_email", "E-mail address of the contact", "Shown on the notice. Leave it empty to show none.", _email
    ),
    Choice(
        "time_zone",
        "Usual time zone",
        "For people whose directory entry names none. Each person's own one wins.",
        _time_zone,
        default="UTC",
    ),
    Choice(
        "notice",
        "Words added to the notice",
        "Every employee can read the notice on what is collected and why. Name here what is special in your company: "
        "which channels are read, what the works council agreed to, where to object. An empty line begins a paragraph.",
        _text,
        lines=8,
    ),
]


def choices() -> tuple[Choice, ...]:
    """Every choice, in the order in which it is shown."""
    return tuple(_choices)


def offer(*more: Choice) -> None:
    """Add choices of a later feature; one that is known by name already is replaced."""
    for choice in more:
        places = [place for place, known in enumerate(_choices) if known.name == choice.name]
        _choices[slice(places[0], places[0] + 1) if places else slice(len(_choices), None)] = [choice]


def company_settings() -> dict[str, str]:
    """All company settings by name, in one statement; what was never set is absent."""
    rows = db.session.execute(select(CompanySetting.name, CompanySetting.value))
    return {row.name: row.value for row in rows}


def change_settings(values: dict[str, str], *, actor_id: int | None, at: datetime) -> list[str]:
    """Store checked `values` by name and return the names that changed; each change is one audit row."""
    before = {choice.name: choice.default for choice in _choices}
    rows = db.session.execute(select(CompanySetting.name, CompanySetting.value).with_for_update())
    before.update({row.name: row.value for row in rows})
    changed = sorted(name for name, value in values.items() if value != before.get(name, ""))
    stored = [{"name": name, "value": values[name]} for name in changed]
    bulk_upsert(table_of(CompanySetting), stored, key="name", columns=["value"])
    decisions = [audit.Decision(audit.Verb.SETTING_CHANGED, None, {"setting": name}) for name in changed]
    audit.append_many(decisions, actor_id=actor_id, at=at)
    return changed
