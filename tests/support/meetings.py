"""Meetings for tests: amara teaches ben (and whoever is added), otto teaches carla."""

from datetime import date, timedelta

from sqlalchemy import select

from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast, Person
from tests.support.learning import assign
from training.meetings.booking_operations import book
from training.meetings.models import Meeting, MeetingSeat, OfficeHours
from training.meetings.office_hours_operations import HoursFacts, begin_hours
from training.meetings.operations import Facts, offer

LATER = NOW + timedelta(days=2)
TODAY = NOW.date()


def row(person: Person) -> Employee:
    """The row of one of the cast."""
    return db.session.get_one(Employee, person.id)


def facts(*, starts_at=LATER, seats: int = 1, topic: str = "Answering in public", minutes: int = 30) -> Facts:
    """What a trainer states."""
    return Facts(topic=topic, place="Room 4", starts_at=starts_at, minutes=minutes, seats=seats)


def open_meeting(trainer: Person, *, seats: int = 1, starts_at=LATER, at=NOW, **more) -> Meeting:
    """A meeting that every learner of the trainer may book."""
    return offer(row(trainer), facts(starts_at=starts_at, seats=seats, **more), is_open=True, at=at)


def invite(trainer: Person, *people: Person, starts_at=LATER, at=NOW, **more) -> Meeting:
    """A meeting to which these people are invited."""
    return offer(row(trainer), facts(starts_at=starts_at, **more), invited=[one.id for one in people], at=at)


def office_hours(
    trainer: Person, *, weekday: int = 2, hour: int = 10, first_on: date = TODAY, seats: int = 1, at=NOW
) -> OfficeHours:
    """Weekly office hours of half an hour; on Wednesdays at ten unless said otherwise."""
    stated = HoursFacts(weekday, 60 * hour, 30, seats, "Office hours", "https://meet.example/amara", first_on)
    return begin_hours(row(trainer), stated, at=at)


def all_learn_from(cast: Cast, trainer: Person, course_id: int, *people: Person) -> None:
    """Let more people be taught by a trainer."""
    for person in people:
        assign(trainer, person, course_id)


def state_of(meeting: Meeting, person: Person) -> str | None:
    """How somebody stands to a meeting."""
    query = select(MeetingSeat.state).where(MeetingSeat.meeting_id == meeting.id, MeetingSeat.learner_id == person.id)
    return db.session.scalar(query)


def booked(meeting: Meeting, *people: Person, at=NOW) -> list[str]:
    """Let people book one after the other; returns what each got."""
    return [str(book(meeting, row(one), at=at + timedelta(minutes=n))) for n, one in enumerate(people)]
