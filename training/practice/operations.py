"""Taking questions into practice, keeping an answer, pausing."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from db import bulk_insert, db, table_of
from people.models import Employee
from training.enrolment_models import LIVE, Attempt, AttemptQuestion, Enrolment
from training.models import Question, QuestionVersion
from training.practice.models import PracticeAnswer, PracticeCard, PracticePause
from training.rules.kinds.catalogue import kind_of
from training.rules.practice.schedule import recall_of
from training.rules.practice.schedules import SCHEDULES
from web import zone_of

PRACTISED = (
    "single_choice", "multiple_choice", "true_false", "numeric", "short_text", "matching", "ordering", "blanks",
    "choose_in_text", "categorise",
)  # fmt: skip
"""Kinds with an answer of one page that is graded at once."""

MOST_AT_ONCE = 20_000


def collect(schedule: str) -> int:
    """Make cards for every module passed since the last time; returns how many.

    How the question went in the attempt that passed is its first answer. Called by one job alone.
    """
    begin = SCHEDULES[schedule].begin
    rows = []
    for one in db.session.execute(_passed_without_cards()):
        learnt_on = one.finished_at.astimezone(zone_of(one.time_zone)).date()
        planned = begin(recall_of(one.fraction or 0.0), learnt_on)
        rows.append(
            {
                "learner_id": one.learner_id,
                "question_id": one.question_id,
                "module_id": one.module_id,
                "schedule": schedule,
                "state": planned.state,
                "learnt_on": learnt_on,
                "due_on": planned.due_on,
            }
        )
    bulk_insert(table_of(PracticeCard), rows)
    return len(rows)


def _passed_without_cards() -> Select:
    """The questions of the first passed attempt at each module, where the learner has no card of that question yet."""
    first = (
        select(func.min(Attempt.number))
        .where(Attempt.enrolment_id == Enrolment.id, Attempt.module_id == Question.module_id, Attempt.passed.is_(True))
        .correlate(Enrolment, Question)
        .scalar_subquery()
    )
    card = select(PracticeCard.id).where(
        PracticeCard.learner_id == Enrolment.learner_id, PracticeCard.question_id == Question.id
    )
    return (
        select(
            Enrolment.learner_id,
            Employee.time_zone,
            Question.id.label("question_id"),
            Question.module_id,
            Attempt.finished_at,
            AttemptQuestion.fraction,
        )
        .join(Employee, Employee.id == Enrolment.learner_id)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(
            Attempt.passed.is_(True),
            Attempt.number == first,
            Enrolment.state.in_(LIVE),
            Question.retired_at.is_(None),
            QuestionVersion.kind.in_(PRACTISED),
            ~card.exists(),
        )
        .order_by(Attempt.finished_at, Attempt.id, AttemptQuestion.position)
        .limit(MOST_AT_ONCE)
    )


def keep_answer(
    card: PracticeCard, version: QuestionVersion, answer: dict[str, Any], *, today: date, at: datetime
) -> PracticeAnswer:
    """Grade an answer, keep it, and plan when the question comes back. `card` must be locked.

    Answered before today, the first answer stands and is returned: it has been explained already.
    """
    known = db.session.scalars(
        select(PracticeAnswer).where(PracticeAnswer.card_id == card.id, PracticeAnswer.given_on == today)
    ).one_or_none()
    if known is not None:
        return known
    fraction = kind_of(version.specification).grade(version.specification, answer).fraction or 0.0
    planned = SCHEDULES[card.schedule].go_on(card.state, recall_of(fraction), today)
    card.state, card.due_on = planned.state, max(planned.due_on, card.learnt_on + timedelta(days=1))
    kept = PracticeAnswer(
        card_id=card.id,
        version_id=version.id,
        given_on=today,
        at=at,
        days_after=max(0, (today - card.learnt_on).days),
        answer=answer,
        fraction=min(1.0, max(0.0, fraction)),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def pause(learner_id: int, until: date | None, at: datetime) -> None:
    """No practice for this learner until a day, or until they go on; a pause that was there is replaced."""
    db.session.merge(PracticePause(learner_id=learner_id, since=at, until=until))
    db.session.flush()


def go_on(learner_id: int) -> None:
    """End a pause. What fell due meanwhile waits, six questions a day."""
    found = db.session.get(PracticePause, learner_id)
    if found is not None:
        db.session.delete(found)
        db.session.flush()
