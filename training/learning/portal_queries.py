"""What the portal's first page shows beside the course: the trainer, the score, a question that waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from champions.models import Nomination, NominationState, Score, ScoringRun
from db import db
from people.models import Employee, Team
from training.assigning.models import Assignment
from training.feedback.models import Side
from training.feedback.queries import number_waiting


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


@dataclass(frozen=True)
class MyStanding:
    """One's score, how many learners one has, and about how many finished modules one is asked."""

    score: MyScore | None
    learners: int
    questions: int


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


def my_standing(employee_id: int, at: datetime) -> MyStanding:
    """The employee's score in the latest run (none for who opted out), and how many learners and questions."""
    mine = and_(
        Score.employee_id == Employee.id,
        Score.run_id == select(func.max(ScoringRun.id)).scalar_subquery(),
        Employee.opted_out_at.is_(None),
    )
    live = (Assignment.trainer_id == employee_id, Assignment.ends_at.is_(None))
    learners = select(func.count()).select_from(Assignment).where(*live).scalar_subquery()
    asked = number_waiting(employee_id, Side.LEARNER, at)
    query = (
        select(Score.value, Score.lower, Score.upper, Score.band, learners, asked)
        .select_from(Employee)
        .outerjoin(Score, mine)
        .where(Employee.id == employee_id)
    )
    *score, learning, questions = db.session.execute(query).one()
    return MyStanding(MyScore(*score) if score[0] is not None else None, learning, questions)


def question_for(employee_id: int) -> int | None:
    """The id of a nomination that waits for the employee's own answer, or None."""
    query = select(Nomination.id).where(
        Nomination.employee_id == employee_id, Nomination.state == NominationState.INVITED
    )
    return db.session.scalar(query)
