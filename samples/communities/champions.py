"""Who teaches in a real community: those surely among the few, approved by the house, and everybody else assigned."""

from datetime import datetime

from sqlalchemy import func, select

from champions.models import Champion, ScoringRun
from champions.nominations import operations as nomination_operations
from champions.nominations.capacity_operations import MOST_PLACES, set_capacity
from champions.scoring.result import Band
from champions.shortlist.queries import Listed, people_in_bands
from db import db
from people.models import Employee
from samples.communities.house import account
from samples.loading import Tell
from samples.story.state import STARTER, course_id
from training.assigning import operations as plan_operations
from training.assigning.models import Plan
from training.trainers.operations import waive_course

LEARNERS_EACH = 40
"""So many learners a trainer would do; fewer trainers are named where fewer are surely among the few."""

FEWEST = 3
ROOM = 1.1
PROPOSED = "{evidence}. Surely among the few by this run; named by the house to show the whole way."
APPROVED = "The range lies above that of nearly everybody else, and no alarm is left open."
WAIVED = "Nobody of this community can learn to teach here, and the whole way is to be seen."
ALARMED = "The alarm was read: it names who gives the praise, not a fault. The results stand by themselves."


def name_champions(now: datetime, tell: Tell) -> str:
    """Nominate, accept in their name and approve those surely among the few; the surest first."""
    run = db.session.scalars(select(ScoringRun).order_by(ScoringRun.id.desc()).limit(1)).one()
    chosen = _chosen(people_in_bands(run.id))
    for number, person in enumerate(chosen):
        tell(number, len(chosen), "Nominating and deciding")
        _make_champion(person, run.id, now)
    return f"{len(chosen)} champions of {run.people:,} people scored"


def _chosen(listed: list[Listed]) -> list[Listed]:
    people = db.session.scalar(select(func.count()).select_from(Employee)) or 0
    most = max(FEWEST, -(-people // LEARNERS_EACH))
    surest = sorted(listed, key=lambda one: (-one.p_few, -one.value, one.employee_id))
    sure = [person for person in surest if person.band is Band.SURE]
    return (sure if len(sure) >= FEWEST else surest[:FEWEST])[:most]


def _make_champion(person: Listed, run_id: int, now: datetime) -> None:
    employee = db.session.get_one(Employee, person.employee_id)
    evidence = (person.reasons or ["Named by the run"])[0]
    nomination = nomination_operations.propose(
        employee, run_id=run_id, reason=PROPOSED.format(evidence=evidence), actor_id=account("owner"), at=now
    )
    nomination_operations.answer(nomination, accepts=True, actor_id=employee.id, at=now)
    for reviewer in ("reviewer", "second-reviewer"):
        reason = ALARMED if person.flags else APPROVED
        nomination_operations.decide(nomination, approves=True, reason=reason, actor_id=account(reviewer), at=now)
    waive_course(employee.id, WAIVED, actor_id=account("owner"), at=now)


def teach_everybody(now: datetime, tell: Tell) -> str:
    """Raise the places so that there is one for everybody, make a proposal, and publish it."""
    champions = list(db.session.scalars(select(Champion.employee_id).where(Champion.ends_at.is_(None))))
    if not champions:
        return "Nobody is surely among the few, so nobody teaches yet"
    people = db.session.scalar(select(func.count()).select_from(Employee)) or 0
    set_capacity(min(int(ROOM * people / len(champions)) + 1, MOST_PLACES), employee_ids=champions, at=now)
    plan = plan_operations.begin(course_id(STARTER), actor_id=account("owner"), at=now)
    plan_operations.compute(plan, at=now, progress=tell)
    locked = db.session.scalars(select(Plan).where(Plan.id == plan.id).with_for_update()).one()
    pairs = plan_operations.publish(locked, actor_id=account("owner"), at=now)
    return f"{pairs:,} learners with {len(champions)} trainers"
