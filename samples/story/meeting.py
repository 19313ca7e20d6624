"""Trainers and learners meet: what was, what is to come, what they wrote down, and what they say after a module."""

from datetime import date, datetime, time, timedelta

import numpy as np
from sqlalchemy import func, select, update

from db import db
from messages.models import Message
from people.models import Employee
from people.roles.queries import is_active
from samples.company.chance import one_of, some_of, stream
from samples.story.learning import example_learner
from samples.story.meeting_words import GOALS, HEARD, NEXT_STEPS, PLACES, TOPICS, TRIED
from samples.story.state import STARTER, Story, course_id
from training.assigning.models import Assignment
from training.enrolment_models import Attempt, Enrolment
from training.feedback import operations as feedback_operations
from training.feedback.models import Reply, Side
from training.meetings.booking_operations import book
from training.meetings.models import Meeting, MeetingSeat
from training.meetings.office_hours_operations import HoursFacts, begin_hours
from training.meetings.operations import Facts, note_attendance, offer
from training.meetings.worksheet_operations import Written, share
from training.rules.meetings.times import moment_of

READ_BEFORE = timedelta(days=2)
ANSWERS = 300
WEEKEND = 5
TRAINERS_AT_MOST = 12


def meet(story: Story) -> str:
    """Let the trainers meet some of their learners, before and after today."""
    chance = stream(story.seed, "meetings")
    first = example_learner(story)
    trainers = _trainers(story.calendar.now, first)
    for trainer, learners in trainers:
        _meet_some(story, trainer, learners, chance)
    db.session.execute(
        update(Message)
        .where(Message.created_at < story.calendar.now - READ_BEFORE, Message.read_at.is_(None))
        .values(read_at=Message.created_at)
    )
    answers = _answer(story, first)
    return f"{len(trainers)} trainers meet their learners, {answers} answers after modules"


def _trainers(now: datetime, first: int) -> list[tuple[Employee, list[Employee]]]:
    """Trainers with their learners, `first` at the head of hers; her trainer comes first."""
    query = (
        select(Assignment.trainer_id, Employee)
        .join(Employee, Employee.id == Assignment.learner_id)
        .where(Assignment.ends_at.is_(None), is_active(now), Employee.ends_on.is_(None))
        .order_by(Assignment.trainer_id, Employee.id != first, Employee.id)
    )
    learners: dict[int, list[Employee]] = {}
    for trainer_id, learner in db.session.execute(query):
        learners.setdefault(trainer_id, []).append(learner)
    rows = db.session.scalars(
        select(Employee).where(Employee.id.in_(learners), is_active(now), Employee.ends_on.is_(None))
    )
    order = sorted(rows, key=lambda one: (first not in {who.id for who in learners[one.id]}, one.id))
    return [(one, learners[one.id]) for one in order[:TRAINERS_AT_MOST]]


def _meet_some(story: Story, trainer: Employee, learners: list[Employee], chance: np.random.Generator) -> None:
    """Two meetings behind, two ahead, and office hours."""
    chosen = [learners[0], *some_of(chance, learners[1:], 4)]
    topics = some_of(chance, TOPICS, 4)
    for number, learner in enumerate(chosen[:2]):
        _met(story, trainer, learner, topic=topics[number], days_ago=10 - 4 * number, chance=chance)
    at = story.calendar.at(1, 14)
    ahead = _facts(trainer, topics[2], _working_day(story.calendar.today, 2), time(10), chance)
    offer(trainer, ahead, invited=[chosen[0].id], at=at)
    group = _facts(trainer, topics[3], _working_day(story.calendar.today, 5), time(15), chance, seats=2)
    meeting = offer(trainer, group, is_open=True, at=at)
    for number, learner in enumerate(chosen[1:4]):
        book(meeting, learner, at=at + timedelta(minutes=10 * (number + 1)))
    weekday = trainer.id % WEEKEND
    hours = HoursFacts(weekday, 13 * 60 + 30, 30, 1, "Office hours", one_of(chance, PLACES), story.calendar.today)
    begin_hours(trainer, hours, at=at)


def _met(
    story: Story, trainer: Employee, learner: Employee, *, topic: str, days_ago: int, chance: np.random.Generator
) -> None:
    """One meeting that was held, with what the two wrote."""
    day = _working_day(story.calendar.today, -days_ago)
    facts = _facts(trainer, topic, day, time(11), chance)
    asked = facts.starts_at - timedelta(days=3)
    meeting: Meeting = offer(trainer, facts, invited=[learner.id], at=asked)
    book(meeting, learner, at=asked + timedelta(hours=2))
    note_attendance(meeting, [learner.id], at=facts.starts_at + timedelta(hours=1))
    seat = db.session.get_one(MeetingSeat, (meeting.id, learner.id))
    goal, tried, following = (one_of(chance, words) for words in (GOALS, TRIED, NEXT_STEPS))
    share(seat, Written(goal, "", ""), base=0, author_id=learner.id, at=asked + timedelta(hours=3))
    whole = Written(goal, tried, following)
    share(seat, whole, base=1, author_id=trainer.id, at=facts.starts_at + timedelta(minutes=25))


def _facts(trainer: Employee, topic: str, day: date, at: time, chance: np.random.Generator, seats: int = 1) -> Facts:
    starts_at = moment_of(day, at, trainer.time_zone)
    return Facts(topic, one_of(chance, PLACES), starts_at, 30, seats)


def _working_day(today: date, days: int) -> date:
    """About so many days from today, and no weekend."""
    day = today + timedelta(days=days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= WEEKEND else day


def _answer(story: Story, first: int) -> int:
    """Some of both sides say how a module was; the example learner is still to be asked. Returns how many."""
    passed = (
        select(Attempt.enrolment_id, Attempt.module_id, func.min(Attempt.finished_at).label("at"))
        .where(Attempt.passed.is_(True))
        .group_by(Attempt.enrolment_id, Attempt.module_id)
        .subquery()
    )
    query = (
        select(Enrolment, passed.c.module_id, passed.c.at, Assignment.trainer_id)
        .join(passed, passed.c.enrolment_id == Enrolment.id)
        .join(
            Assignment, (Assignment.learner_id == Enrolment.learner_id) & (Assignment.course_id == Enrolment.course_id)
        )
        .where(Enrolment.course_id == course_id(STARTER), Enrolment.learner_id != first, Assignment.ends_at.is_(None))
        .order_by(Enrolment.id, passed.c.module_id)
    )
    chance = stream(story.seed, "after modules")
    some = some_of(chance, list(db.session.execute(query)), ANSWERS)
    for enrolment, module_id, at, trainer_id in some:
        side = Side.LEARNER if chance.random() < 0.75 else Side.TRAINER
        helped, worth_it = (Reply(one_of(chance, HEARD)) for _ in range(2))
        said = {"helped": helped, "worth_it": worth_it, "at": min(at + timedelta(hours=1), story.calendar.now)}
        feedback_operations.answer(enrolment, module_id, side, trainer_id=trainer_id, **said)
    return len(some)
