"""Plans for tests: computed and published in one step, and who teaches whom now."""

from datetime import datetime

from sqlalchemy import func, select, update

from champions.models import Score, ScoringRun
from champions.nominations import operations as nomination_operations
from champions.scoring.result import Band
from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast, Person
from tests.support.taught import REASON
from training.assigning import operations as plan_operations
from training.assigning.models import Assignment, Plan, PlanPair


def computed_plan(course_id: int, cast: Cast, at: datetime = NOW) -> Plan:
    """A proposal that is ready; committed."""
    plan = plan_operations.begin(course_id, actor_id=cast.petra.id, at=at)
    plan_operations.compute(plan, at=at, progress=lambda *news: None)
    db.session.commit()
    return db.session.get_one(Plan, plan.id, populate_existing=True)


def published_plan(course_id: int, cast: Cast, at: datetime = NOW) -> Plan:
    """The same, published at that moment."""
    plan = computed_plan(course_id, cast, at)
    plan_operations.publish(plan, actor_id=cast.petra.id, at=at)
    db.session.commit()
    return plan


def approve(cast: Cast, person: Person) -> None:
    """Make one more of the cast a champion, after a first scoring run."""
    run_id = db.session.scalar(select(func.max(ScoringRun.id)))
    db.session.execute(update(Score).where(Score.employee_id == person.id).values(band=Band.BORDERLINE))
    row = db.session.get_one(Employee, person.id)
    nomination = nomination_operations.propose(row, run_id=run_id, reason=REASON, actor_id=cast.petra.id, at=NOW)
    nomination_operations.answer(nomination, accepts=True, actor_id=person.id, at=NOW)
    for decider in (cast.rafa, cast.sunniva):
        nomination_operations.decide(nomination, approves=True, reason=REASON, actor_id=decider.id, at=NOW)
    db.session.commit()


def live_pairs() -> dict[int, int]:
    """The trainer of each learner now."""
    query = select(Assignment.learner_id, Assignment.trainer_id).where(Assignment.ends_at.is_(None))
    return {row.learner_id: row.trainer_id for row in db.session.execute(query)}


def row_of(plan: Plan, learner_id: int) -> PlanPair:
    """What a proposal says of one learner."""
    return db.session.get_one(PlanPair, (plan.id, learner_id), populate_existing=True)
