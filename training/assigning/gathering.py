"""From the tables to the situation of the matching: some fifteen statements whatever the number of people."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from sqlalchemy import func, select

from activity.models import ActivityEvent
from champions.models import Champion, Score, ScoringRun
from champions.scoring.result import Band
from db import db
from languages import names_of
from people.models import Employee, Team
from people.roles.queries import is_active
from people.settings.company_settings import company_settings
from training.assigning.models import Assignment
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, EnrolmentState
from training.models import QuestionVersion
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.hours import working_hours
from training.rules.matching.situation import Situation
from training.rules.teaching_hours import clock, usual_day
from training.trainers.limits import ceiling_of
from training.trainers.queries import KnownTrainer, conflicts, known_trainers

NEW_TRAINER_PLACES = 12
"""What somebody on the shortlist is thought to take, when asking who could cure a leftover."""

TopicShares = dict[int, dict[str, float]]


def situation_of(course_id: int, at: datetime, *, with_ties: bool = True) -> Situation:
    """Everybody who could learn or teach in a course now. Raises MatchingError for a circle of managers.

    Who only wants to know which pairs are allowed leaves out the ties, which take the most time.
    """
    champions, known = _champions(), known_trainers(at)
    ceiling = ceiling_of(company_settings())
    possible = _possible(set(champions))
    right = right_by_topic()
    present = _present(course_id)
    finished = _finished(course_id)
    hours = _hours(at.date())
    topics = sorted({topic for shares in right.values() for topic in shares})
    learners, trainers, managers = [], [], {}
    for row in _people(at):
        managers[row.id] = row.manager_id
        words = {
            "languages": names_of(row.languages),
            "site": row.site,
            "team": row.team or "",
            "hours": hours(row.time_zone),
        }
        mine = right.get(row.id, {})
        if row.id in champions:
            champion = Trainer(row.id, min(champions[row.id], ceiling), strengths=mine, **words)
            trainers.append(_as_set(champion, known[row.id], row.time_zone, topics, at))
            continue
        if row.id in possible:
            trainers.append(Trainer(row.id, NEW_TRAINER_PLACES, strengths=mine, possible=True, **words))
        trainer, second = present.get(row.id, (None, None))
        learners.append(
            Learner(
                row.id,
                gaps={topic: 1.0 - share for topic, share in mine.items()},
                present_trainer=trainer,
                present_second=second,
                takes_part=row.id not in finished,
                **words,
            )
        )
    ties = _ties(set(champions) | possible) if with_ties else {}
    return gather(learners, trainers, managers, topics, ties, conflicts())


def _as_set(trainer: Trainer, known: KnownTrainer, time_zone: str, topics: Sequence[str], at: datetime) -> Trainer:
    """The directory, overruled by what the trainer has set. A topic that is not offered is no strength."""
    trainer = replace(trainer, trained=known.trained, paused=known.paused)
    settings = known.settings
    if settings is None:
        return trainer
    if settings.languages:
        trainer = replace(trainer, languages=names_of(settings.languages))
    day = usual_day(settings.hours)
    if day is not None:
        trainer = replace(trainer, hours=working_hours(time_zone or "UTC", at.date(), clock(day[0]), clock(day[1])))
    if settings.topics:
        offered = set(settings.topics)
        closed = {topic: 0.0 for topic in topics if topic.rpartition(", the ")[0] not in offered}
        trainer = replace(trainer, strengths={**trainer.strengths, **closed})
    return replace(trainer, consents=settings.takes_learners)


def right_by_topic() -> TopicShares:
    """For each employee the mean fraction by topic, the why and the how apart, over all finished attempts."""
    query = (
        select(Enrolment.learner_id, QuestionVersion.topic, QuestionVersion.about, func.avg(AttemptQuestion.fraction))
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(AttemptQuestion.fraction.is_not(None), QuestionVersion.topic != "")
        .group_by(Enrolment.learner_id, QuestionVersion.topic, QuestionVersion.about)
    )
    shares: TopicShares = defaultdict(dict)
    for learner_id, topic, about, share in db.session.execute(query):
        shares[learner_id][f"{topic}, the {about}"] = min(1.0, max(0.0, float(share)))
    return shares


def _people(at: datetime):  # type: ignore[no-untyped-def]  # rows of many columns
    query = (
        select(
            Employee.id,
            Employee.manager_id,
            Employee.languages,
            Employee.site,
            Employee.time_zone,
            Team.name.label("team"),
        )
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(is_active(at))
        .order_by(Employee.id)
    )
    return db.session.execute(query).all()


def _champions() -> dict[int, int]:
    """Live champions with how many learners each takes."""
    query = select(Champion.employee_id, Champion.capacity).where(Champion.ends_at.is_(None))
    return {row.employee_id: row.capacity for row in db.session.execute(query)}


def _possible(champions: set[int]) -> set[int]:
    """People in a band of the latest run who are no champions: they may be somebody's cure."""
    latest = select(func.max(ScoringRun.id)).scalar_subquery()
    query = select(Score.employee_id).where(Score.run_id == latest, Score.band != Band.NOT_SHOWN)
    return set(db.session.scalars(query)) - champions


def _present(course_id: int) -> dict[int, tuple[int | None, int | None]]:
    query = select(Assignment.learner_id, Assignment.trainer_id, Assignment.second_id).where(
        Assignment.course_id == course_id, Assignment.ends_at.is_(None)
    )
    return {row.learner_id: (row.trainer_id, row.second_id) for row in db.session.execute(query)}


def _finished(course_id: int) -> set[int]:
    query = select(Enrolment.learner_id).where(
        Enrolment.course_id == course_id, Enrolment.state == EnrolmentState.COMPLETED
    )
    return set(db.session.scalars(query))


def _ties(trainers: set[int]) -> dict[tuple[int, int], int]:
    """How often a trainer, or somebody who could be one, and anybody else have answered each other."""
    ties: dict[tuple[int, int], int] = defaultdict(int)
    for mine, other in (
        (ActivityEvent.employee_id, ActivityEvent.target_id),
        (ActivityEvent.target_id, ActivityEvent.employee_id),
    ):
        query = (
            select(mine, other, func.count())
            .where(mine.in_(trainers), other.is_not(None), other != mine)
            .group_by(mine, other)
        )
        for trainer, person, number in db.session.execute(query):
            if person is not None and trainer is not None:  # the query leaves them out; the types cannot tell
                ties[(person, trainer)] += number
    return ties


def _hours(day: date) -> Callable[[str], tuple[int, int] | None]:
    @cache
    def hours(time_zone: str) -> tuple[int, int] | None:
        return working_hours(time_zone, day) if time_zone else None

    return hours
