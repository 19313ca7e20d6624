"""What trainers set, and what owners note about them. Every change asks the watch for a look. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from champions.models import Champion
from champions.nominations.capacity_operations import set_capacity
from db import db
from jobs.models import Job, JobState
from jobs.operations import enqueue
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from training.trainers.models import CourseWaiver, Hours, KeptApart, TeachingPause, TeachingSettings

SHORTEST_REASON, LONGEST_REASON = 10, 500
LONGEST_PAUSE = timedelta(days=366)
WATCH = "training.watch"
"""The kind of job that looks whether a new plan is due; training.assigning does it."""


@dataclass(frozen=True)
class Teaching:
    """What a trainer sets: see TeachingSettings; `places` is how many learners at most."""

    places: int
    takes_learners: bool
    languages: Sequence[str]
    hours: Hours
    topics: Sequence[str]


def set_teaching(trainer_id: int, chosen: Teaching, *, ceiling: int, actor_id: int, at: datetime) -> None:
    """Keep what a trainer has set. Pairs that exist stay until a plan is published. Raises RefusedError."""
    if chosen.places > ceiling:
        raise RefusedError(f"The programme owner has set {ceiling} learners as the most for one trainer.", "places")
    if chosen.hours and not any(chosen.hours):
        raise RefusedError("Name at least one day on which you work; for time off there are pauses below.", "hours")
    set_capacity(chosen.places, employee_ids=[trainer_id], at=at)
    row = db.session.get(TeachingSettings, trainer_id)
    if row is None:
        row = TeachingSettings(trainer_id=trainer_id, hours=[], topics=[], changed_at=at)
        db.session.add(row)
    row.takes_learners, row.languages = chosen.takes_learners, ";".join(chosen.languages)
    row.hours, row.topics, row.changed_at = list(chosen.hours), list(chosen.topics), at
    db.session.flush()
    audit.append(audit.Verb.TEACHING_CHANGED, actor_id=actor_id, subject_id=trainer_id, at=at)
    _look(actor_id, at)


def pause(trainer_id: int, starts_on: date, ends_on: date, *, actor_id: int, at: datetime) -> TeachingPause:
    """Take no learners on these days, both included. Raises RefusedError for days that make no pause."""
    if ends_on < starts_on:
        raise RefusedError("The pause ends before it begins: swap the two days.", "ends_on")
    if ends_on < at.date():
        raise RefusedError("This pause is over already.", "ends_on")
    if ends_on - starts_on > LONGEST_PAUSE:
        raise RefusedError("A pause lasts a year at most. Who stops for longer retires as a trainer.", "ends_on")
    row = TeachingPause(trainer_id=trainer_id, starts_on=starts_on, ends_on=ends_on, noted_at=at)
    db.session.add(row)
    db.session.flush()
    audit.append(audit.Verb.TEACHING_PAUSED, actor_id=actor_id, subject_id=trainer_id, at=at)
    _look(actor_id, at)
    return row


def end_pause(trainer_id: int, pause_id: int, *, actor_id: int, at: datetime) -> None:
    """Come back: a pause under way ends with yesterday, one to come is struck out. Raises RefusedError."""
    query = select(TeachingPause).where(TeachingPause.id == pause_id, TeachingPause.trainer_id == trainer_id)
    row = db.session.scalars(query.with_for_update()).one_or_none()
    today = at.date()
    if row is None or row.ends_on < today:
        raise RefusedError("This pause is over already.")
    if row.starts_on >= today:
        db.session.delete(row)
    else:
        row.ends_on = today - timedelta(days=1)
    db.session.flush()
    audit.append(audit.Verb.TEACHING_RESUMED, actor_id=actor_id, subject_id=trainer_id, at=at)
    _look(actor_id, at)


def waive_course(trainer_id: int, reason: str, *, actor_id: int, at: datetime) -> CourseWaiver:
    """Let a trainer take a first learner without the course for trainers. Raises RefusedError."""
    live = select(Champion.id).where(Champion.employee_id == trainer_id, Champion.ends_at.is_(None))
    if db.session.scalar(live) is None:
        raise RefusedError("Only a trainer can be let off the course for trainers.")
    if db.session.get(CourseWaiver, trainer_id) is not None:
        raise RefusedError("This trainer is let off the course already.")
    row = CourseWaiver(trainer_id=trainer_id, reason=in_a_sentence(reason), waived_by_id=actor_id, waived_at=at)
    db.session.add(row)
    db.session.flush()
    audit.append(audit.Verb.TRAINERS_COURSE_WAIVED, actor_id=actor_id, subject_id=trainer_id, at=at)
    _look(actor_id, at)
    return row


def keep_apart(one_id: int, other_id: int, reason: str, *, actor_id: int, at: datetime) -> KeptApart:
    """Note that no plan may pair these two. Pairs that exist end with the next plan. Raises RefusedError."""
    if one_id == other_id:
        raise RefusedError("Name two different people.", "other")
    first, second = sorted((one_id, other_id))
    live = select(KeptApart.id).where(
        KeptApart.first_id == first, KeptApart.second_id == second, KeptApart.ended_at.is_(None)
    )
    if db.session.scalar(live) is not None:
        raise RefusedError("These two are kept apart already.", "other")
    row = KeptApart(first_id=first, second_id=second, reason=in_a_sentence(reason), noted_by_id=actor_id, noted_at=at)
    db.session.add(row)
    db.session.flush()
    _audit_both(audit.Verb.KEPT_APART, row, actor_id, at)
    _look(actor_id, at)
    return row


def let_together(kept_id: int, *, actor_id: int, at: datetime) -> None:
    """End what keeps two people apart. Raises RefusedError when it has ended."""
    query = select(KeptApart).where(KeptApart.id == kept_id, KeptApart.ended_at.is_(None))
    row = db.session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise RefusedError("These two are not kept apart any more.")
    row.ended_at, row.ended_by_id = at, actor_id
    db.session.flush()
    _audit_both(audit.Verb.KEPT_APART_ENDED, row, actor_id, at)
    _look(actor_id, at)


def employee_called(words: str) -> int:
    """The one employee with this e-mail address, directory number or full name. Raises RefusedError."""
    wanted = words.strip()
    query = select(Employee.id).where(
        or_(Employee.email == wanted.lower(), Employee.external_id == wanted, Employee.name == wanted)
    )
    found = list(db.session.scalars(query.limit(2)))
    if not found:
        raise RefusedError(f"Nobody has the name, the e-mail address or the number “{wanted[:100]}”.")
    if len(found) > 1:
        raise RefusedError(f"Several people are called {wanted[:100]}: give the e-mail address instead.")
    return found[0]


def in_a_sentence(text: str) -> str:
    """A reason as it is kept. Raises RefusedError for one that says nothing."""
    reason = " ".join(text.split())
    if len(reason) < SHORTEST_REASON:
        raise RefusedError("Give the reason in a sentence.", "reason")
    return reason[:LONGEST_REASON]


def _audit_both(verb: audit.Verb, row: KeptApart, actor_id: int, at: datetime) -> None:
    decisions = [audit.Decision(verb, person) for person in (row.first_id, row.second_id)]
    audit.append_many(decisions, actor_id=actor_id, at=at)


def _look(actor_id: int, at: datetime) -> None:
    """Ask the watch for a look, unless one is in line already."""
    waiting = select(Job.id).where(Job.kind == WATCH, Job.state == JobState.WAITING).limit(1)
    if db.session.scalar(waiting) is None:
        enqueue(WATCH, {}, actor_id=actor_id, at=at)
