"""Practice: what is taken in, what an answer changes, pauses and reminders."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from db import db
from messages.models import Message
from tests.support.cast import NOW
from tests.support.learning import take
from tests.support.practising import PASSED_ON, card_of
from training.enrolment_models import EnrolmentState
from training.models import Question, QuestionVersion
from training.practice.job import remind
from training.practice.models import PracticeAnswer, PracticeCard
from training.practice.operations import PRACTISED, collect, go_on, keep_answer, pause
from training.practice.queries import curves_of, practice_today
from training.rules.kinds.catalogue import kind_of
from training.rules.practice.portion import PORTION

TODAY = NOW.date()


def newest(card: PracticeCard) -> QuestionVersion:
    query = select(QuestionVersion).where(QuestionVersion.question_id == card.question_id)
    return db.session.scalars(query.order_by(QuestionVersion.number.desc())).first()


def answered(card: PracticeCard, *, right: bool, on: date = TODAY) -> PracticeAnswer:
    version = newest(card)
    answer = kind_of(version.specification).right_response(version.specification) if right else {}
    return keep_answer(card, version, answer, today=on, at=NOW)


def cards_of(person) -> list[PracticeCard]:
    return list(db.session.scalars(select(PracticeCard).where(PracticeCard.learner_id == person.id)))


def test_the_questions_of_a_passed_module_are_taken_in_once(cast, school) -> None:
    assert collect("ladder") == 0
    take(school.enrolment(cast.ben), next(iter(school.modules.values())))
    taken = collect("ladder")
    kinds = set(
        db.session.scalars(
            select(QuestionVersion.kind).join(PracticeCard, PracticeCard.question_id == QuestionVersion.question_id)
        )
    )
    assert taken == len(cards_of(cast.ben)) > 0
    assert kinds <= set(PRACTISED)
    assert {(card.learnt_on, card.due_on) for card in cards_of(cast.ben)} == {(TODAY, TODAY + timedelta(days=7))}
    assert collect("ladder") == 0


def test_a_right_answer_comes_back_later_and_a_wrong_one_soon(cast, school) -> None:
    known, missed = card_of(cast.ben), card_of(cast.ben, "numeric")
    assert answered(known, right=True).days_after == (TODAY - PASSED_ON).days
    answered(missed, right=False)
    assert (known.due_on - TODAY, missed.due_on - TODAY) == (timedelta(days=21), timedelta(days=2))


def test_an_answer_sent_twice_counts_once(cast, school) -> None:
    card = card_of(cast.ben)
    first = answered(card, right=False)
    due = card.due_on
    assert answered(card, right=True).id == first.id
    assert card.due_on == due
    assert db.session.scalar(select(func.count(PracticeAnswer.id))) == 1


def test_no_more_than_the_portion_is_asked_a_day(cast, school) -> None:
    cards = [card_of(cast.ben, kind) for kind in PRACTISED]
    state = practice_today(cast.ben.id, TODAY)
    assert (len(state.cards), state.in_practice, state.next_on) == (PORTION, len(cards), TODAY + timedelta(days=1))
    for card in state.cards:
        answered(db.session.get_one(PracticeCard, card), right=True)
    after = practice_today(cast.ben.id, TODAY)
    assert (after.cards, after.answered, after.right) == ((), PORTION, PORTION)
    assert len(practice_today(cast.ben.id, TODAY + timedelta(days=1)).cards) == len(cards) - PORTION


def test_what_is_retired_or_left_is_not_asked(cast, school) -> None:
    retired, kept = card_of(cast.ben), card_of(cast.ben, "numeric")
    db.session.execute(update(Question).where(Question.id == retired.question_id).values(retired_at=NOW))
    assert practice_today(cast.ben.id, TODAY).cards == (kept.id,)
    school.enrolment(cast.ben).state = EnrolmentState.WITHDRAWN
    db.session.flush()
    assert practice_today(cast.ben.id, TODAY).in_practice == 0


def test_a_pause_holds_until_its_day_or_until_one_goes_on(cast, school) -> None:
    card = card_of(cast.ben)
    pause(cast.ben.id, TODAY + timedelta(days=7), NOW)
    assert practice_today(cast.ben.id, TODAY).paused
    assert practice_today(cast.ben.id, TODAY + timedelta(days=6)).cards == ()
    assert practice_today(cast.ben.id, TODAY + timedelta(days=7)).cards == (card.id,)
    pause(cast.ben.id, None, NOW)
    assert practice_today(cast.ben.id, TODAY + timedelta(days=700)).paused
    go_on(cast.ben.id)
    go_on(cast.ben.id)
    assert practice_today(cast.ben.id, TODAY).cards == (card.id,)


def test_reminders_come_rarely_and_not_in_a_pause(cast, school) -> None:
    card_of(cast.ben, passed_on=TODAY - timedelta(days=7))  # due today
    card_of(cast.carla, passed_on=TODAY - timedelta(days=8))  # due since yesterday: no day of a reminder
    card_of(cast.tomas, passed_on=TODAY - timedelta(days=7))
    pause(cast.tomas.id, None, NOW)
    assert remind(NOW) == 1
    message = db.session.scalars(select(Message)).one()
    assert (message.employee_id, message.path) == (cast.ben.id, "/practice")
    assert "1 question" in message.text.lower()
    assert remind(NOW) == 0
    assert remind(NOW + timedelta(days=2)) == 1  # carla's third day


def test_the_curve_counts_people_in_the_modules_of_the_course(cast, school) -> None:
    card = card_of(cast.ben)
    answered(card, right=True)
    curve = curves_of(school.course_id)[card.module_id]
    assert [(point.day, point.people) for point in curve] == [(7, 0), (30, 1), (90, 0)]
    assert curves_of(school.course_id + 1) == {}


@pytest.mark.one_database
def test_the_pages_say_what_is_due_and_what_was_right(cast, school, client_of) -> None:
    card_id = card_of(cast.ben, "true_false").id
    ben = client_of(cast.ben)
    assert "1 question is due today" in ben.get("/practice").text
    asked = ben.get(f"/practice/{card_id}").text
    assert "Answer, and see why" in asked
    ben.post(f"/practice/{card_id}", data={"answer": "false"})
    done = ben.get(f"/practice/{card_id}").text
    assert "It comes back on" in done
    assert "Done for today" in ben.get("/practice").text
    ben.post(f"/practice/{card_id}", data={"answer": "true"})
    assert ben.get(f"/practice/{card_id}").text == done
    assert db.session.scalar(select(func.count(PracticeAnswer.id))) == 1


@pytest.mark.one_database
def test_a_question_that_is_not_due_cannot_be_answered_early(cast, school, client_of) -> None:
    card = card_of(cast.ben)
    card.due_on = date(2999, 1, 1)
    card_id = card.id
    ben = client_of(cast.ben)
    assert ben.get(f"/practice/{card_id}").status_code == 404
    assert ben.post(f"/practice/{card_id}", data={"answer": "x"}).status_code == 302
    assert db.session.scalar(select(func.count(PracticeAnswer.id))) == 0


@pytest.mark.one_database
def test_a_pause_without_a_length_is_refused_in_words(cast, school, client_of) -> None:
    card_of(cast.ben)
    ben = client_of(cast.ben)
    answer = ben.post("/practice/pause", data={})
    assert (answer.status_code, "Choose how long." in answer.text) == (422, True)
    ben.post("/practice/pause", data={"days": "7"})
    assert "Practice rests until" in ben.get("/practice").text
    ben.post("/practice/go-on")
    assert "1 question is due today" in ben.get("/practice").text


@pytest.mark.one_database
def test_the_number_of_questions_costs_no_statements(cast, school, client_of, statements) -> None:
    for kind in PRACTISED:
        card_of(cast.ben, kind)
    ben = client_of(cast.ben)
    with statements() as sent:
        ben.get("/practice")
    assert len(sent) <= 6, str(sent)
