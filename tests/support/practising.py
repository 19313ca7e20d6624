"""Cards of practice for tests."""

from datetime import date, timedelta

from sqlalchemy import select

from db import db
from tests.support.cast import NOW, Person
from training.models import Question, QuestionVersion
from training.practice.models import PracticeCard
from training.rules.practice.schedule import Recall
from training.rules.practice.schedules import SCHEDULES

PASSED_ON = NOW.date() - timedelta(days=30)


def card_of(person: Person, kind: str = "single_choice", passed_on: date = PASSED_ON) -> PracticeCard:
    """A question of this kind, of any module, which somebody passed on that day and knew."""
    query = select(Question).join(QuestionVersion, QuestionVersion.question_id == Question.id)
    question = db.session.scalars(query.where(QuestionVersion.kind == kind).order_by(Question.id)).first()
    assert question is not None
    planned = SCHEDULES["ladder"].begin(Recall.KNOWN, passed_on)
    card = PracticeCard(
        learner_id=person.id,
        question_id=question.id,
        module_id=question.module_id,
        schedule="ladder",
        state=planned.state,
        learnt_on=passed_on,
        due_on=planned.due_on,
    )
    db.session.add(card)
    db.session.flush()
    return card
