"""Discussions as a browser meets them: who reads, who writes, who moderates, without script too."""

from datetime import timedelta

import pytest

from db import db, utcnow
from tests.support.discussions import answer_of, question_of
from training.discussions.models import Contribution, Mention, Report


@pytest.fixture
def question(cast, school):
    return question_of(school, cast.ben, at=utcnow())


def lesson_id(school):
    return next(iter(school.lessons.values()))


def contributions():
    return db.session.query(Contribution).order_by(Contribution.id).all()


def test_a_learner_asks_and_names_somebody_of_the_course(cast, client_of, school):
    ben, address = client_of(cast.ben), f"/discussions/lessons/{lesson_id(school)}"
    page = ben.get(address).text
    assert "Who can read this, with your name:" in page
    assert "3 learners" in page
    found = ben.post(address, data={"text": "What if?", "find": "winder", "go": "find"})
    assert found.status_code == 200
    assert "What if?" in found.text
    assert f'name="mention" value="{cast.carla.id}"' in found.text
    assert contributions() == []
    sent = ben.post(address, data={"text": "What if?", "mention": [cast.carla.id, cast.rafa.id, 10**12], "go": "say"})
    row = contributions()[0]
    assert sent.location == f"/discussions/{row.id}"
    assert [one.employee_id for one in db.session.query(Mention)] == [cast.carla.id]
    assert cast.carla.name in ben.get(sent.location).text


@pytest.mark.parametrize(("text", "words"), [("", "Write something first"), ("x" * 4001, "at most 4,000")])
def test_what_cannot_be_said_is_refused_with_the_cure(cast, client_of, school, text, words):
    answer = client_of(cast.ben).post(f"/discussions/lessons/{lesson_id(school)}", data={"text": text})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert contributions() == []


def test_those_who_learn_or_teach_in_the_course_read_and_nobody_else(cast, client_of, school, question):
    for person in (cast.ben, cast.carla, cast.amara, cast.petra):
        assert client_of(person).get(f"/discussions/{question.id}").status_code == 200
    for person in (cast.dev, cast.rafa):
        assert client_of(person).get(f"/discussions/{question.id}").status_code == 404


def test_a_trainer_answers_as_one_and_first(cast, client_of, school, question):
    answer_of(school, cast.carla, question, "Smile.")
    client_of(cast.amara).post(f"/discussions/{question.id}", data={"text": "Listen first."})
    page = client_of(cast.ben).get(f"/discussions/{question.id}").text
    assert page.index("Listen first.") < page.index("Smile.")
    assert "Trainers' answers stand first." in page.replace("&#39;", "'")


def test_one_changes_ones_own_words_and_no_others(cast, client_of, school, question):
    ben, carla = client_of(cast.ben), client_of(cast.carla)
    address = f"/discussions/contributions/{question.id}"
    assert "What if she is angry?" in ben.get(f"{address}/edit").text
    assert ben.post(f"{address}/edit", data={"text": ""}).status_code == 422
    assert (
        ben.post(f"{address}/edit", data={"text": "And if he is?"}).location
        == f"/discussions/{question.id}#c{question.id}"
    )
    page = carla.get(f"/discussions/{question.id}").text
    assert "And if he is?" in page
    assert "What it said before" in page
    assert carla.get(f"{address}/edit").status_code == 404
    assert carla.post(f"{address}/delete").status_code == 404
    ben.post(f"{address}/delete")
    assert "Taken away by its author" in carla.get(f"/discussions/{question.id}").text


def test_after_an_hour_the_page_says_that_it_stays(cast, client_of, school, question):
    question.at = utcnow() - timedelta(hours=2)
    ben = client_of(cast.ben)
    assert "This stays as it is now" in ben.get(f"/discussions/contributions/{question.id}/edit").text
    ben.post(f"/discussions/contributions/{question.id}/edit", data={"text": "Other"})
    assert contributions()[0].text == "What if she is angry?"


def test_a_report_reaches_the_moderators_who_hide_and_show_again(cast, client_of, school, question):
    carla, amara = client_of(cast.carla), client_of(cast.amara)
    carla.post(f"/discussions/{question.id}/report", data={"reason": "no"})
    assert db.session.query(Report).count() == 0
    carla.post(f"/discussions/{question.id}/report", data={"reason": "Names a customer"})
    page = amara.get("/discussions").text
    assert "Names a customer" in page
    assert cast.carla.name not in page
    amara.post(f"/discussions/{question.id}/hide", data={"contribution": question.id, "reason": "It names a customer."})
    hidden = carla.get(f"/discussions/{question.id}").text
    assert "It names a customer." in hidden
    assert "What if she is angry?" not in hidden
    assert "What if she is angry?" in amara.get(f"/discussions/{question.id}").text
    assert carla.post(f"/discussions/{question.id}/show").status_code == 403
    amara.post(f"/discussions/{question.id}/show", data={"contribution": question.id})
    assert "What if she is angry?" in carla.get(f"/discussions/{question.id}").text


def test_an_answer_of_another_thread_is_not_moderated_through_this_one(cast, client_of, school, question):
    other = question_of(school, cast.carla)
    data = {"contribution": other.id, "reason": "Not here."}
    assert client_of(cast.amara).post(f"/discussions/{question.id}/hide", data=data).status_code == 404


def test_a_question_waits_on_the_trainers_page_until_somebody_answers(cast, client_of, school, question):
    amara = client_of(cast.amara)
    assert "one question waits for an answer" in amara.get("/discussions").text
    answer_of(school, cast.carla, question)
    assert "no questions wait for an answer" in amara.get("/discussions").text


def test_long_discussions_come_in_pages_within_their_statements(cast, client_of, school, question, statements):
    for place in range(30):
        question_of(school, cast.carla, f"Question {place}")
        answer_of(school, cast.carla, question, f"Answer {place}")
    ben, amara = client_of(cast.ben), client_of(cast.amara)
    lesson_page = f"/course/{school.slug}/listen/{next(iter(school.lessons))}"
    for client, address in (
        (ben, f"/discussions/{question.id}"),
        (ben, f"/discussions/{question.id}?page=2"),
        (ben, f"/discussions/lessons/{lesson_id(school)}?page=2"),
        (ben, lesson_page),
        (amara, "/discussions"),
    ):
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, f"{address}: {sent}"
    assert "Answer 29" in ben.get(f"/discussions/{question.id}?page=2").text
    assert "31 questions about this lesson" in ben.get(lesson_page).text


def test_a_discussion_in_the_browser_without_script(cast, school, open_page, sign_in, check_page, shot):
    question = question_of(school, cast.carla, "She writes in **capitals**. What then?")
    answer_of(school, cast.amara, question, "Listen first; answer the *need*.", moderates=True)
    db.session.commit()
    page = open_page(script=False)
    sign_in(page, cast.ben)
    page.goto(f"/course/{school.slug}/listen/{next(iter(school.lessons))}")
    page.get_by_role("link", name="Read all, or ask").click()
    page.get_by_label("Your question").fill("And by telephone?")
    page.get_by_role("button", name="Ask").last.click()
    page.get_by_role("heading", name="nobody has answered yet").wait_for()
    seen = open_page()
    sign_in(seen, cast.ben)
    for name, address in (
        ("thread", f"/discussions/{question.id}"),
        ("lesson", f"/discussions/lessons/{question.lesson_id}"),
    ):
        seen.goto(address)
        check_page(seen)
        shot(seen, f"discussion-{name}")
