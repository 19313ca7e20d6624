"""A rule as one criterion on Employee: the database finds everybody it means, however many, in one statement."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal, not_, or_, select

from people.models import Employee, Role, RoleGrant, Team
from people.roles.queries import is_active, is_live
from training.assigning.models import Assignment
from training.enrolment_models import Attempt, Enrolment, EnrolmentState
from training.rules.enrolling.conditions import About, Condition, Definition, Join, Result, Start
from training.rules.kinds.protocol import TOLERANCE


def means(definition: Definition, at: datetime) -> ColumnElement[bool]:
    """A criterion on Employee: works here, and the rule means them at this moment."""
    groups = [_joined(group.join, [_condition(one, at) for one in group.conditions]) for group in definition.groups]
    return and_(is_active(at), _joined(definition.join, groups))


def _joined(join: Join, parts: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(*parts) if join is Join.ALL else or_(*parts)


def _condition(one: Condition, at: datetime) -> ColumnElement[bool]:
    found = _CRITERIA[one.about](one, at)
    return not_(found) if one.negated else found


def _team(one: Condition, at: datetime) -> ColumnElement[bool]:
    top = Team.__table__.alias("top")
    path = select(top.c.path).where(top.c.id == one.value).scalar_subquery()
    return func.coalesce(Employee.team_id, 0).in_(select(Team.id).where(Team.path.startswith(path)))


def _role(one: Condition, at: datetime) -> ColumnElement[bool]:
    held = select(RoleGrant.employee_id).where(RoleGrant.role == Role(str(one.value)), is_live(at))
    return Employee.id.in_(held)


def _site(one: Condition, at: datetime) -> ColumnElement[bool]:
    return Employee.site == one.value


def _language(one: Condition, at: datetime) -> ColumnElement[bool]:
    spoken = literal(";").concat(Employee.languages).concat(";")
    return spoken.contains(f";{one.value};", autoescape=True)


def _started(one: Condition, at: datetime) -> ColumnElement[bool]:
    if one.test == Start.WITHIN:
        today = at.date()
        return Employee.starts_on.between(today - timedelta(days=one.days or 0), today)
    return Employee.starts_on < one.day if one.test == Start.BEFORE else Employee.starts_on >= one.day


def _trainer(one: Condition, at: datetime) -> ColumnElement[bool]:
    taught = select(Assignment.learner_id).where(Assignment.trainer_id == one.value, Assignment.ends_at.is_(None))
    return Employee.id.in_(taught)


def _result(one: Condition, at: datetime) -> ColumnElement[bool]:
    if one.test == Result.FAILED:
        return Employee.id.in_(_failed(int(one.value)))
    done = select(Enrolment.learner_id).where(
        Enrolment.course_id == one.value, Enrolment.state == EnrolmentState.COMPLETED
    )
    if one.test == Result.PASSED:
        done = done.where(Enrolment.id.in_(_reached(int(one.value), one.fraction or 0.0)))
    return Employee.id.in_(done)


def _failed(course_id: int):  # type: ignore[no-untyped-def]  # a Select of ids
    """Learners with a finished quiz in a module in which none is passed."""
    other = Attempt.__table__.alias("other")
    passed = exists().where(
        other.c.enrolment_id == Attempt.enrolment_id, other.c.module_id == Attempt.module_id, other.c.passed.is_(True)
    )
    return (
        select(Enrolment.learner_id)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(Enrolment.course_id == course_id, Attempt.passed.is_(False), ~passed.correlate(Attempt))
    )


def _reached(course_id: int, fraction: float):  # type: ignore[no-untyped-def]  # a Select of ids
    """Enrolments whose quizzes' best results are on average at least so high."""
    best = (
        select(Attempt.enrolment_id, func.max(Attempt.fraction).label("best"))
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.course_id == course_id, Attempt.fraction.is_not(None))
        .group_by(Attempt.enrolment_id, Attempt.module_id)
        .subquery()
    )
    whole = select(best.c.enrolment_id).group_by(best.c.enrolment_id)
    return whole.having(func.avg(best.c.best) >= fraction - TOLERANCE)


_CRITERIA = {
    About.TEAM: _team,
    About.ROLE: _role,
    About.SITE: _site,
    About.LANGUAGE: _language,
    About.STARTED: _started,
    About.TRAINER: _trainer,
    About.RESULT: _result,
}
