"""Present pairs whose learner is asked no more: has left the company, or has become a trainer."""

from datetime import datetime

from sqlalchemy import exists, select

from champions.models import Champion
from db import db
from people.models import Employee
from people.roles.queries import is_active
from training.assigning.models import Assignment

HAS_LEFT = "The learner has left the company."
TEACHES_NOW = "The learner has become a trainer."


def asked_no_more(course_id: int, at: datetime) -> dict[int, tuple[int, str]]:
    """For each such learner the present trainer, and why the pair ends. One statement."""
    teaches = exists().where(Champion.employee_id == Assignment.learner_id, Champion.ends_at.is_(None))
    teaches = teaches.correlate(Assignment)
    query = (
        select(Assignment.learner_id, Assignment.trainer_id, is_active(at))
        .join(Employee, Employee.id == Assignment.learner_id)
        .where(Assignment.course_id == course_id, Assignment.ends_at.is_(None), teaches | ~is_active(at))
    )
    return {
        learner: (trainer, TEACHES_NOW if is_here else HAS_LEFT)
        for learner, trainer, is_here in db.session.execute(query)
    }
