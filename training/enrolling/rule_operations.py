"""Rules for enrolment: write, change, switch off and on, delete, and take the deletion back. Nothing here commits.

Each is one row of the audit trail: a rule decides about people.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from db import db
from people.auditing import audit
from people.refusal import RefusedError
from training.enrolling.criteria import means
from training.enrolling.effect import put_into_effect
from training.enrolling.evaluation import is_on, withdraw
from training.enrolling.models import EnrolmentRule
from training.enrolment_models import Enrolment
from training.rules.enrolling.conditions import Definition, as_json, from_json
from training.rules.enrolling.due_dates import DuePlan
from training.rules.enrolling.reminders import Reminding


@dataclass(frozen=True)
class RuleText:
    """What a rule says: its name, its course, whom it means, until when, and when people are reminded."""

    name: str
    course_id: int
    definition: Definition
    due: DuePlan
    reminding: Reminding


def write(text: RuleText, *, on: bool = True, actor_id: int | None, at: datetime) -> EnrolmentRule:
    """Store a new rule and put it into effect at once; not `on`: it waits, switched off."""
    rule = EnrolmentRule(created_by_id=actor_id, created_at=at, switched_off_at=None if on else at)
    _set(rule, text)
    db.session.add(rule)
    db.session.flush()
    _note(rule, "written", actor_id, at)
    _put_into_effect(rule, at)
    return rule


def change(rule: EnrolmentRule, text: RuleText, *, actor_id: int, at: datetime) -> None:
    """Change a rule and put it into effect at once. Its course stays: another course takes another rule.

    Whom it had brought, and means no longer, is withdrawn. Dates that were given stay as they are.
    """
    if text.course_id != rule.course_id:
        raise RefusedError("A rule stays with its course. Write another rule for the other one.", "course")
    _set(rule, text)
    db.session.flush()
    _note(rule, "changed", actor_id, at)
    _put_into_effect(rule, at)


def switch_off(rule: EnrolmentRule, *, withdrawing: bool, actor_id: int, at: datetime) -> int:
    """Let a rule move nobody from now on. `withdrawing`: those it had brought, and no other rule means, leave as well;
    returns how many. They come back with what they had done when it is switched on again.
    """
    if rule.switched_off_at is not None or rule.deleted_at is not None:
        raise RefusedError("The rule is off already.")
    rule.switched_off_at = at
    db.session.flush()
    _note(rule, "switched off", actor_id, at)
    return _withdraw(rule, at) if withdrawing else 0


def switch_on(rule: EnrolmentRule, *, actor_id: int, at: datetime) -> None:
    """Put a rule into effect again."""
    if rule.deleted_at is not None:
        raise RefusedError("The rule is deleted. Take that back first.")
    rule.switched_off_at = None
    db.session.flush()
    _note(rule, "switched on", actor_id, at)
    _put_into_effect(rule, at)


def delete(rule: EnrolmentRule, *, actor_id: int, at: datetime) -> None:
    """Put a rule away: it moves nobody any more, and those it had brought stay. `restore` takes it back."""
    if rule.deleted_at is not None:
        raise RefusedError("The rule is deleted already.")
    rule.deleted_at = at
    db.session.flush()
    _note(rule, "deleted", actor_id, at)


def restore(rule: EnrolmentRule, *, actor_id: int, at: datetime) -> None:
    """Take a deletion back. The rule is off then, so that nobody is moved before somebody has looked at it."""
    if rule.deleted_at is None:
        raise RefusedError("The rule is not deleted.")
    rule.deleted_at, rule.switched_off_at = None, rule.switched_off_at or at
    db.session.flush()
    _note(rule, "restored", actor_id, at)


def _set(rule: EnrolmentRule, text: RuleText) -> None:
    rule.name, rule.course_id, rule.definition = text.name, text.course_id, as_json(text.definition)
    rule.due_from, rule.due_days, rule.due_day = text.due.counted_from.value, text.due.days, text.due.day
    rule.remind_before, rule.remind_after = list(text.reminding.before), list(text.reminding.after)
    rule.trainer_after, rule.manager_after = text.reminding.trainer_after, text.reminding.manager_after


def _put_into_effect(rule: EnrolmentRule, at: datetime) -> None:
    if rule.switched_off_at is None and rule.deleted_at is None:
        put_into_effect(at, rule.course_id)


def _withdraw(rule: EnrolmentRule, at: datetime) -> int:
    query = select(EnrolmentRule).where(EnrolmentRule.course_id == rule.course_id, is_on())
    others = [means(from_json(other.definition), at) for other in db.session.scalars(query)]
    return withdraw([Enrolment.rule_id == rule.id], or_(*others) if others else None)


def _note(rule: EnrolmentRule, what: str, actor_id: int | None, at: datetime) -> None:
    audit.append(
        audit.Verb.ENROLMENT_RULE_CHANGED,
        actor_id=actor_id,
        subject_id=None,
        at=at,
        detail={"rule": rule.id, "course": rule.course_id, "what": what},
    )
