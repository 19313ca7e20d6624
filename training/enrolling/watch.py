"""When rules are put into effect: as soon as a look every few minutes finds changed facts, and every night.

The features below know no rules, so they cannot say that something has changed. They leave marks though: the last row
of the audit trail about people, roles, teams and trainers, and the last thing that was done in a course. Reading those
takes a few milliseconds; the rules are put into effect only where a mark has moved. What time alone changes (somebody
was hired thirty days ago, a role has run out) is found at night.
"""

from datetime import datetime

from sqlalchemy import func, select

from db import db, insert_if_new, table_of
from people.auditing.audit import Verb
from people.auditing.models import AuditEntry
from training.enrolling.effect import put_into_effect
from training.enrolling.evaluation import Moved, is_on
from training.enrolling.models import EnrolmentRule, RuleWatch
from training.enrolment_models import Attempt, Enrolment
from training.rules.enrolling.conditions import About, from_json

ABOUT_PEOPLE = (
    Verb.ACCOUNT_CREATED,
    Verb.ACCOUNT_DEACTIVATED,
    Verb.ACCOUNT_EDITED,
    Verb.ACCOUNT_REACTIVATED,
    Verb.ASSIGNED,
    Verb.DIRECTORY_IMPORTED,
    Verb.NOMINATION_APPROVED,
    Verb.ROLE_ENDED,
    Verb.ROLE_GRANTED,
    Verb.TEAM_CHANGED,
    Verb.UNASSIGNED,
)


def look(at: datetime) -> Moved | None:
    """Put the rules into effect if the facts they depend on have changed since the last time; None if they have not."""
    rules = db.session.scalars(select(EnrolmentRule).where(is_on())).all()
    if not rules:
        return None
    now = _marks(list(rules))
    seen = db.session.get(RuleWatch, 1)
    return None if seen is not None and seen.marks == now else evaluate_all(at)


def evaluate_all(at: datetime) -> Moved:
    """Put every rule into effect, tell whom it enrolled, and note what it saw."""
    insert_if_new(table_of(RuleWatch), {"id": 1, "marks": "", "at": at})
    watch = db.session.scalars(select(RuleWatch).where(RuleWatch.id == 1).with_for_update()).one()
    moved = put_into_effect(at)
    watch.marks, watch.at = _marks(list(db.session.scalars(select(EnrolmentRule).where(is_on())))), at
    db.session.flush()
    return moved


def _marks(rules: list[EnrolmentRule]) -> str:
    people = db.session.scalar(select(func.max(AuditEntry.id)).where(AuditEntry.verb.in_(ABOUT_PEOPLE)))
    marks = [str(people or 0)]
    if any(from_json(rule.definition).asks_about(About.RESULT) for rule in rules):
        marks.append(str(db.session.scalar(select(func.max(Attempt.finished_at)))))
        marks.append(str(db.session.scalar(select(func.max(Enrolment.completed_at)))))
    return " ".join(marks)
