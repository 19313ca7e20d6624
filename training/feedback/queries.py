"""Which questions wait for whom, and what was answered, in groups of five and more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from db import db
from people.models import Employee
from training.access import taught_by
from training.enrolment_models import LIVE, Attempt, Enrolment
from training.feedback.models import ModuleFeedback, Reply, Side
from training.models import Course, Module

Rows = Select[*tuple[Any, ...]]
ASKED_FOR = timedelta(days=30)
"""Older impressions are not asked for any more."""
FEWEST = 5
"""Answers are shown in steps of so many: what one more of them says cannot be told from the difference."""


@dataclass(frozen=True)
class Question:
    """A finished module about which one side has not been heard."""

    enrolment_id: int
    module_id: int
    module: str
    course: str
    learner: str
    finished_at: datetime
    side: Side


@dataclass(frozen=True)
class Result:
    """What was answered about one thing: of `number` answers, how many said yes and partly to either question."""

    name: str
    number: int
    helped: int
    helped_partly: int
    worth_it: int
    worth_it_partly: int


def questions_for(employee_id: int, at: datetime) -> list[Question]:
    """What somebody is asked, as a learner and as a trainer, the newest first. Two statements."""
    found = [
        Question(row[0], row[1], row[2], row[3], row[4], row[5], side)
        for side, criterion in _sides(employee_id)
        for row in db.session.execute(_waiting(side, criterion, at))
    ]
    return sorted(found, key=lambda one: (one.finished_at, one.enrolment_id, one.module_id), reverse=True)


def number_waiting(employee_id: int, side: Side, at: datetime) -> ColumnElement[int]:
    """How many questions wait for one side, as a part of another statement."""
    criterion = dict(_sides(employee_id))[side]
    waiting = _waiting(side, criterion, at).order_by(None).subquery()
    return select(func.count()).select_from(waiting).scalar_subquery()


def is_finished(enrolment_id: int, module_id: int) -> bool:
    """Whether the quiz of a module was passed in an enrolment."""
    passed = (Attempt.enrolment_id == enrolment_id, Attempt.module_id == module_id, Attempt.passed.is_(True))
    return db.session.scalar(select(select(Attempt.id).where(*passed).exists())) or False


def about_trainer(trainer_id: int) -> Result | None:
    """What the learners of one trainer answered; None while there are fewer than five answers."""
    found = _results(Side.LEARNER, ModuleFeedback.trainer_id, ModuleFeedback.trainer_id == trainer_id)
    return Result("", *found[0][1:]) if found else None


def own_answers(trainer_id: int) -> Result | None:
    """What a trainer answered about their learners' progress; None while there are fewer than five answers."""
    found = _results(Side.TRAINER, ModuleFeedback.trainer_id, ModuleFeedback.trainer_id == trainer_id)
    return Result("", *found[0][1:]) if found else None


def by_trainer() -> list[Result]:
    """What learners answered, by trainer; those with five answers and more, by name. Two statements."""
    found = _results(Side.LEARNER, ModuleFeedback.trainer_id)
    query = select(Employee.id, Employee.name).where(Employee.id.in_([row[0] for row in found]))
    names = {row.id: row.name for row in db.session.execute(query)}
    return sorted((Result(names[row[0]], *row[1:]) for row in found), key=lambda one: one.name)


def by_module(side: Side) -> list[Result]:
    """What one side answered, by module in the order of the courses; five answers and more. Two statements."""
    found = {row[0]: row[1:] for row in _results(side, ModuleFeedback.module_id)}
    query = (
        select(Module.id, Course.title, Module.position, Module.title)
        .join(Course, Course.id == Module.course_id)
        .where(Module.id.in_(found))
        .order_by(Course.title, Module.position)
    )
    rows = db.session.execute(query)
    return [Result(f"{course}: {place} {title}", *found[module_id]) for module_id, course, place, title in rows]


def _sides(employee_id: int) -> Sequence[tuple[Side, ColumnElement[bool]]]:
    return ((Side.LEARNER, Enrolment.learner_id == employee_id), (Side.TRAINER, taught_by(employee_id)))


def _waiting(side: Side, criterion: ColumnElement[bool], at: datetime) -> Rows:
    """Finished modules of these enrolments about which this side has not been heard; a passed quiz finishes one."""
    heard = select(ModuleFeedback.side).where(
        ModuleFeedback.enrolment_id == Attempt.enrolment_id,
        ModuleFeedback.module_id == Attempt.module_id,
        ModuleFeedback.side == side,
    )
    first = func.min(Attempt.finished_at)
    return (
        select(Enrolment.id, Module.id, Module.title, Course.title, Employee.name, first)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .join(Module, Module.id == Attempt.module_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(criterion, Enrolment.state.in_(LIVE), Attempt.passed.is_(True), ~heard.exists())
        .group_by(Enrolment.id, Module.id, Module.title, Course.title, Employee.name)
        .having(and_(first > at - ASKED_FOR, first <= at))
        .order_by(first.desc())
    )


def _results(side: Side, by: InstrumentedAttribute[Any], *criteria: ColumnElement[bool]) -> list[Any]:
    """Per value of `by`: the value, and the columns of Result but the name; of the first answers in steps of five."""
    order = (ModuleFeedback.at, ModuleFeedback.enrolment_id, ModuleFeedback.module_id)
    given = (
        select(
            by.label("about"),
            ModuleFeedback.helped,
            ModuleFeedback.worth_it,
            func.row_number().over(partition_by=by, order_by=order).label("place"),
            func.count().over(partition_by=by).label("number"),
        )
        .where(ModuleFeedback.side == side, ModuleFeedback.helped.is_not(None), by.is_not(None), *criteria)
        .subquery()
    )
    said = [
        func.sum(case((column == reply, 1), else_=0))
        for column in (given.c.helped, given.c.worth_it)
        for reply in (Reply.YES, Reply.PARTLY)
    ]
    query = (
        select(given.c.about, func.count(), *said)
        .where(given.c.place <= given.c.number - given.c.number % FEWEST)
        .group_by(given.c.about)
    )
    return [(row[0], *(int(value) for value in row[1:])) for row in db.session.execute(query)]
