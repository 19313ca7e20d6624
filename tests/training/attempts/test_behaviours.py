"""What a quiz of each behaviour does while it goes on, and what it is worth in the end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db import db
from tests.support.behaving import HINTS, QUIZZES, course_that, is_wrong, wrong_forms
from tests.support.cast import NOW
from tests.support.learning import answer_all, begin, make_school, question_at, right_forms, take
from tests.support.small_course import small_course
from training.attempts import operations
from training.attempts.models import QuestionTry
from training.attempts.operations import NoAttemptLeftError, SentAnswer
from training.attempts.queries import asked_questions
from training.attempts.tries import tries_of
from training.enrolment_models import Attempt, AttemptQuestion, Response
from training.rules.behaviours.behaviour import Behaviour
from training.rules.behaviours.certainty import Certainty


@pytest.fixture
def sit(cast, client_of):
    """Begin a quiz with these rules; gives the attempt's id and ben's client."""

    def sit(quiz, module="listen"):
        school = make_school(cast, course_that(quiz))
        attempt_id = begin(school.enrolment(cast.ben), school.modules[module]).id
        db.session.commit()
        return attempt_id, client_of(cast.ben)

    return sit


def check(client, attempt_id, position, form, number=1):
    return client.post(f"/attempts/{attempt_id}/{position}/check", data={**form, "try": number})


def page(client, attempt_id, position):
    return client.get(f"/attempts/{attempt_id}/{position}").text


def count_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def result(attempt_id):
    return db.session.get_one(Attempt, attempt_id)


def test_the_wrong_answers_of_these_tests_are_wrong(sit):
    attempt_id, _ = sit({})
    assert is_wrong(attempt_id)


def test_with_immediate_feedback_an_answer_is_checked_explained_and_stays(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.IMMEDIATE])
    position = question_at(attempt_id, "numeric")
    right, wrong = right_forms(attempt_id)[position], wrong_forms(attempt_id)[position]
    assert check(ben, attempt_id, position, wrong).location.endswith(f"/attempts/{attempt_id}/{position}")
    text = page(ben, attempt_id, position)
    assert "Not right" in text
    assert "37.5" in text
    assert 'name="answer"' not in text
    refused = ben.post(f"/attempts/{attempt_id}/{position}/save", data=right)
    assert (refused.status_code, refused.json["error"]) == (409, "This question is checked: its answer stays as it is.")
    check(ben, attempt_id, position, right)
    assert [one.answer for one in tries_of(attempt_id)[position]] == [{"written": "999"}]


def test_what_was_given_and_not_checked_is_graded_at_the_end(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.IMMEDIATE])
    for position, form in right_forms(attempt_id).items():
        ben.post(f"/attempts/{attempt_id}/{position}/save", data=form)
    ben.post(f"/attempts/{attempt_id}/finish")
    assert result(attempt_id).fraction == pytest.approx(1)


def test_each_further_try_gets_a_hint_and_costs_the_penalty(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.SEVERAL_TRIES], "answer")
    right, wrong = right_forms(attempt_id), wrong_forms(attempt_id)
    assert HINTS[0] not in page(ben, attempt_id, 2)
    check(ben, attempt_id, 2, wrong[2], 1)
    text = page(ben, attempt_id, 2)
    assert HINTS[0] in text
    assert HINTS[1] not in text
    assert "You have 2 tries left" in text
    check(ben, attempt_id, 2, {"answer": "998"}, 2)
    assert HINTS[1] in page(ben, attempt_id, 2)
    check(ben, attempt_id, 2, right[2], 3)
    assert "50 % of the mark, after 3 tries" in page(ben, attempt_id, 2)
    check(ben, attempt_id, 1, right[1], 1)
    ben.post(f"/attempts/{attempt_id}/finish")
    assert result(attempt_id).fraction == pytest.approx(0.75)
    assert [one.number for one in tries_of(attempt_id)[2]] == [1, 2, 3]


def test_a_check_that_comes_twice_is_one_try_and_a_tried_answer_costs_none(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.SEVERAL_TRIES], "answer")
    wrong = wrong_forms(attempt_id)[2]
    for _ in range(3):
        check(ben, attempt_id, 2, wrong, 1)
    assert count_of(QuestionTry) == 1
    check(ben, attempt_id, 2, wrong, 2)
    assert count_of(QuestionTry) == 1
    assert "You have tried this answer" in page(ben, attempt_id, 2)
    check(ben, attempt_id, 2, {"answer": ""}, 2)
    assert count_of(QuestionTry) == 1


def test_a_talk_is_checked_at_its_end(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.IMMEDIATE])
    position = question_at(attempt_id, "scenario")
    path = right_forms(attempt_id)[position]["path"]
    check(ben, attempt_id, position, {"answer": path[0]})
    text = page(ben, attempt_id, position)
    assert "The talk is not at its end yet." in text
    assert "Answer, and see what comes back" in text
    check(ben, attempt_id, position, {"path": path})
    assert "He stays." in page(ben, attempt_id, position)


def test_marks_go_by_certainty(cast, sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.CERTAINTY], "answer")
    right = right_forms(attempt_id)
    ben.post(f"/attempts/{attempt_id}/1/save", data={**right[1], "certainty": "3"})
    ben.post(f"/attempts/{attempt_id}/2/save", data={**right[2], "certainty": "2"})
    assert 'value="2" checked' in page(ben, attempt_id, 2)
    ben.post(f"/attempts/{attempt_id}/finish")
    assert result(attempt_id).fraction == pytest.approx((3 + 2) / 6)
    assert [one.marked.certainty for one in asked_questions(attempt_id)] == [Certainty.SURE, Certainty.FAIRLY_SURE]
    assert "Sure" in ben.get(f"/attempts/{attempt_id}").text


def test_who_is_sure_and_wrong_falls_to_nothing_and_no_further(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.CERTAINTY], "answer")
    ben.post(f"/attempts/{attempt_id}/1/save", data={**right_forms(attempt_id)[1], "certainty": "3"})
    ben.post(f"/attempts/{attempt_id}/2/save", data={**wrong_forms(attempt_id)[2], "certainty": "3"})
    ben.post(f"/attempts/{attempt_id}/finish")
    assert result(attempt_id).fraction == pytest.approx(0)
    assert ben.get(f"/attempts/{attempt_id}").status_code == 200


def test_practice_asks_again_what_was_missed_and_counts_what_is_known_in_the_end(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.ADAPTIVE])
    right, wrong = right_forms(attempt_id), wrong_forms(attempt_id)
    seen = []
    while (place := ben.get(f"/attempts/{attempt_id}/next").location) and "check" not in place:
        position = int(place.partition("?")[0].rpartition("/")[2])
        number = seen.count(position) + 1
        text = ben.get(place).text
        assert "Check this answer" in text or "see what comes back" in text
        missed = number == 1 and position in (1, 4)
        check(ben, attempt_id, position, (wrong if missed else right)[position], number)
        explained = page(ben, attempt_id, position)
        assert "Next question" in explained
        seen.append(position)
    assert len(seen) == 14
    assert [one for one in seen if seen.count(one) == 2].count(1) == 2
    assert seen.index(1) + 3 == len(seen) - 1 - seen[::-1].index(1)
    ben.post(f"/attempts/{attempt_id}/finish")
    assert result(attempt_id).fraction == pytest.approx(1)


def test_in_practice_no_other_question_can_be_asked_than_the_one_that_comes(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.ADAPTIVE])
    assert ben.get(f"/attempts/{attempt_id}/5").location.endswith(f"/attempts/{attempt_id}/next")


def test_an_answer_after_the_explanation_counts_for_nothing_in_practice(sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.ADAPTIVE], "answer")
    check(ben, attempt_id, 1, wrong_forms(attempt_id)[1])
    ben.post(f"/attempts/{attempt_id}/1/save", data=right_forms(attempt_id)[1])
    ben.post(f"/attempts/{attempt_id}/finish")
    assert result(attempt_id).fraction == pytest.approx(0)


@pytest.mark.parametrize("behaviour", [Behaviour.IMMEDIATE, Behaviour.SEVERAL_TRIES, Behaviour.ADAPTIVE])
def test_checking_and_finishing_keep_their_budgets(sit, statements, behaviour):
    attempt_id, ben = sit(QUIZZES[behaviour])
    right = right_forms(attempt_id)
    with statements() as sent:
        assert ben.post(f"/attempts/{attempt_id}/1/save", data=right[1]).status_code == 200
    assert len(sent) <= 6, str(sent)
    with statements() as sent:
        check(ben, attempt_id, 1, right[1])
    assert len(sent) <= 12, str(sent)
    with statements() as sent:
        ben.get(f"/attempts/{attempt_id}/1")
    assert len(sent) <= 12, str(sent)
    for position, form in right.items():
        ben.post(f"/attempts/{attempt_id}/{position}/save", data=form)
    with statements() as sent:
        ben.post(f"/attempts/{attempt_id}/finish")
    assert len(sent) <= 12, str(sent)


def pooled(*pools):
    course = small_course()
    module = course.modules[0]
    questions = tuple(replace(one, pool=pools[place % len(pools)]) for place, one in enumerate(module.questions))
    module = replace(module, questions=questions, quiz={"draw": {"a": 2, "b": 1}})
    return replace(course, modules=(module, *course.modules[1:]))


def test_each_attempt_draws_from_the_pools_and_the_draw_is_recorded(cast):
    school = make_school(cast, pooled("a", "b", ""))
    drawn = set()
    for _ in range(8):
        attempt = begin(school.enrolment(cast.ben), school.modules["listen"])
        pools = [one.version.pool for one in asked_questions(attempt.id)]
        assert (pools.count("a"), pools.count("b"), pools.count("")) == (2, 1, 4)
        kept = db.session.scalars(
            select(AttemptQuestion.version_id).where(AttemptQuestion.attempt_id == attempt.id)
        ).all()
        drawn.add(tuple(kept))
        operations.finish(attempt, school.enrolment(cast.ben), NOW)
    assert len(drawn) > 1


def test_no_more_attempts_than_the_quiz_allows(cast, client_of):
    school = make_school(cast, course_that({"attempts": 2}))
    for _ in range(2):
        take(school.enrolment(cast.ben), school.modules["answer"], right=0)
    with pytest.raises(NoAttemptLeftError, match="Your trainer can allow you another"):
        begin(school.enrolment(cast.ben), school.modules["answer"])


@pytest.mark.parametrize(
    ("counts", "passed"),
    [
        ("best", [False, True, True]),
        ("last", [False, True, False]),
        ("first", [False] * 3),
        ("mean", [False, True, False]),
    ],
)
def test_which_attempt_counts_decides_about_passing(cast, counts, passed):
    school = make_school(cast, course_that({"counts": counts}))
    taken = [take(school.enrolment(cast.ben), school.modules["answer"], right=right) for right in (0, 2, 0)]
    assert [one.passed for one in taken] == [False, *passed[1:2], one_of(counts, passed)]


def one_of(counts, passed):
    """By the best and by the last, each attempt says for itself; who has once passed stays passed."""
    return False if counts in ("best", "last", "first") else passed[2]


def test_an_answer_within_the_minute_of_grace_is_taken_and_a_later_one_is_not(cast):
    school = make_school(cast, course_that({"minutes": 10}))
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    assert attempt.ends_at == NOW + timedelta(minutes=10)
    operations.save(attempt, 2, SentAnswer({"written": "37.5"}), NOW + timedelta(minutes=11))
    with pytest.raises(operations.AttemptOverError, match="Time is up"):
        operations.save(attempt, 2, SentAnswer({"written": "1"}), NOW + timedelta(minutes=11, seconds=1))
    assert count_of(Response) == 1


def test_when_time_is_up_the_page_leads_to_the_end(cast, client_of):
    school = make_school(cast, course_that({"minutes": 10}))
    attempt_id = begin(school.enrolment(cast.ben), school.modules["answer"]).id
    db.session.commit()
    ben = client_of(cast.ben)
    assert ben.get(f"/attempts/{attempt_id}/1").location.endswith(f"/attempts/{attempt_id}/check")
    assert "Time is up: what you answered is kept." in ben.get(f"/attempts/{attempt_id}/check").text
    assert ben.post(f"/attempts/{attempt_id}/1", data={"go": "next"}).location.endswith("/check")


def test_answers_are_kept_in_every_behaviour(cast, sit):
    attempt_id, ben = sit(QUIZZES[Behaviour.SEVERAL_TRIES])
    answer_all(db.session.get_one(Attempt, attempt_id))
    db.session.commit()
    assert "Saved " in page(ben, attempt_id, 1)
