"""What the portal's first page shows beside the course: the trainer, the score, a question that waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from champions.models import Nomination, NominationState, Score, ScoringRun
from db import db
from people.models import Employee, Team
from training.assigning.models import Assignment


@dataclass(frozen=True)
class MyTrainer:
    """Who teaches one, and why this person was chosen."""

    name: str
    email: str | None
    team: str
    site: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class MyScore:
    """One's own score in the latest run."""

    value: float
    lower: float
    upper: float
    band: str


def trainer_of(learner_id: int, course_id: int) -> MyTrainer | None:
    """The learner's live trainer in a course, or None."""
    query = (
        select(
            Employee.name,
            Employee.email,
            func.coalesce(Team.name, ""),
            Employee.site,
            Assignment.reason,
            Assignment.starts_at,
        )
        .join(Assignment, Assignment.trainer_id == Employee.id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(Assignment.learner_id == learner_id, Assignment.course_id == course_id, Assignment.ends_at.is_(None))
    )
    row = db.session.execute(query).one_or_none()
    return MyTrainer(*row) if row else None


def latest_score(employee_id: int) -> MyScore | None:
    """The employee's score in the latest run, or None; none for who opted out."""
    latest = select(func.max(ScoringRun.id)).scalar_subquery()
    query = (
        select(Score.value, Score.lower, Score.upper, Score.band)
        .join(Employee, Employee.id == Score.employee_id)
        .where(Score.run_id == latest, Score.employee_id == employee_id, Employee.opted_out_at.is_(None))
    )
    row = db.session.execute(query).one_or_none()
    return MyScore(*row) if row else None


def question_for(employee_id: int) -> int | None:
    """The id of a nomination that waits for the employee's own answer, or None."""
    query = select(Nomination.id).where(
        Nomination.employee_id == employee_id, Nomination.state == NominationState.INVITED
    )
    return db.session.scalar(query)


def number_of_learners(employee_id: int) -> int:
    """How many learners the employee has now."""
    query = select(func.count()).where(Assignment.trainer_id == employee_id, Assignment.ends_at.is_(None))
    return db.session.scalar(query) or 0
