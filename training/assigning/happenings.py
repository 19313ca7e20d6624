"""What can happen after a plan is published that makes a new one due: found from the tables, told in words."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import numpy as np
from sqlalchemy import exists, select

from champions.models import Champion
from db import db
from people.auditing import audit
from people.models import Employee
from people.roles.queries import is_active
from training.assigning.gathering import situation_of
from training.assigning.leaving import HAS_LEFT, TEACHES_NOW, asked_no_more
from training.assigning.models import Assignment, Plan
from training.rules.matching.columns import NOBODY
from training.rules.matching.hard_rules import broken_in_pairs
from training.rules.matching.settings import BIT, Rule, Rules
from training.rules.matching.situation import Situation
from training.trainers.models import TeachingPause
from web import count


class What(StrEnum):
    """Kinds of what happens, in the order in which they are told."""

    TRAINER_GONE = "trainer_gone"
    TRAINER_PAUSED = "trainer_paused"
    RULE_BROKEN = "rule_broken"
    OVER_LIMIT = "over_limit"
    BECAME_TRAINER = "became_trainer"
    LEFT = "left"
    MOVED = "moved"
    JOINED = "joined"
    NEW_TRAINER = "new_trainer"
    CAME_BACK = "came_back"
    PLACES_CHANGED = "places_changed"


WORDS = {
    What.TRAINER_GONE: ("trainer teaches no longer", "trainers teach no longer"),
    What.TRAINER_PAUSED: ("trainer with learners is on a pause", "trainers with learners are on a pause"),
    What.RULE_BROKEN: (
        "learner breaks a rule with the present trainer now", "learners break a rule with the present trainer now",
    ),
    What.OVER_LIMIT: ("trainer has more learners than places", "trainers have more learners than places"),
    What.BECAME_TRAINER: ("learner has become a trainer", "learners have become trainers"),
    What.LEFT: ("learner has left the company", "learners have left the company"),
    What.MOVED: ("person has changed teams", "people have changed teams"),
    What.JOINED: ("person has joined", "people have joined"),
    What.NEW_TRAINER: ("trainer is new", "trainers are new"),
    What.CAME_BACK: ("trainer is back from a pause", "trainers are back from a pause"),
    What.PLACES_CHANGED: ("trainer has changed the limit", "trainers have changed their limits"),
}  # fmt: skip
TO_DO = {
    What.TRAINER_GONE: "Their pairs stay as they are until a plan moves the learners to somebody else.",
    What.TRAINER_PAUSED: "The learners keep their place; publish the new plan if the pause is too long for them.",
    What.RULE_BROKEN: "Somebody moved, or a language or hours changed: the new plan finds them another trainer.",
    What.OVER_LIMIT: "The new plan moves as few as it must; or ask the trainer whether the limit may be raised.",
    What.BECAME_TRAINER: "Their own lessons stay theirs; as learners they need no trainer, and the pair ends.",
    What.LEFT: "The pair ends with the new plan, and the place becomes free.",
    What.MOVED: "Pairs stay unless a rule is broken now. After a large move, look at the sites in the new plan.",
    What.JOINED: "They get a trainer with the new plan, or are drawn into the waves that have not begun.",
    What.NEW_TRAINER: "The new plan gives them their first learners, once they have completed the course for trainers.",
    What.CAME_BACK: "They may take learners again.",
    What.PLACES_CHANGED: "The new plan keeps to what they set.",
}

Happened = dict[str, list[int]]


def in_words(happened: Mapping[str, list[int]]) -> list[str]:
    """One sentence for each kind, the gravest first."""
    return [f"{count(len(happened[what]), *WORDS[what])}." for what in What if happened.get(what)]


def digest_of(happened: Mapping[str, list[int]]) -> str:
    """The same for the same happenings."""
    return hashlib.sha256(json.dumps(dict(happened), sort_keys=True).encode()).hexdigest()


def happened_since(plan: Plan, at: datetime) -> Happened:
    """What has happened since `plan` was published, by kind; kinds without anybody are left out."""
    assert plan.published_at is not None
    situation = situation_of(plan.course_id, at, with_ties=False)
    ended = asked_no_more(plan.course_id, at)
    found: dict[What, Iterable[int]] = {
        What.LEFT: [one for one, (_, why) in ended.items() if why == HAS_LEFT],
        What.BECAME_TRAINER: [one for one, (_, why) in ended.items() if why == TEACHES_NOW],
        What.TRAINER_GONE: _trainers_gone(plan.course_id, at),
        What.JOINED: _joined(plan, at),
        What.MOVED: _moved(plan.published_at, at),
        What.NEW_TRAINER: _new_trainers(plan.published_at),
        What.CAME_BACK: _came_back(plan.published_at, at),
        What.PLACES_CHANGED: _places_changed(plan, situation),
        **_of_pairs(situation),
    }
    return {what.value: sorted(set(found[what])) for what in What if list(found[what])}


def _of_pairs(situation: Situation) -> dict[What, list[int]]:
    """What is wrong with present pairs, from the situation alone."""
    learners, trainers = situation.learners, situation.trainers
    rows = np.flatnonzero(learners.asked & (situation.present != NOBODY)).astype(np.int32)
    present = situation.present[rows]
    load = np.bincount(present, minlength=len(trainers))
    rules = Rules(same_language=bool(situation.names.languages))
    bits = broken_in_pairs(situation, rules, rows, present)
    between = BIT[Rule.LANGUAGE] | BIT[Rule.HOURS] | BIT[Rule.LINE] | BIT[Rule.CONFLICT]
    return {
        What.RULE_BROKEN: learners.ids[rows[bits & between != 0]].tolist(),
        What.TRAINER_PAUSED: trainers.ids[(load > 0) & (trainers.paused | ~trainers.consents)].tolist(),
        What.OVER_LIMIT: trainers.ids[(load > situation.places) & trainers.active].tolist(),
    }


def _places_changed(plan: Plan, situation: Situation) -> list[int]:
    """Trainers who set another limit than the plan went by."""
    then = {row[0]: row[2] for row in plan.summary.get("loads", [])}
    trainers = situation.trainers
    return [
        int(one)
        for one, places in zip(trainers.ids, situation.places, strict=True)
        if int(one) in then and then[int(one)] != int(places)
    ]


def _trainers_gone(course_id: int, at: datetime) -> list[int]:
    teaches = exists().where(Champion.employee_id == Assignment.trainer_id, Champion.ends_at.is_(None))
    query = (
        select(Assignment.trainer_id)
        .join(Employee, Employee.id == Assignment.trainer_id)
        .where(Assignment.course_id == course_id, Assignment.ends_at.is_(None))
        .where(~teaches.correlate(Assignment) | ~is_active(at))
    )
    return list(db.session.scalars(query.distinct()))


def _joined(plan: Plan, at: datetime) -> list[int]:
    paired = exists().where(Assignment.learner_id == Employee.id, Assignment.course_id == plan.course_id)
    query = select(Employee.id).where(
        is_active(at), Employee.created_at > plan.published_at, ~paired.correlate(Employee)
    )
    return list(db.session.scalars(query))


def _moved(since: datetime, at: datetime) -> list[int]:
    moved = (audit.AuditEntry.verb == audit.Verb.TEAM_CHANGED) & (audit.AuditEntry.at > since)
    query = (
        select(Employee.id)
        .join(audit.AuditEntry, audit.AuditEntry.subject_id == Employee.id)
        .where(moved, is_active(at))
    )
    return list(db.session.scalars(query.distinct()))


def _new_trainers(since: datetime) -> list[int]:
    query = select(Champion.employee_id).where(Champion.ends_at.is_(None), Champion.starts_at > since)
    return list(db.session.scalars(query))


def _came_back(since: datetime, at: datetime) -> list[int]:
    over = (TeachingPause.ends_on >= since.date()) & (TeachingPause.ends_on < at.date())
    return list(db.session.scalars(select(TeachingPause.trainer_id).where(over).distinct()))
