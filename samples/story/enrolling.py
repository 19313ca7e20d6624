"""Rules for enrolment, certificates, more time for one learner and days away for another, in the demo's story."""

from datetime import timedelta

from sqlalchemy import select

from db import db
from people.models import Employee
from samples.story.days import WAVES
from samples.story.learning import example_learner
from samples.story.state import STARTER, TRAINERS, Story, course_id
from training.assigning.models import Assignment
from training.certificates import renewing
from training.certificates.operations import CertificationText, set_certification
from training.certificates.queries import modules_with_quiz
from training.enrolling import due_operations, rule_operations
from training.enrolling.rule_operations import RuleText
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course
from training.rules.certification.terms import Terms
from training.rules.enrolling.conditions import About, Condition, Definition, Group, Join, Result, Start
from training.rules.enrolling.due_dates import DueFrom, DuePlan
from training.rules.enrolling.reminders import USUAL

HOLDS = Terms(months=6, window=90)
"""Short enough that those who learnt first are asked to renew by now."""

LAST_MODULES = 2
REASON = "Covers for a colleague until the end of the month."


def certify(story: Story) -> str:
    """The starter course gives certificates; to renew one, its last two quizzes are passed again."""
    starter = course_id(STARTER)
    modules = tuple(module.id for module in modules_with_quiz(starter)[-LAST_MODULES:])
    text = CertificationText(HOLDS, renewal_modules=modules)
    set_certification(starter, text, actor_id=story.owner_id, at=story.calendar.now)
    return renewing.work(story.calendar.now).words


def enrol_by_rule(story: Story) -> str:
    """Two rules: one for new colleagues, and one that waits, switched off, for those who did best."""
    at, owner = story.calendar.now, story.owner_id
    rule_operations.write(_new_colleagues(), actor_id=owner, at=at)
    rule_operations.write(_did_best(), on=False, actor_id=owner, at=at)
    return "2 rules, one of them switched off"


def move_dates(story: Story) -> str:
    """One learner of the last wave is given more time, and another one is away for two weeks."""
    busy, away = _two_learners(story)
    at = story.calendar.now
    enrolment, course, learner, trainer_id = busy
    due_operations.extend(
        enrolment,
        course,
        learner,
        to=enrolment.due_on + timedelta(days=14),
        reason=REASON,
        actor_id=trainer_id,
        at=at,
    )
    first = story.calendar.today + timedelta(days=5)
    due_operations.enter_leave(away[2], first=first, last=first + timedelta(days=13), actor_id=away[3], at=at)
    return "more time for one, days away for another"


def _new_colleagues() -> RuleText:
    lately = Condition(About.STARTED, test=Start.WITHIN.value, days=60)
    boss = Condition(About.ROLE, "manager", negated=True)
    definition = Definition(Join.ALL, (Group(Join.ALL, (lately, boss)),))
    return RuleText("New colleagues", course_id(STARTER), definition, DuePlan(DueFrom.HIRING, days=90), USUAL)


def _did_best() -> RuleText:
    best = Condition(About.RESULT, course_id(STARTER), Result.PASSED.value, fraction=0.95)
    definition = Definition(Join.ALL, (Group(Join.ALL, (best,)),))
    due = DuePlan(DueFrom.ENROLMENT, days=60)
    return RuleText("Who did best learns to teach", course_id(TRAINERS), definition, due, USUAL)


def _two_learners(story: Story):  # type: ignore[no-untyped-def]  # two rows of enrolment, course, learner, trainer
    query = (
        select(Enrolment, Course, Employee, Assignment.trainer_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Assignment, (Assignment.learner_id == Employee.id) & (Assignment.course_id == Course.id))
        .where(
            Course.slug == STARTER,
            Enrolment.state == EnrolmentState.ACTIVE,
            Enrolment.enrolled_at == story.calendar.at(WAVES[-1]),
            Enrolment.due_on.is_not(None),
            Assignment.ends_at.is_(None),
            Employee.id != example_learner(story),
        )
        .order_by(Enrolment.id)
        .limit(2)
    )
    first, second = db.session.execute(query).all()
    return first, second
