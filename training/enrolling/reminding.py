"""Reminders before and after the due day, and telling trainers and managers. A handful of statements a run.

A day is the learner's own: the job runs every hour, and each learner is reminded in the first run of their day. Nobody
is reminded while away. A trainer or manager gets at most one message a day, about everybody who is newly overdue; it
names a number, and the page behind it names the people.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select

from db import bulk_insert, db, in_batches, table_of
from messages.kinds import Kind
from messages.models import Message
from messages.operations import Telling, tell
from people.models import Employee, Team
from people.roles.queries import is_active
from training.assigning.models import Assignment
from training.enrolling.due_operations import leaves_of, settle_all
from training.enrolling.evaluation import LEARNING
from training.enrolling.models import EnrolmentRule, Escalation
from training.enrolling.telling import AT_ONCE
from training.enrolment_models import Enrolment
from training.models import Course
from training.rules.enrolling.due_dates import is_away, own_day
from training.rules.enrolling.reminders import USUAL, Level, Reminding, escalation_due, reminder_due
from training.rules.enrolling.words import day_in_words

FURTHEST = timedelta(days=400)
"""Days around the due day within which anything is told: settings beyond it make no sense."""

MADE_UP_FOR = timedelta(days=3)
"""A reminder that fell into a time when nothing ran is sent up to so much later."""


@dataclass(frozen=True)
class DueLine:
    """One learner in one course that is due, with who is told besides them."""

    enrolment_id: int
    learner_id: int
    zone: str
    due_on: date
    course_id: int
    title: str
    slug: str
    trainer_id: int | None
    manager_id: int | None
    reminding: Reminding


@dataclass(frozen=True)
class Told:
    """How many learners were reminded, and how many trainers and managers were told."""

    learners: int
    others: int


def remind(at: datetime) -> Told:
    """Remind who is due a reminder now, and tell trainers and managers who is overdue."""
    settle_all(at)
    lines = _lines(at)
    leaves = leaves_of({line.learner_id for line in lines})
    here = [line for line in lines if not is_away(leaves[line.learner_id], own_day(at, line.zone))]
    return Told(_remind_learners(here, at), _tell_others(here, at))


def _remind_learners(lines: list[DueLine], at: datetime) -> int:
    groups: dict[tuple[int, date, int], list[DueLine]] = defaultdict(list)
    for line in lines:
        today = own_day(at, line.zone)
        mark = reminder_due(line.reminding, line.due_on, today - MADE_UP_FOR, today)
        if mark is not None:
            groups[line.course_id, line.due_on, mark].append(line)
    told = 0
    for (_, due_on, mark), group in sorted(groups.items()):
        telling = _reminder(group[0], due_on, mark)
        told += sum(tell([one.learner_id for one in some], telling, at=at) for some in in_batches(group, AT_ONCE))
    return told


def _reminder(line: DueLine, due_on: date, mark: int) -> Telling:
    late = mark > 0
    return Telling(
        kind=Kind.DUE_DATE,
        subject=f"“{line.title}” {'was' if late else 'is'} due on {day_in_words(due_on)}",
        text="If something stands in the way, talk with your trainer: more time can be given, and what you did is kept."
        if late
        else "Your home page shows what is left and about how long it takes.",
        path=f"/course/{line.slug}",
        key=f"due {line.course_id} {due_on} {mark:+d}",
    )


def _tell_others(lines: list[DueLine], at: datetime) -> int:
    news: dict[int, list[tuple[DueLine, Level]]] = defaultdict(list)
    known = _known([line.enrolment_id for line in lines])
    for line in lines:
        level = escalation_due(
            line.reminding, line.due_on, own_day(at, line.zone), has_trainer=line.trainer_id is not None
        )
        told_id = line.manager_id if level is Level.MANAGER else line.trainer_id
        if level is None or told_id is None or (line.enrolment_id, level.value, line.due_on) in known:
            continue
        news[told_id].append((line, level))
    by_text: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for told_id, about in sorted(news.items()):
        by_text[len(about), all(level is Level.MANAGER for _, level in about)].append(told_id)
    waiting = _told_today(list(news), at)
    told = sum(
        tell([one for one in people if one not in waiting], _escalation(number, to_manager, at), at=at)
        for (number, to_manager), people in sorted(by_text.items())
    )
    _note({one: about for one, about in news.items() if one not in waiting}, at)
    return told


def _escalation(number: int, to_manager: bool, at: datetime) -> Telling:
    people = "1 person" if number == 1 else f"{number} people"
    whose = "of your team" if to_manager else ("who learns with you" if number == 1 else "who learn with you")
    return Telling(
        kind=Kind.ESCALATION,
        subject=f"{people} {whose} {'is' if number == 1 else 'are'} overdue",
        text="The page says who, and since when. A word helps more than another reminder; time can be given, too.",
        path="/reports" if to_manager else "/due-dates",
        key=_key(at),
    )


def _key(at: datetime) -> str:
    return f"overdue {at:%Y-%m-%d}"


def _told_today(employee_ids: list[int], at: datetime) -> set[int]:
    """Who has had the message of this day: what is new since is told tomorrow."""
    query = select(Message.employee_id).where(Message.key == _key(at), Message.employee_id.in_(employee_ids))
    return set(db.session.scalars(query)) if employee_ids else set()


def _known(enrolment_ids: list[int]) -> set[tuple[int, str, date]]:
    query = select(Escalation.enrolment_id, Escalation.level, Escalation.due_on)
    known: set[tuple[int, str, date]] = set()
    for some in in_batches(enrolment_ids, AT_ONCE):
        rows = db.session.execute(query.where(Escalation.enrolment_id.in_(some)))
        known.update((row[0], row[1], row[2]) for row in rows)
    return known


def _note(news: dict[int, list[tuple[DueLine, Level]]], at: datetime) -> None:
    rows = [
        {"enrolment_id": line.enrolment_id, "level": level.value, "due_on": line.due_on, "told_id": told_id, "at": at}
        for told_id, about in news.items()
        for line, level in about
    ]
    bulk_insert(table_of(Escalation), rows)
    db.session.flush()


def _lines(at: datetime) -> list[DueLine]:
    """Everybody who is learning, works here, and is due about now. One statement."""
    today = at.date()
    live = and_(
        Assignment.learner_id == Enrolment.learner_id,
        Assignment.course_id == Enrolment.course_id,
        Assignment.ends_at.is_(None),
    )
    query = (
        select(
            Enrolment.id, Employee.id, Employee.time_zone, Enrolment.due_on, Course.id, Course.title, Course.slug,
            Assignment.trainer_id, func.coalesce(Employee.manager_id, Team.manager_id), EnrolmentRule,
        )
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .outerjoin(Assignment, live)
        .outerjoin(EnrolmentRule, EnrolmentRule.id == Enrolment.rule_id)
        .where(Enrolment.state.in_(LEARNING), is_active(at))
        .where(Enrolment.due_on.between(today - FURTHEST, today + FURTHEST))
        .order_by(Enrolment.id)
    )  # fmt: skip
    rows: list[Any] = list(db.session.execute(query))
    return [DueLine(*(*row[:9], _reminding(row[9]))) for row in rows]


def _reminding(rule: EnrolmentRule | None) -> Reminding:
    if rule is None:
        return USUAL
    return Reminding(tuple(rule.remind_before), tuple(rule.remind_after), rule.trainer_after, rule.manager_after)
