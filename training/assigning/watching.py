"""The watch: looks at what has happened since the last plan, makes a proposal of it, and tells the owners.

It never changes who teaches whom: a person publishes. Nothing here commits.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from db import db, may_write
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.roles.queries import active_owners
from training.assigning.happenings import Happened, digest_of, happened_since, in_words
from training.assigning.models import Plan, PlanState
from training.assigning.operations import EVEN, begin, compute, discard
from training.assigning.watch_models import PlanWatch

AS_FEW_AS_MUST = 5
"""What happened to some is no reason to move others: an owner who wants the better fit moves the slider."""

Progress = Callable[[int, int, str], None]


def look(course_id: int, *, at: datetime, progress: Progress) -> Plan | None:
    """Note what has happened; returns the new proposal if something new makes one due, else None."""
    last = last_published(course_id)
    if last is None:
        progress(1, 1, "No plan has been published yet")
        return None
    happened = happened_since(last, at)
    digest = digest_of(happened)
    may_write()
    watch = _noted(course_id, last, happened, digest, at)
    if not happened or digest == watch.told_digest:
        progress(1, 1, "Nothing new since the last plan" if happened else "Nothing has happened since the last plan")
        return None
    watch.told_digest = digest
    _put_away_earlier(course_id)
    even = last.settings.get("even", EVEN)
    plan = begin(course_id, stay=AS_FEW_AS_MUST, even=even, actor_id=None, at=at)
    plan.summary = {"happened": in_words(happened)}
    db.session.flush()
    compute(plan, at=at, progress=progress)
    _tell_owners(plan, happened, at)
    return plan


def last_published(course_id: int) -> Plan | None:
    """The plan that holds now."""
    query = select(Plan).where(Plan.course_id == course_id, Plan.state == PlanState.PUBLISHED)
    return db.session.scalars(query.order_by(Plan.published_at.desc(), Plan.id.desc()).limit(1)).one_or_none()


def _noted(course_id: int, last: Plan, happened: Happened, digest: str, at: datetime) -> PlanWatch:
    watch = db.session.scalars(
        select(PlanWatch).where(PlanWatch.course_id == course_id).with_for_update()
    ).one_or_none()
    if watch is None:
        watch = PlanWatch(course_id=course_id, told_digest="")
        db.session.add(watch)
    watch.since_plan_id, watch.looked_at, watch.happened, watch.digest = last.id, at, happened, digest
    db.session.flush()
    return watch


def _put_away_earlier(course_id: int) -> None:
    """A proposal of the watch that nobody has published gives way to the new one."""
    query = select(Plan).where(Plan.course_id == course_id, Plan.state == PlanState.READY, Plan.created_by_id.is_(None))
    for plan in db.session.scalars(query.with_for_update()):
        if plan.summary.get("happened"):
            discard(plan)


def _tell_owners(plan: Plan, happened: Happened, at: datetime) -> None:
    """Once a day at most, however much happens."""
    figures = plan.summary
    text = (
        f"Since the last plan: {' '.join(in_words(happened))} A new proposal is made: {figures['moves']} learners "
        f"would move, {figures['joins']} would get their first trainer, {figures['left_over']} would be left over. "
        "Nothing has changed: it waits for a person to publish it."
    )
    telling = Telling(
        kind=Kind.ASSIGNMENT_CHANGED,
        subject="Who teaches whom needs a look",
        text=text,
        path=f"/assignments/{plan.id}",
        key=f"course {plan.course_id} needs a look on {at.date()}",
    )
    tell(active_owners(at), telling, at=at)
