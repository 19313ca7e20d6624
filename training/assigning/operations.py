"""Proposals of who teaches whom: ask for one, compute it in a job, publish, undo. Nothing here commits.

A proposal changes nothing until a person publishes it, and can be taken back for a day afterwards.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from db import bulk_insert, db, may_write
from jobs.operations import enqueue
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from training.assigning.gathering import situation_of
from training.assigning.leaving import asked_no_more
from training.assigning.models import Assignment, PairChange, Plan, PlanPair, PlanState
from training.assigning.rows import ended_rows, pair_rows
from training.assigning.summary import summary_of
from training.assigning.wave_operations import keep_draw, start_waves, turns_of
from training.learning.enrolment_operations import enrol
from training.models import Course
from training.rules.matching.proposal import propose
from training.rules.matching.settings import Costs, Rules

UNDO_WITHIN = timedelta(days=1)
COURSE_TIME = timedelta(weeks=6)
STAY, EVEN = 3, 2
Progress = Callable[[int, int, str], None]


def ask(course_id: int, *, stay: int = STAY, even: int = EVEN, actor_id: int | None, at: datetime) -> Plan:
    """Put a new proposal in line. `stay` and `even` are the steps 0 to 5 of the two sliders."""
    plan = begin(course_id, stay=stay, even=even, actor_id=actor_id, at=at)
    plan.job_id = enqueue("training.propose", {"plan_id": plan.id}, actor_id=actor_id, at=at).id
    return plan


def begin(course_id: int, *, stay: int = STAY, even: int = EVEN, actor_id: int | None, at: datetime) -> Plan:
    """A new proposal that the caller will `compute`, without a job."""
    Costs.at_steps(stay, even)
    plan = Plan(
        course_id=course_id,
        settings={"stay": stay, "even": even},
        summary={},
        created_by_id=actor_id,
        created_at=at,
        state=PlanState.COMPUTING,
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def compute(plan: Plan, *, at: datetime, progress: Progress) -> None:
    """Solve the matching and store the proposal with its reasons. Raises MatchingError."""
    costs = Costs.at_steps(plan.settings["stay"], plan.settings["even"])
    situation = situation_of(plan.course_id, at)
    rules = Rules(same_language=bool(situation.names.languages))  # a directory without languages keeps nobody apart
    turns = turns_of(plan.course_id, situation, at)
    proposal = propose(turns.only_now(situation), rules, costs, progress=progress)
    names = {row.id: row.name for row in db.session.execute(select(Employee.id, Employee.name))}
    ended = asked_no_more(plan.course_id, at)
    rows = pair_rows(plan.id, proposal, rules, names) + ended_rows(plan.id, ended)
    summary = {**plan.summary, **summary_of(proposal, turns, len(ended)), "same_language": rules.same_language}
    may_write()
    keep_draw(plan.course_id, turns, at)
    db.session.execute(delete(PlanPair).where(PlanPair.plan_id == plan.id))
    bulk_insert(PlanPair.__table__, rows)  # type: ignore[arg-type]
    db.session.execute(update(Plan).where(Plan.id == plan.id).values(summary=summary, state=PlanState.READY))
    progress(4, 4, f"{summary['pairs']} of {summary['asked']} learners get a trainer")


def publish(plan: Plan, *, actor_id: int, at: datetime) -> int:
    """Make the pairs of a proposal real and enrol the learners; returns how many pairs are new. `plan` is locked.

    Of two people who publish at once one is first: the other gets a RefusedError, as for a proposal that is not ready
    or was overtaken by another.
    """
    db.session.execute(
        select(Course.id).where(Course.id == plan.course_id).with_for_update()
    )  # one publishes at a time
    if plan.state == PlanState.PUBLISHED:
        raise RefusedError(
            "Somebody has published this proposal already. It holds as it stands; nothing is left to do."
        )
    if plan.state != PlanState.READY:
        raise RefusedError(f"This proposal is {plan.state}: only one that is ready can be published.")
    newer = select(Plan.id).where(
        Plan.course_id == plan.course_id, Plan.state == PlanState.PUBLISHED, Plan.published_at > plan.created_at
    )
    if db.session.scalar(newer) is not None:
        raise RefusedError(
            "Another proposal was published since this one was made, so this one no longer fits. Make a new one."
        )
    pairs = db.session.execute(
        select(PlanPair.learner_id, PlanPair.trainer_id, PlanPair.second_id, PlanPair.told).where(
            PlanPair.plan_id == plan.id, PlanPair.trainer_id.is_not(None)
        )
    ).all()
    live = _live(plan.course_id)
    wanted = {row.learner_id: (row.trainer_id, row.second_id) for row in pairs}
    stopped = set(
        db.session.scalars(
            select(PlanPair.learner_id).where(
                PlanPair.plan_id == plan.id, PlanPair.change.in_((PairChange.LOSE, PairChange.END))
            )
        )
    )
    ended = [one for one, pair in live.items() if one in stopped or wanted.get(one, pair) != pair]
    _end(plan, ended, at)
    new = [row for row in pairs if live.get(row.learner_id) != (row.trainer_id, row.second_id)]
    bulk_insert(Assignment.__table__, [_assignment(plan, row, at) for row in new])  # type: ignore[arg-type]
    enrol(wanted, course_id=plan.course_id, due_on=(at + COURSE_TIME).date(), at=at)
    start_waves(plan.course_id, plan.summary.get("wave", 0), at)
    plan.state, plan.published_by_id, plan.published_at = PlanState.PUBLISHED, actor_id, at
    _audit(plan, [row.learner_id for row in new], ended, actor_id, at)
    return len(new)


def undo(plan: Plan, *, actor_id: int, at: datetime) -> int:
    """Take back a published proposal within a day: its pairs end, those it ended live again. Returns how many end.

    Progress of learners is kept. Raises RefusedError when it is too late or another was published since.
    """
    if plan.state != PlanState.PUBLISHED or plan.published_at is None:
        raise RefusedError("Only a published proposal can be taken back.")
    if at > plan.published_at + UNDO_WITHIN:
        raise RefusedError("It was published more than a day ago. Make a new proposal instead.")
    if db.session.scalar(
        select(Plan.id).where(Plan.course_id == plan.course_id, Plan.published_at > plan.published_at)
    ):
        raise RefusedError("Another proposal was published after it. Take that one back first.")
    live = select(Assignment.learner_id).where(Assignment.plan_id == plan.id, Assignment.ends_at.is_(None))
    learners = list(db.session.scalars(live))
    db.session.execute(
        update(Assignment).where(Assignment.plan_id == plan.id, Assignment.ends_at.is_(None)).values(ends_at=at)
    )
    db.session.execute(
        update(Assignment).where(Assignment.ended_by_plan_id == plan.id).values(ends_at=None, ended_by_plan_id=None)
    )
    plan.state = PlanState.UNDONE
    _audit(plan, [], learners, actor_id, at)
    return len(learners)


def discard(plan: Plan) -> None:
    """Put a proposal away that nobody published. Raises RefusedError."""
    if plan.state not in (PlanState.READY, PlanState.COMPUTING):
        raise RefusedError(f"This proposal is {plan.state}: there is nothing to put away.")
    plan.state = PlanState.DISCARDED


def _live(course_id: int) -> dict[int, tuple[int, int | None]]:
    query = select(Assignment.learner_id, Assignment.trainer_id, Assignment.second_id).where(
        Assignment.course_id == course_id, Assignment.ends_at.is_(None)
    )
    return {row.learner_id: (row.trainer_id, row.second_id) for row in db.session.execute(query)}


def _end(plan: Plan, learner_ids: list[int], at: datetime) -> None:
    live = Assignment.ends_at.is_(None) & (Assignment.course_id == plan.course_id)
    for start in range(0, len(learner_ids), 500):
        some = learner_ids[start : start + 500]
        db.session.execute(
            update(Assignment).where(live, Assignment.learner_id.in_(some)).values(ends_at=at, ended_by_plan_id=plan.id)
        )


def _assignment(plan: Plan, row: Any, at: datetime) -> dict[str, Any]:
    return {
        "plan_id": plan.id,
        "course_id": plan.course_id,
        "learner_id": row.learner_id,
        "trainer_id": row.trainer_id,
        "second_id": row.second_id,
        "reason": row.told,
        "starts_at": at,
    }


def _audit(plan: Plan, begun: list[int], ended: list[int], actor_id: int, at: datetime) -> None:
    detail = {"plan": plan.id, "course": plan.course_id}
    decisions = [audit.Decision(audit.Verb.UNASSIGNED, one, detail) for one in ended]
    decisions += [audit.Decision(audit.Verb.ASSIGNED, one, detail) for one in begun]
    audit.append_many(decisions, actor_id=actor_id, at=at)
