"""Rules put into effect: a handful of statements for each rule whatever the number of people. Nothing here commits.

Who is meant is enrolled, or comes back with what they had done. Who is no longer meant by any rule of the course is
withdrawn and keeps everything. Who was enrolled by a person, who has completed the course, and who was brought by a
rule that is switched off or deleted stays as they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Date,
    Update,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from db import Moment, db, table_of
from people.models import Employee
from training.courses.version_models import CourseVersion
from training.enrolling.criteria import means
from training.enrolling.models import EnrolmentRule
from training.enrolling.plus_days import PlusDays
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course
from training.rules.enrolling.conditions import from_json
from training.rules.enrolling.due_dates import DueFrom, DuePlan, planned_due

LEARNING = (EnrolmentState.INVITED, EnrolmentState.ACTIVE)
"""States that leaving a rule ends. A completed course stays completed."""


@dataclass
class Moved:
    """What an evaluation did: rules looked at, and people new in a course, back in it, and out of it."""

    rules: int = 0
    new: int = 0
    back: int = 0
    out: int = 0

    @property
    def words(self) -> str:
        """Such as “3 rules: 12 new, 1 back, 2 out”."""
        rules = "1 rule" if self.rules == 1 else f"{self.rules} rules"
        return f"{rules}: {self.new:,} new, {self.back:,} back, {self.out:,} out"


def is_on() -> ColumnElement[bool]:
    """A criterion on EnrolmentRule: it moves people."""
    return EnrolmentRule.switched_off_at.is_(None) & EnrolmentRule.deleted_at.is_(None)


def evaluate(at: datetime, course_id: int | None = None) -> Moved:
    """Put every rule that is on into effect, of one course or of all."""
    query = select(EnrolmentRule).where(is_on()).order_by(EnrolmentRule.course_id, EnrolmentRule.id)
    if course_id is not None:
        query = query.where(EnrolmentRule.course_id == course_id)
    by_course: dict[int, list[EnrolmentRule]] = defaultdict(list)
    for rule in db.session.scalars(query.with_for_update()):
        by_course[rule.course_id].append(rule)
    moved = Moved()
    for course, rules in by_course.items():
        _evaluate_course(course, rules, at, moved)
    return moved


def _evaluate_course(course_id: int, rules: Sequence[EnrolmentRule], at: datetime, moved: Moved) -> None:
    db.session.execute(select(Course.id).where(Course.id == course_id).with_for_update())  # one enrols at a time
    ids = [rule.id for rule in rules]
    for rule in rules:
        meant = means(from_json(rule.definition), at)
        moved.new += _enrol_new(rule, meant, at)
        moved.back += _bring_back(rule, meant, at)
        _take_over(rule, ids, meant)
        rule.evaluated_at = at
    everybody = or_(*(means(from_json(rule.definition), at) for rule in rules))
    moved.out += withdraw([Enrolment.course_id == course_id, Enrolment.rule_id.in_(ids)], everybody)
    moved.rules += len(rules)
    db.session.flush()


def withdraw(held: Sequence[ColumnElement[bool]], still_meant: ColumnElement[bool] | None) -> int:
    """Withdraw learners among those `held` whom no criterion means any more; returns how many."""
    statement = update(Enrolment).where(*held, Enrolment.state.in_(LEARNING))
    if still_meant is not None:
        statement = statement.where(Enrolment.learner_id.not_in(select(Employee.id).where(still_meant)))
    return _count(statement.values(state=EnrolmentState.WITHDRAWN))


def _enrol_new(rule: EnrolmentRule, meant: ColumnElement[bool], at: datetime) -> int:
    known = exists().where(Enrolment.learner_id == Employee.id, Enrolment.course_id == rule.course_id)
    columns = ["learner_id", "course_id", "state", "enrolled_at", "due_on", "rule_id", "version_id"]
    columns += ["extra_time", "extra_attempts"]
    newest = select(func.max(CourseVersion.id)).where(CourseVersion.course_id == rule.course_id).scalar_subquery()
    rows = select(
        Employee.id,
        literal(rule.course_id),
        literal(EnrolmentState.ACTIVE.value),
        literal(at, Moment),
        _due(rule, at),
        literal(rule.id),
        newest,
        literal(0),
        literal(0),
    ).where(meant, ~known.correlate(Employee))
    return _count(insert(table_of(Enrolment)).from_select(columns, rows, include_defaults=False))


def _bring_back(rule: EnrolmentRule, meant: ColumnElement[bool], at: datetime) -> int:
    """Whom a rule had brought, and took out, comes back: with the days that somebody new has."""
    due = select(_due(rule, at)).where(Employee.id == Enrolment.learner_id).correlate(Enrolment).scalar_subquery()
    statement = update(Enrolment).where(
        Enrolment.course_id == rule.course_id,
        Enrolment.state == EnrolmentState.WITHDRAWN,
        Enrolment.rule_id.is_not(None),
        Enrolment.learner_id.in_(select(Employee.id).where(meant)),
    )
    values: dict[str, Any] = {"enrolled_at": at, "due_on": due, "planned_due_on": None, "rule_id": rule.id}
    return _count(statement.values(state=EnrolmentState.ACTIVE, **values))


def _take_over(rule: EnrolmentRule, on: Sequence[int], meant: ColumnElement[bool]) -> None:
    """Whom a rule that is off had brought belongs to this one now, if it means them; their dates stay."""
    statement = update(Enrolment).where(
        Enrolment.course_id == rule.course_id,
        Enrolment.rule_id.not_in(on),
        Enrolment.state.in_(LEARNING),
        Enrolment.learner_id.in_(select(Employee.id).where(meant)),
    )
    _count(statement.values(rule_id=rule.id))


def _due(rule: EnrolmentRule, at: datetime) -> ColumnElement[Any]:
    """`planned_due` as a column on Employee: only the first day of work differs from person to person."""
    plan, today = due_plan(rule), at.date()
    usual = planned_due(plan, enrolled_on=today, hired_on=None)
    fixed: ColumnElement[Any] = cast(null(), Date) if usual is None else literal(usual, Date)
    if plan.counted_from is not DueFrom.HIRING:
        return fixed
    days = plan.days or 0
    recent = Employee.starts_on >= _days_before(today, days)
    return case((recent, PlusDays(Employee.starts_on, days)), else_=fixed)


def due_plan(rule: EnrolmentRule) -> DuePlan:
    """When a rule's course is due, as a plain record."""
    return DuePlan(DueFrom(rule.due_from), rule.due_days, rule.due_day)


def _days_before(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - timedelta(days=days).days))


def _count(statement: Any) -> int:
    """Run a statement that changes rows without telling the session row by row; returns how many it changed."""
    options = {"synchronize_session": False} if isinstance(statement, Update) else {}
    result = db.session.execute(statement, execution_options=options)
    return max(0, result.rowcount) if isinstance(result, CursorResult) else 0
