"""Attempts: start, save, finish. What was answered is appended, what was graded is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from db import db
from tests.support.cast import NOW
from tests.support.learning import answer_all, begin, question_at, take
from tests.support.small_course import SPECIFICATIONS, small_course, without
from training.attempts.operations import AttemptOverError, NothingToAskError, SentAnswer, finish, save, start
from training.attempts.queries import asked_questions, counting_responses, first_open
from training.courses.loading import load_course
from training.enrolment_models import Attempt, AttemptQuestion, Grading, Response
from training.models import Module, QuestionVersion

LATER = NOW + timedelta(minutes=5)
PAGE, OTHER_PAGE = "a" * 16, "b" * 16


@pytest.fixture
def attempt(cast, school):
    return begin(school.enrolment(cast.ben), school.modules["listen"])


def written(text):
    return {"written": text}


def responses():
    query = select(Response.position, Response.sequence, Response.answer).order_by(Response.id)
    return [tuple(row) for row in db.session.execute(query)]


def counting(attempt, position):
    return counting_responses(attempt.id)[position].answer


def test_an_attempt_asks_every_question_in_order_and_is_gone_on_with(cast, school, attempt):
    assert [one.version.kind for one in asked_questions(attempt.id)] == [one["kind"] for one in SPECIFICATIONS.values()]
    assert start(school.enrolment(cast.ben), school.modules["listen"], LATER) is attempt
    assert (attempt.number, attempt.started_at) == (1, NOW)


def test_after_a_finished_attempt_comes_another(cast, school, attempt):
    finish(attempt, school.enrolment(cast.ben), NOW)
    second = start(school.enrolment(cast.ben), school.modules["listen"], LATER)
    assert second.number == 2


def test_a_module_without_questions_starts_no_attempt(cast, school):
    text = without(without(small_course(), "answer", "numeric"), "answer", "single-choice")
    load_course(text, NOW)
    with pytest.raises(NothingToAskError):
        start(school.enrolment(cast.ben), school.modules["answer"], NOW)


def test_the_database_refuses_two_attempts_under_way(cast, school, attempt):
    copy = {"seed": 1, "pass_mark": 0.5, "started_at": NOW, "number": 2}
    db.session.add(Attempt(enrolment_id=attempt.enrolment_id, module_id=attempt.module_id, **copy))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_answers_are_appended_and_the_last_one_counts(attempt):
    assert save(attempt, 1, SentAnswer(written("a")), NOW) == 1
    assert save(attempt, 1, SentAnswer(written("b")), NOW) == 2
    assert save(attempt, 1, SentAnswer({}), NOW) == 3
    assert responses() == [(1, 1, written("a")), (1, 2, written("b")), (1, 3, {})]
    assert counting(attempt, 1) == {}


def test_a_form_that_changes_nothing_appends_nothing(attempt):
    assert save(attempt, 1, SentAnswer({}), NOW) == 0
    save(attempt, 1, SentAnswer(written("a")), NOW)
    assert save(attempt, 1, SentAnswer(written("a")), LATER) == 1
    assert len(responses()) == 1


def test_the_same_answer_of_a_page_sent_twice_is_kept_once(attempt):
    sent = SentAnswer(written("a"), PAGE, 1)
    assert [save(attempt, 1, sent, NOW), save(attempt, 1, sent, LATER)] == [1, 1]
    assert len(responses()) == 1


def test_an_answer_that_comes_late_does_not_undo_a_newer_one_of_its_page(attempt):
    save(attempt, 1, SentAnswer(written("ab"), PAGE, 2), NOW)
    assert save(attempt, 1, SentAnswer(written("a"), PAGE, 1), LATER) == 1
    assert counting(attempt, 1) == written("ab")


def test_going_back_to_an_earlier_answer_is_kept_so_that_what_came_between_cannot_follow_it(attempt):
    save(attempt, 1, SentAnswer(written("a"), PAGE, 1), NOW)
    save(attempt, 1, SentAnswer(written("a"), PAGE, 3), NOW)
    save(attempt, 1, SentAnswer(written("b"), PAGE, 2), LATER)
    assert counting(attempt, 1) == written("a")


def test_on_two_devices_the_answer_that_arrives_last_counts(attempt):
    save(attempt, 1, SentAnswer(written("one"), PAGE, 5), NOW)
    save(attempt, 1, SentAnswer(written("other"), OTHER_PAGE, 1), NOW)
    assert counting(attempt, 1) == written("other")
    save(attempt, 1, SentAnswer(written("one again"), PAGE, 6), LATER)
    assert counting(attempt, 1) == written("one again")
    assert [row[1] for row in responses()] == [1, 2, 3]


def test_questions_do_not_share_their_sequences(attempt):
    assert save(attempt, 1, SentAnswer(written("a"), PAGE, 1), NOW) == 1
    assert save(attempt, 2, SentAnswer(written("a"), PAGE, 1), NOW) == 1


def test_the_database_refuses_an_answer_to_a_question_that_was_not_asked(attempt):
    with pytest.raises(IntegrityError):
        save(attempt, 99, SentAnswer(written("a")), NOW)
    db.session.rollback()


def test_finishing_grades_each_question_and_the_whole(cast, school, attempt):
    answer_all(attempt)
    assert finish(attempt, school.enrolment(cast.ben), LATER)
    assert (attempt.fraction, attempt.passed, attempt.finished_at) == (1.0, True, LATER)
    states = {one.version.kind: one.marked.graded.state for one in asked_questions(attempt.id)}
    assert states.pop("likert") == "ungraded"
    assert set(states.values()) == {"right"}


def test_unanswered_questions_count_as_nothing_and_say_so(cast, school, attempt):
    answer_all(attempt, right=3)
    finish(attempt, school.enrolment(cast.ben), LATER)
    assert (round(attempt.fraction, 3), attempt.passed) == (round(3 / 11, 3), False)
    assert asked_questions(attempt.id)[3].marked.graded.state == "unanswered"


def test_feedback_is_kept_as_it_was_given(cast, school, attempt):
    place = question_at(attempt.id, "single_choice")
    answer_all(attempt, right=1)
    finish(attempt, school.enrolment(cast.ben), LATER)
    marked = asked_questions(attempt.id)[place - 1].marked
    assert marked.summary == "What the person needs"
    assert [part.feedback for part in marked.graded.parts] == ["Yes: that is what brought them here."]


def test_a_second_finish_changes_nothing(cast, school, attempt):
    assert finish(attempt, school.enrolment(cast.ben), NOW)
    assert not finish(attempt, school.enrolment(cast.ben), LATER)
    assert attempt.finished_at == NOW
    assert db.session.scalar(select(func.count()).select_from(Grading)) == 1


def test_the_database_refuses_a_second_grading_whatever_the_code_does(cast, school, attempt):
    finish(attempt, school.enrolment(cast.ben), NOW)
    db.session.execute(update(Attempt).values(finished_at=None, fraction=None, passed=None))
    db.session.refresh(attempt)
    with pytest.raises(IntegrityError):
        finish(attempt, school.enrolment(cast.ben), LATER)
    db.session.rollback()


def test_after_the_finish_no_answer_is_taken(cast, school, attempt):
    finish(attempt, school.enrolment(cast.ben), NOW)
    with pytest.raises(AttemptOverError):
        save(attempt, 1, SentAnswer(written("too late")), LATER)


def test_a_pass_mark_that_changes_later_changes_no_result(cast, school, attempt):
    db.session.execute(update(Module).values(pass_mark=0.9))
    answer_all(attempt, right=8)
    finish(attempt, school.enrolment(cast.ben), LATER)
    assert attempt.passed


def test_what_a_key_becomes_later_changes_no_result(cast, school):
    attempt = take(school.enrolment(cast.ben), school.modules["answer"])
    question = asked_questions(attempt.id)[1]
    db.session.execute(
        update(QuestionVersion)
        .where(QuestionVersion.id == question.version.id)
        .values(specification={"kind": "numeric", "right": 1})
    )
    assert asked_questions(attempt.id)[1].marked.graded.state == "right"


def test_a_clock_set_back_ends_no_attempt_before_it_began(cast, school, attempt):
    finish(attempt, school.enrolment(cast.ben), NOW - timedelta(hours=1))
    assert attempt.finished_at == NOW


def test_an_attempt_is_resumed_at_the_first_question_that_wants_something(attempt):
    assert first_open(attempt.id) == 1
    answer_all(attempt, right=4)
    assert first_open(attempt.id) == 5
    answer_all(attempt)
    assert first_open(attempt.id) == question_at(attempt.id, "likert")


def test_long_answers_in_words_are_cut_not_refused(cast, school, attempt):
    place = question_at(attempt.id, "blanks")
    save(attempt, place, SentAnswer({"written": {"1": "x" * 500, "2": "y" * 500}}), NOW)
    finish(attempt, school.enrolment(cast.ben), LATER)
    query = select(AttemptQuestion.summary).where(AttemptQuestion.position == place)
    assert len(db.session.scalar(query)) <= 1000
