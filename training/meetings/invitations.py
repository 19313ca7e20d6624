"""Meetings in the format of calendars (RFC 5545, RFC 5546): invitations, updates, cancellations, and a feed.

Times are written in UTC: a meeting is one moment, so no list of clock changes has to travel with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from mail import MailPart

PRODUCT = "-//Sharpshooter//Meetings//EN"


class Method(StrEnum):
    """What a mail program is to do with a meeting."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Person:
    """Somebody as a calendar names them."""

    name: str
    email: str | None


@dataclass(frozen=True)
class Entry:
    """A meeting as a calendar keeps it. `uid` stays the same; a higher `sequence` replaces what was sent before."""

    uid: str
    sequence: int
    topic: str
    place: str
    starts_at: datetime
    minutes: int
    organizer: Person
    address: str  # of its page
    stamp: datetime
    cancelled: bool = False


def invitation(entry: Entry, method: Method, attendee: Person | None = None) -> MailPart:
    """The part of a mail that mail programs turn into an entry of the calendar. Names nobody but the one attendee."""
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(_event(entry, attendee))
    return MailPart("calendar", calendar.to_ical().decode(), {"method": method.value})


def feed(name: str, entries: Iterable[Entry]) -> str:
    """A whole calendar to subscribe to."""
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, None))
    return str(calendar.to_ical().decode())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _event(entry: Entry, attendee: Person | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + timedelta(minutes=entry.minutes))
    event.add("summary", f"{entry.topic} ({entry.organizer.name})")
    event.add("location", entry.place)
    event.add("description", entry.address)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.organizer.email:
        event["organizer"] = _address(entry.organizer)
    if attendee is not None and attendee.email:
        address = _address(attendee)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("ACCEPTED")
        event.add("attendee", address, encode=False)
    return event


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{person.email}")
    address.params["CN"] = vText(person.name)
    return address
