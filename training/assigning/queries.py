"""What the pages about proposals show: pairs, leftovers, loads, and how things stand now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from champions.models import Champion
from db import db
from people.models import Employee, Team
from people.roles.queries import is_active
from training.assigning.models import Assignment, PairChange, Plan, PlanPair
from training.assigning.watch_models import PlanWatch
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course
from web import Page

STARTER = "talking-with-customers"
PAIRS_A_PAGE = 25
MOST_CHANGES = 60
ENDING = (PairChange.MOVE, PairChange.LOSE, PairChange.END, PairChange.WAIT)


@dataclass(frozen=True)
class PairLine:
    """One proposed pair."""

    learner: str
    team: str
    trainer: str
    second: str
    reason: str
    second_reason: str
    change: str


@dataclass(frozen=True)
class ChangeLine:
    """A present pair that ends: who taught the learner, who will ("" for nobody), of which change, and why."""

    learner: str
    before: str
    after: str
    change: str
    because: str


@dataclass(frozen=True)
class LeftoverGroup:
    """Learners for whom the same stands in the way and the same would help."""

    names: Sequence[str]
    number: int
    reason: str
    cure: str


@dataclass(frozen=True)
class LoadLine:
    """One trainer: learners now or proposed, of how many at most; and how many have finished besides."""

    employee_id: int
    name: str
    languages: str
    load: int
    places: int
    staying: int
    finished: int = 0
    before: int = 0
    seconds: int = 0


@dataclass(frozen=True)
class Standing:
    """How things stand now: how many have a trainer, how many work here, who teaches how many."""

    taught: int
    people: int
    loads: Sequence[LoadLine]


def starter_course() -> Course | None:
    """The course that plans are made for; None while it is not loaded."""
    return db.session.scalars(select(Course).where(Course.slug == STARTER)).one_or_none()


def access_plan(plan_id: int, *, lock: bool = False) -> Plan:
    """The proposal, locked for a change; else 404. Proposals concern everybody: the permission is about all."""
    query = select(Plan).where(Plan.id == plan_id)
    plan = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if plan is None:
        abort(404)
    return plan


def pairs(plan_id: int, number: int, *, trainer_id: int | None = None, text: str = "") -> Page[PairLine]:
    """A page of the pairs of a proposal, by learner; only one trainer's, only names with `text`."""
    trainer, second = aliased(Employee), aliased(Employee)
    query = (
        select(
            Employee.name,
            func.coalesce(Team.name, ""),
            trainer.name,
            func.coalesce(second.name, ""),
            PlanPair.reason,
            PlanPair.second_reason,
            PlanPair.change,
            func.count().over(),
        )
        .join(Employee, Employee.id == PlanPair.learner_id)
        .join(trainer, trainer.id == PlanPair.trainer_id)
        .outerjoin(second, second.id == PlanPair.second_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(PlanPair.plan_id == plan_id)
        .order_by(Employee.name, Employee.id)
    )
    if trainer_id is not None:
        query = query.where(PlanPair.trainer_id == trainer_id)
    if text:
        query = query.where(Employee.name.icontains(text, autoescape=True))
    rows = db.session.execute(query.limit(PAIRS_A_PAGE).offset((number - 1) * PAIRS_A_PAGE)).all()
    return Page([PairLine(*row[:7]) for row in rows], number, rows[0][7] if rows else 0, PAIRS_A_PAGE)


def leftovers(plan_id: int) -> list[LeftoverGroup]:
    """Who stays without a trainer, grouped by what stands in the way and what would help; the largest group first."""
    query = (
        select(Employee.name, PlanPair.reason, PlanPair.cure)
        .join(PlanPair, PlanPair.learner_id == Employee.id)
        .where(PlanPair.plan_id == plan_id, PlanPair.trainer_id.is_(None), PlanPair.rule != "")
        .order_by(Employee.name)
    )
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, reason, cure in db.session.execute(query):
        groups[(reason, cure)].append(name)
    found = [LeftoverGroup(names[:5], len(names), *key) for key, names in groups.items()]
    return sorted(found, key=lambda group: (-group.number, group.names[0]))


def changes(plan_id: int) -> list[ChangeLine]:
    """Every present pair that ends, by why, then by name: what a person who publishes must know. One statement."""
    before, after = aliased(Employee), aliased(Employee)
    query = (
        select(Employee.name, before.name, func.coalesce(after.name, ""), PlanPair.change, PlanPair.because)
        .join(Employee, Employee.id == PlanPair.learner_id)
        .outerjoin(before, before.id == PlanPair.before_id)
        .outerjoin(after, after.id == PlanPair.trainer_id)
        .where(PlanPair.plan_id == plan_id, PlanPair.change.in_(ENDING))
        .order_by(PlanPair.change, PlanPair.because, Employee.name)
        .limit(MOST_CHANGES)
    )
    return [ChangeLine(row[0], row[1] or "", *row[2:]) for row in db.session.execute(query)]


def watch_of(course_id: int) -> PlanWatch | None:
    """What the watch saw when it last looked."""
    return db.session.get(PlanWatch, course_id)


def names_of(employee_ids: Collection[int]) -> dict[int, str]:
    """Names by id."""
    query = select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids))
    return {row.id: row.name for row in db.session.execute(query)}


