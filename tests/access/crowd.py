"""Many more rows of every kind around the world of the matrix, so that a page that asks once a row is found out."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from champions.models import Nomination, Score
from db import bulk_insert, db, table_of
from jobs.models import Job, JobState
from mail import send_later
from people.auditing import audit
from people.models import Employee, Role, RoleGrant
from tests.access.world import World
from tests.support.cast import FOUNDED, NOW
from training.assigning.models import Assignment, Plan, PlanState
from training.enrolment_models import Enrolment
from training.learning.enrolment_operations import enrol

PEOPLE = 60


def add_crowd(world: World, people: dict[str, int]) -> None:
    """Sixty people in ben's team, each with whatever ben has, and as many jobs, plans and audit rows; commit."""
    crowd = _hire(world.owned["team_id"]["ben"], people["dev"])
    course_id = db.session.scalars(select(Enrolment.course_id).limit(1)).one()
    enrol(crowd, course_id=course_id, due_on=None, at=NOW)
    run_id = world.shared["run_id"][0]
    score = db.session.scalars(select(Score).where(Score.employee_id == people["ben"])).one()
    values = {column.name: getattr(score, column.name) for column in table_of(Score).columns}
    bulk_insert(table_of(Score), [values | {"employee_id": employee_id, "band": "sure"} for employee_id in crowd])
    for number, employee_id in enumerate(crowd):
        _add_about(employee_id, number, run_id, course_id, people)
    decisions = [audit.Decision(audit.Verb.SCORE_VIEWED, employee_id, {}) for employee_id in crowd]
    audit.append_many(decisions, actor_id=people["petra"], at=NOW)
    db.session.commit()


def _hire(team_id: int, manager_id: int) -> list[int]:
    rows = [
        Employee(external_id=f"x-{n}", name=f"Extra {n}", team_id=team_id, manager_id=manager_id, created_at=FOUNDED)
        for n in range(PEOPLE)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def _add_about(employee_id: int, number: int, run_id: int, course_id: int, people: dict[str, int]) -> None:
    at = NOW - timedelta(hours=number)
    plan = Plan(course_id=course_id, state=PlanState.DISCARDED, settings={}, summary={}, created_at=at)
    job: dict[str, Any] = {"kind": "jobs.tidy", "title": f"Job {number}", "payload": {}, "checkpoint": {}}
    db.session.add_all(
        [
            plan,
            Job(**job, state=JobState.DONE, run_after=at, actor_id=people["petra"], created_at=at),
            RoleGrant(employee_id=employee_id, role=Role.TRAINER, starts_at=FOUNDED),
            Nomination(
                employee_id=employee_id,
                run_id=run_id,
                reason="Helps many.",
                proposed_by_id=people["rafa"],
                proposed_at=at,
            ),
        ]
    )
    db.session.flush()
    link = {"plan_id": plan.id, "course_id": course_id, "learner_id": employee_id}
    db.session.add(Assignment(**link, trainer_id=people["amara"], starts_at=at))
    send_later(to="a@larkspur.example", subject="a", text="b", key=f"crowd {number}", at=at)
