"""What is known of trainers as teachers: for their own page, for the owner's list, and for whoever makes plans."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import aliased

from champions.models import Champion
from db import db
from people.models import Employee, Team
from people.roles.queries import is_active
from training.assigning.models import Assignment
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course, Module, Question, QuestionVersion
from training.trainers.models import CourseWaiver, KeptApart, TeachingPause, TeachingSettings

FOR_TRAINERS = "trainers"
"""The audience of the course that a trainer completes before the first assignment."""


@dataclass(frozen=True)
class KnownTrainer:
    """What a trainer has set, and where they stand. `settings` is None for who has set nothing.

    `trained` tells that the course for trainers is completed, waived, or not asked for: who has taught before goes on.
    """

    settings: TeachingSettings | None
    paused: bool
    trained: bool
    completed: bool
    waived: bool


@dataclass(frozen=True)
class TrainerLine:
    """One trainer on the owner's list."""

    employee_id: int
    name: str
    team: str
    languages: str
    places: int
    load: int
    known: KnownTrainer
    pauses: Sequence[TeachingPause]


@dataclass(frozen=True)
class PairKeptApart:
    """Two people kept apart, with who noted it, when and why."""

    id: int
    first: str
    second: str
    reason: str
    noted_by: str
    noted_at: datetime


def known_trainers(at: datetime, *, only: int | None = None) -> dict[int, KnownTrainer]:
    """Every live champion, or this one: one statement."""
    asked = exists().where(Course.audience == FOR_TRAINERS)
    query = (
        select(
            Champion.employee_id, TeachingSettings, CourseWaiver.trainer_id,
            or_(_paused(at.date()), Champion.paused_at.is_not(None)), _completed(), asked, _has_taught(),
        )
        .outerjoin(TeachingSettings, TeachingSettings.trainer_id == Champion.employee_id)
        .outerjoin(CourseWaiver, CourseWaiver.trainer_id == Champion.employee_id)
        .where(Champion.ends_at.is_(None))
    )  # fmt: skip
    if only is not None:
        query = query.where(Champion.employee_id == only)
    return {
        trainer: KnownTrainer(
            settings=settings,
            paused=paused,
            trained=completed or taught or waiver is not None or not is_asked,
            completed=completed,
            waived=waiver is not None,
        )
        for trainer, settings, waiver, paused, completed, is_asked, taught in db.session.execute(query)
    }


def trainer_lines(at: datetime) -> list[TrainerLine]:
    """Every trainer with what the owner needs to know, by name: three statements."""
    known = known_trainers(at)
    pauses: dict[int, list[TeachingPause]] = defaultdict(list)
    coming = select(TeachingPause).where(TeachingPause.ends_on >= at.date()).order_by(TeachingPause.starts_on)
    for row in db.session.scalars(coming):
        pauses[row.trainer_id].append(row)
    query = (
        select(Employee.id, Employee.name, func.coalesce(Team.name, ""), Employee.languages, Champion.capacity, _load())
        .join(Champion, Champion.employee_id == Employee.id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(Champion.ends_at.is_(None), is_active(at))
        .order_by(Employee.name, Employee.id)
    )
    return [TrainerLine(*row, known[row[0]], pauses[row[0]]) for row in db.session.execute(query)]


def places_and_load(trainer_id: int) -> tuple[int, int] | None:
    """How many learners a trainer takes at most, and has; None for who is no trainer."""
    query = select(Champion.capacity, _load()).where(Champion.employee_id == trainer_id, Champion.ends_at.is_(None))
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def pauses_of(trainer_id: int, today: date) -> list[TeachingPause]:
    """A trainer's pauses that are not over, the next first."""
    query = select(TeachingPause).where(TeachingPause.trainer_id == trainer_id, TeachingPause.ends_on >= today)
    return list(db.session.scalars(query.order_by(TeachingPause.starts_on)))


def pairs_kept_apart() -> list[PairKeptApart]:
    """Everybody who is kept apart now, the newest first."""
    first, second, by = aliased(Employee), aliased(Employee), aliased(Employee)
    query = (
        select(KeptApart.id, first.name, second.name, KeptApart.reason, by.name, KeptApart.noted_at)
        .join(first, first.id == KeptApart.first_id)
        .join(second, second.id == KeptApart.second_id)
        .join(by, by.id == KeptApart.noted_by_id)
        .where(KeptApart.ended_at.is_(None))
        .order_by(KeptApart.noted_at.desc(), KeptApart.id.desc())
    )
    return [PairKeptApart(*row) for row in db.session.execute(query)]


def conflicts() -> list[tuple[int, int]]:
    """The same as pairs of ids."""
    query = select(KeptApart.first_id, KeptApart.second_id).where(KeptApart.ended_at.is_(None))
    return [(row.first_id, row.second_id) for row in db.session.execute(query)]


def languages_spoken(at: datetime) -> list[str]:
    """The codes of all languages that the directory states for anybody who works here."""
    query = select(Employee.languages).where(is_active(at), Employee.languages != "").distinct()
    return sorted({code for codes in db.session.scalars(query) for code in codes.split(";") if code})


def topics_taught() -> list[str]:
    """The topics of the questions in courses for everybody, by course and module."""
    query = (
        select(QuestionVersion.topic, func.min(Course.id), func.min(Module.position))
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Module, Module.id == Question.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(Course.audience != FOR_TRAINERS, Question.retired_at.is_(None), QuestionVersion.topic != "")
        .group_by(QuestionVersion.topic)
        .order_by(func.min(Course.id), func.min(Module.position), QuestionVersion.topic)
    )
    return [row[0] for row in db.session.execute(query)]


def waiver_reasons() -> Mapping[int, str]:
    """Why each trainer without the course may teach."""
    return {
        row.trainer_id: row.reason for row in db.session.execute(select(CourseWaiver.trainer_id, CourseWaiver.reason))
    }


def _paused(today: date) -> ColumnElement[bool]:
    days = (TeachingPause.starts_on <= today) & (TeachingPause.ends_on >= today)
    return exists().where(TeachingPause.trainer_id == Champion.employee_id, days).correlate(Champion)


def _completed() -> ColumnElement[bool]:
    done = exists().where(
        Enrolment.learner_id == Champion.employee_id,
        Enrolment.state == EnrolmentState.COMPLETED,
        Enrolment.course_id == Course.id,
        Course.audience == FOR_TRAINERS,
    )
    return done.correlate(Champion)


def _has_taught() -> ColumnElement[bool]:
    return exists().where(Assignment.trainer_id == Champion.employee_id).correlate(Champion)


def _load() -> ScalarSelect[int]:
    """How many learners of a champion have not finished."""
    done = exists().where(
        Enrolment.learner_id == Assignment.learner_id,
        Enrolment.course_id == Assignment.course_id,
        Enrolment.state == EnrolmentState.COMPLETED,
    )
    live = select(func.count(Assignment.id)).where(
        Assignment.trainer_id == Champion.employee_id, Assignment.ends_at.is_(None), ~done.correlate(Assignment)
    )
    return live.correlate(Champion).scalar_subquery()