def idle_of(summary: dict[str, Any]) -> dict[str, list[str]]:
    """Names of the trainers who get nobody in a proposal, by why. One statement, none where there are none."""
    why = dict(summary.get("idle", []))
    found: dict[str, list[str]] = defaultdict(list)
    if why:
        query = select(Employee.id, Employee.name).where(Employee.id.in_(why)).order_by(Employee.name)
        for employee_id, name in db.session.execute(query):
            found[why[employee_id]].append(name)
    return found


def loads_of(summary: dict[str, Any]) -> list[LoadLine]:
    """The loads stored with a proposal, with names, by name."""
    stored = {row[0]: row for row in summary.get("loads", [])}
    query = (
        select(Employee.id, Employee.name, Employee.languages).where(Employee.id.in_(stored)).order_by(Employee.name)
    )
    return [
        LoadLine(
            employee_id=row.id,
            name=row.name,
            languages=row.languages,
            load=stored[row.id][1],
            places=stored[row.id][2],
            staying=stored[row.id][3],
            before=stored[row.id][5],
            seconds=stored[row.id][4],
        )
        for row in db.session.execute(query)
    ]


def latest_plans(course_id: int, most: int = 20) -> list[tuple[Plan, str]]:
    """The newest proposals with who asked for each."""
    query = (
        select(Plan, func.coalesce(Employee.name, ""))
        .outerjoin(Employee, Employee.id == Plan.created_by_id)
        .where(Plan.course_id == course_id)
        .order_by(Plan.id.desc())
        .limit(most)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def standing(course_id: int, at: datetime) -> Standing:
    """How many of those who work here have a trainer, and each champion's load: three statements.

    Who has finished the course still has a trainer, and takes no place any more.
    """
    finished = (Enrolment.course_id == course_id) & (Enrolment.state == EnrolmentState.COMPLETED)
    pairs = (
        select(Assignment.trainer_id, func.count(), func.count(Enrolment.id))
        .join(Employee, Employee.id == Assignment.learner_id)
        .outerjoin(Enrolment, (Enrolment.learner_id == Assignment.learner_id) & finished)
        .where(Assignment.course_id == course_id, Assignment.ends_at.is_(None), is_active(at))
        .group_by(Assignment.trainer_id)
    )
    taught = {trainer_id: (number, done) for trainer_id, number, done in db.session.execute(pairs)}
    query = (
        select(Employee.id, Employee.name, Employee.languages, Champion.capacity)
        .join(Champion, Champion.employee_id == Employee.id)
        .where(Champion.ends_at.is_(None), is_active(at))
        .order_by(Employee.name)
    )
    loads = []
    for trainer_id, name, languages, places in db.session.execute(query):
        number, done = taught.get(trainer_id, (0, 0))
        loads.append(LoadLine(trainer_id, name, languages, number - done, places, number - done, done))
    people = db.session.scalar(select(func.count()).where(is_active(at))) or 0
    return Standing(sum(number for number, _ in taught.values()), people, loads)
