"""What waits to be practised, one card with its question, and what a module leaves behind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from db import db
from people.models import Employee
from people.roles.queries import works_on
from training.enrolment_models import LIVE, Enrolment
from training.models import Module, Question, QuestionVersion
from training.practice.models import PracticeAnswer, PracticeCard, PracticePause
from training.rules.practice.portion import PORTION, Waiting, todays_portion
from training.rules.practice.retention import WINDOWS, Point, Recalled, retention_curve


@dataclass(frozen=True)
class Today:
    """Practice of one learner today: the cards still to ask in order, how many were answered, and what comes next."""

    cards: tuple[int, ...]
    answered: int
    right: int
    next_on: date | None
    in_practice: int
    paused: bool
    paused_until: date | None


def practice_today(learner_id: int, today: date) -> Today:
    """Everything that the page of practice says; three statements."""
    pause = db.session.get(PracticePause, learner_id)
    paused = pause is not None and (pause.until is None or pause.until > today)
    rows = db.session.execute(_cards_of(learner_id)).all()
    answered = db.session.scalars(
        select(PracticeAnswer.fraction)
        .join(PracticeCard, PracticeCard.id == PracticeAnswer.card_id)
        .where(PracticeCard.learner_id == learner_id, PracticeAnswer.given_on == today)
    ).all()
    due = [Waiting(one.id, one.due_on, one.topic) for one in rows if one.due_on <= today]
    later = [one.due_on for one in rows if one.due_on > today]
    cards = () if paused else tuple(todays_portion(due, len(answered)))
    more = len(due) > len(cards)
    return Today(
        cards=cards,
        answered=len(answered),
        right=sum(one > 1 - 1e-9 for one in answered),
        next_on=today + timedelta(days=1) if more else min(later, default=None),
        in_practice=len(rows),
        paused=paused,
        paused_until=pause.until if pause and paused else None,
    )


def _cards_of(learner_id: int) -> Select:
    return (
        select(PracticeCard.id, PracticeCard.due_on, QuestionVersion.topic)
        .join(Question, Question.id == PracticeCard.question_id)
        .join(QuestionVersion, _newest_version())
        .where(PracticeCard.learner_id == learner_id, Question.retired_at.is_(None), _still_learns())
    )


def _newest_version() -> ColumnElement[bool]:
    """Join: the newest version of the card's question."""
    other = QuestionVersion.__table__.alias("other")
    newest = select(func.max(other.c.number)).where(other.c.question_id == Question.id).correlate(Question)
    return and_(QuestionVersion.question_id == Question.id, QuestionVersion.number == newest.scalar_subquery())


def _still_learns() -> ColumnElement[bool]:
    """The learner of the card is still in the course of its module."""
    return (
        select(Enrolment.id)
        .join(Module, Module.course_id == Enrolment.course_id)
        .where(
            Enrolment.learner_id == PracticeCard.learner_id,
            Module.id == PracticeCard.module_id,
            Enrolment.state.in_(LIVE),
        )
        .correlate(PracticeCard)
        .exists()
    )


def due_today(learner_id: int, today: date) -> int:
    """How many questions are due and not answered today, at most a day's portion; none in a pause. One statement."""
    answered = (
        select(func.count(PracticeAnswer.id))
        .join(PracticeCard, PracticeCard.id == PracticeAnswer.card_id)
        .where(PracticeCard.learner_id == learner_id, PracticeAnswer.given_on == today)
        .scalar_subquery()
    )
    resting = select(PracticePause.learner_id).where(
        PracticePause.learner_id == learner_id, or_(PracticePause.until.is_(None), PracticePause.until > today)
    )
    query = (
        select(func.count(PracticeCard.id), answered)
        .join(Question, Question.id == PracticeCard.question_id)
        .where(
            PracticeCard.learner_id == learner_id,
            PracticeCard.due_on <= today,
            Question.retired_at.is_(None),
            _still_learns(),
            ~resting.exists(),
        )
    )
    due, done = db.session.execute(query).one()
    return min(due, max(0, PORTION - done))


def card_with_question(card_id: int, learner_id: int, *, lock: bool = False) -> Row | None:
    """(PracticeCard, QuestionVersion, title of the module) of one's own card, locked where it will change; or None."""
    query = (
        select(PracticeCard, QuestionVersion, Module.title)
        .join(Question, Question.id == PracticeCard.question_id)
        .join(Module, Module.id == PracticeCard.module_id)
        .join(QuestionVersion, _newest_version())
        .where(PracticeCard.id == card_id, PracticeCard.learner_id == learner_id, Question.retired_at.is_(None))
    )
    return db.session.execute(query.with_for_update(of=PracticeCard) if lock else query).one_or_none()


def answer_of(card_id: int, today: date) -> Row | None:
    """(PracticeAnswer, QuestionVersion) given to a card today, with the version that was asked; or None."""
    query = (
        select(PracticeAnswer, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == PracticeAnswer.version_id)
        .where(PracticeAnswer.card_id == card_id, PracticeAnswer.given_on == today)
    )
    return db.session.execute(query).one_or_none()


def waiting(latest: date) -> list[Row]:
    """(id, time_zone, first, due, until) of everybody with something due by `latest` who has not paused for good.

    `first`: the day on which the oldest waiting question fell due; `due`: how many wait; `until`: the end of a pause.
    """
    for_good = select(PracticePause.learner_id).where(PracticePause.until.is_(None))
    query = (
        select(
            Employee.id,
            Employee.time_zone,
            func.min(PracticeCard.due_on).label("first"),
            func.count().label("due"),
            func.max(PracticePause.until).label("until"),
        )
        .join(PracticeCard, PracticeCard.learner_id == Employee.id)
        .join(Question, Question.id == PracticeCard.question_id)
        .outerjoin(PracticePause, PracticePause.learner_id == Employee.id)
        .where(
            PracticeCard.due_on <= latest,
            Question.retired_at.is_(None),
            works_on(latest),
            _still_learns(),
            Employee.id.not_in(for_good),
        )
        .group_by(Employee.id, Employee.time_zone)
        .order_by(Employee.id)
    )
    return list(db.session.execute(query))


def curves_of(course_id: int) -> dict[int, list[Point]]:
    """The retention curve of each module of a course, by module id; one statement, grouped by learner."""
    inside = [PracticeAnswer.days_after.between(low, high) for low, high in WINDOWS.values()]
    window = case(*zip(inside, WINDOWS, strict=True), else_=0).label("window")
    first = (
        select(PracticeCard.module_id, PracticeCard.learner_id, PracticeAnswer.fraction, window)
        .join(PracticeAnswer, PracticeAnswer.card_id == PracticeCard.id)
        .join(Module, Module.id == PracticeCard.module_id)
        .where(Module.course_id == course_id, or_(*inside))
        .subquery()
    )
    query = select(
        first.c.module_id, first.c.window, func.avg(first.c.fraction).label("mean"), func.count().label("answers")
    ).group_by(first.c.module_id, first.c.learner_id, first.c.window)
    rows: dict[int, list[Recalled]] = defaultdict(list)
    for one in db.session.execute(query):
        rows[one.module_id].append(Recalled(one.window, float(one.mean), one.answers))
    return {module: retention_curve(some) for module, some in rows.items()}
