"""Rules for enrolment in tests: one about a role that nobody of the cast learns by, and rules made of conditions."""

from datetime import date, datetime

from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast, Person
from training.enrolling import due_operations, rule_operations
from training.enrolling.models import EnrolmentRule, LeaveOfAbsence
from training.enrolling.rule_operations import RuleText
from training.rules.enrolling.conditions import About, Condition, Definition, Group, Join
from training.rules.enrolling.due_dates import DueFrom, DuePlan
from training.rules.enrolling.reminders import USUAL, Reminding

SIX_WEEKS = DuePlan(DueFrom.ENROLMENT, days=42)


def those(*conditions: Condition, join: Join = Join.ALL) -> Definition:
    """A rule of one group."""
    return Definition(Join.ALL, (Group(join, conditions),))


def in_team(team_id: int, **more) -> Condition:
    """In a team or below it."""
    return Condition(About.TEAM, team_id, **more)


def text_of(course_id: int, *conditions: Condition, due: DuePlan = SIX_WEEKS, reminding: Reminding = USUAL, name="New"):
    """A rule as the form makes it."""
    return RuleText(name, course_id, those(*conditions), due, reminding)


def make_rule(course_id: int, *conditions: Condition, cast: Cast, at: datetime = NOW, **more) -> EnrolmentRule:
    """Write a rule as the owner."""
    return rule_operations.write(text_of(course_id, *conditions, **more), actor_id=cast.petra.id, at=at)


def a_leave(person: Person, cast: Cast) -> LeaveOfAbsence:
    """Three days away, long ago."""
    learner = db.session.get_one(Employee, person.id)
    days = {"first": date(2026, 1, 5), "last": date(2026, 1, 7)}
    return due_operations.enter_leave(learner, **days, actor_id=cast.petra.id, at=NOW)


def a_rule(course_id: int, cast: Cast) -> EnrolmentRule:
    """A rule that means nobody."""
    return make_rule(course_id, Condition(About.SITE, "Nowhere"), cast=cast)
