"""What a manager's report reads: teams with their sizes, outcomes by month and kind, first answers by why and how."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from activity.models import Outcome, OutcomeCredit
from champions.models import Champion
from db import db
from people.models import Employee, Team
from people.roles.queries import works_on
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment
from training.models import QuestionVersion
from training.rules.kinds.protocol import State

OutcomeSum = tuple[int, str, str, float]


@dataclass(frozen=True)
class TeamRow:
    """A team of the tree with how many active people are in it and below it."""

    id: int
    name: str
    path: str
    parent_id: int | None
    direct: int
    people: int


def tree(criterion: ColumnElement[bool], today: date) -> dict[int, TeamRow]:
    """The teams that fit `criterion`, by id, with how many work there today: one statement."""
    query = (
        select(Team.id, Team.name, Team.path, Team.parent_id, func.count(Employee.id))
        .outerjoin(Employee, (Employee.team_id == Team.id) & works_on(today))
        .where(criterion)
        .group_by(Team.id, Team.name, Team.path, Team.parent_id)
        .order_by(Team.path)
    )
    rows = db.session.execute(query).all()
    people: dict[int, int] = defaultdict(int)
    for team_id, _, path, _, direct in rows:
        for above in path.strip("/").split("/"):
            people[int(above)] += direct
        people[team_id] += 0
    return {row[0]: TeamRow(*row, people=people[row[0]]) for row in rows}


def below(team: TeamRow) -> ColumnElement[bool]:
    """A criterion on Employee: in the team or one below it, whether or not they still work here.

    What somebody brought stays with the team when they leave.
    """
    return Employee.team_id.in_(select(Team.id).where(Team.path.startswith(team.path)))


def outcomes_by_team(criterion: ColumnElement[bool], since: date) -> list[OutcomeSum]:
    """(team id, month "2026-11", kind, credited outcomes) since a day: one statement, grouped by the database."""
    query = (
        select(
            Employee.team_id,
            _month(Outcome.at).label("month"),
            Outcome.kind,
            func.sum(Outcome.value * OutcomeCredit.share),
        )
        .join(OutcomeCredit, OutcomeCredit.outcome_id == Outcome.id)
        .join(Employee, Employee.id == OutcomeCredit.employee_id)
        .where(Outcome.at >= datetime(since.year, since.month, since.day, tzinfo=UTC), criterion)
        .group_by(Employee.team_id, "month", Outcome.kind)
    )
    return [(row[0] or 0, row[1], row[2], float(row[3])) for row in db.session.execute(query)]


def newest_outcome() -> date | None:
    """The day of the newest outcome of anybody, None without any."""
    at = db.session.scalar(select(func.max(Outcome.at)))
    return at.date() if at else None


def first_answers(course_id: int, criterion: ColumnElement[bool]) -> dict[str, tuple[float, int, int]]:
    """By "why" and "how": the sum of fractions, answers and people, over first finished attempts. One statement."""
    query = (
        select(
            QuestionVersion.about,
            func.sum(AttemptQuestion.fraction),
            func.count(),
            func.count(func.distinct(Enrolment.learner_id)),
        )
        .join(AttemptQuestion, AttemptQuestion.version_id == QuestionVersion.id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(
            Enrolment.course_id == course_id,
            Attempt.number == 1,
            AttemptQuestion.fraction.is_not(None),
            AttemptQuestion.state.not_in((State.UNGRADED, State.NEEDS_GRADING)),
            criterion,
        )
        .group_by(QuestionVersion.about)
    )
    return {row[0]: (float(row[1] or 0), row[2], row[3]) for row in db.session.execute(query)}


def champions_among(criterion: ColumnElement[bool], today: date) -> list[str]:
    """Names of live champions who work here, among those that fit: a decision that is public in the company."""
    query = (
        select(Employee.name)
        .join(Champion, Champion.employee_id == Employee.id)
        .where(Champion.ends_at.is_(None), works_on(today), criterion)
        .order_by(Employee.name)
    )
    return list(db.session.scalars(query))


def _month(column: Any) -> ColumnElement[str]:
    if db.engine.dialect.name == "postgresql":
        return func.to_char(column, "YYYY-MM")
    return func.strftime("%Y-%m", column)
