"""Telling people that their trainer or their learners change: once a plan is published or taken back, never before."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from training.assigning.models import Assignment, Plan


def tell_of_publishing(plan: Plan, *, at: datetime) -> None:
    """Tell learners with a new trainer, those who lost theirs, and the trainers of both."""
    new = _people(Assignment.plan_id == plan.id)
    ended = _people(Assignment.ended_by_plan_id == plan.id)
    lost = ended[0] - new[0]
    key = f"plan {plan.id} published"
    _tell(new[0], "You have a new trainer", "Your page says who it is, why you two, and what comes first.", key, at)
    _tell(lost, "You have no trainer at present", "Your course stays open. A new trainer is looked for.", key, at)
    _tell_trainers(new[1] | ended[1], key, at)


def tell_of_undoing(plan: Plan, *, at: datetime) -> None:
    """Tell everybody whose pair was taken back that all is as it was before."""
    taken_back = _people(Assignment.plan_id == plan.id)
    key = f"plan {plan.id} taken back"
    told = "The change of trainers was taken back. Your page shows how it stands; what you have done is kept."
    _tell(taken_back[0], "A change of trainers was taken back", told, key, at)
    _tell_trainers(taken_back[1], key, at)


def _people(which: ColumnElement[bool]) -> tuple[set[int], set[int]]:
    """Learners and trainers of some assignments."""
    rows = db.session.execute(select(Assignment.learner_id, Assignment.trainer_id).where(which)).all()
    return {row.learner_id for row in rows}, {row.trainer_id for row in rows}


def _tell_trainers(trainers: set[int], key: str, at: datetime) -> None:
    text = "Your page shows who your learners are now, and what each of them lacks."
    telling = Telling(Kind.ASSIGNMENT_CHANGED, "Your learners have changed", text, "/teaching", f"{key}, trainers")
    tell(trainers, telling, at=at)


def _tell(learners: set[int], subject: str, text: str, key: str, at: datetime) -> None:
    if learners:
        tell(learners, Telling(Kind.ASSIGNMENT_CHANGED, subject, text, "/portal", f"{key}, {subject}"), at=at)
