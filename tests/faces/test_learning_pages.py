"""A learner walks from the door through a lesson and a quiz to the review: with script, without, by keyboard alone."""

import re

import pytest
from sqlalchemy import select

from db import db, utcnow
from people.models import Employee
from people.sign_in import passwords
from tests.support.answering import answer_by_hand
from tests.support.busy_school import busy_school
from tests.support.learning import begin, make_school, question_at, right_forms, take
from training.attempts.queries import counting_responses
from training.enrolment_models import Attempt, Response

PASSWORD = "a long walk through the portal"


@pytest.fixture
def school(cast):
    school = make_school(cast, at=utcnow())
    db.session.get_one(Employee, cast.ben.id).password_hash = passwords.hash_password(PASSWORD)
    db.session.commit()
    return school


@pytest.fixture
def quiz(cast, school):
    """Ben's attempt at the quiz that asks every kind: its number, and the right answers as fields."""
    attempt = begin(school.enrolment(cast.ben), school.modules["listen"], utcnow())
    forms = right_forms(attempt.id)
    db.session.commit()
    return attempt.id, forms


def enter(page, email):
    page.goto("/portal")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/portal")


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def walk_through_the_lessons(page, look):
    enter(page, "ben@larkspur.example")
    assert heading(page).startswith("Ben, your course is ready: two modules are to come")
    look()
    page.get_by_role("link", name="Begin").click()
    assert heading(page) == "How to hear"
    look()
    page.get_by_role("button", name="Next: How to ask").click()
    page.wait_for_url("**/ask")
    page.get_by_role("button", name="Done: to the quiz").click()
    page.wait_for_url("**/course/small-talk#module-1")
    look()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/attempts/*/1")


def walk_to_the_review(page, look):
    assert heading(page) == "All twelve questions are answered."
    look()
    page.get_by_role("button", name="Finish the quiz").click()
    page.wait_for_url(re.compile(r"/attempts/\d+$"))
    assert heading(page) == "Passed: 100 % of the marks, and 50 % passes."
    look()
    page.get_by_role("link", name="Go on").click()
    assert heading(page) == "Small talk: one of two modules is done."
    look()


def forms_of_the_open_attempt():
    attempt_id = db.session.scalars(select(Attempt.id)).one()
    forms = right_forms(attempt_id)
    db.session.commit()
    return forms


def test_from_the_door_to_the_review_with_script(school, page, check_page):
    def look():
        check_page(page)

    walk_through_the_lessons(page, look)
    for position, form in forms_of_the_open_attempt().items():
        page.wait_for_url(f"**/attempts/*/{position}")
        answer_by_hand(page, form)
        page.get_by_role("status").get_by_text("Saved ").wait_for()
        look()
        page.get_by_role("button", name=re.compile("Next question|Check my answers")).click()
    page.wait_for_url("**/check")
    walk_to_the_review(page, look)


def test_from_the_door_to_the_review_without_script(school, open_page):
    page = open_page(script=False)
    walk_through_the_lessons(page, lambda: None)
    for form in forms_of_the_open_attempt().values():
        answer_by_hand(page, form)
        page.get_by_role("button", name=re.compile("Next question|Check my answers")).click()
    walk_to_the_review(page, lambda: None)


def test_letters_choose_and_enter_goes_on(cast, quiz, page, sign_in):
    attempt_id, _ = quiz
    position = question_at(attempt_id, "single_choice")
    db.session.commit()
    sign_in(page, cast.ben).goto(f"/attempts/{attempt_id}/{position}")
    page.keyboard.press("b")
    page.get_by_role("status").get_by_text("Saved ").wait_for()
    chosen = page.locator("input[name=answer]").nth(1)
    assert chosen.is_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/attempts/{attempt_id}/{position + 1}")


@pytest.fixture
def numeric(cast, quiz, page, sign_in):
    """The page of the question for a number, its place, and the attempt."""
    attempt_id, _ = quiz
    position = question_at(attempt_id, "numeric")
    db.session.commit()
    sign_in(page, cast.ben).goto(f"/attempts/{attempt_id}/{position}")
    page.on("dialog", lambda dialog: dialog.accept())
    return page, position, attempt_id


def kept(attempt_id, position):
    """What the database has; ends the transaction, so that the server is not kept waiting."""
    response = counting_responses(attempt_id).get(position)
    db.session.commit()
    return response.answer if response else None


def status(page):
    return page.locator("#saved")


def test_without_a_connection_the_answer_waits_says_so_and_is_saved_later(numeric):
    page, position, attempt_id = numeric
    page.context.set_offline(True)
    page.locator("input[name=answer]").fill("37.5")
    status(page).get_by_text("Not saved yet: no connection. Your answer waits here").wait_for()
    assert kept(attempt_id, position) is None
    page.context.set_offline(False)
    status(page).get_by_text("Saved ").wait_for()
    assert kept(attempt_id, position) == {"written": "37.5"}


def test_going_on_without_a_connection_waits_on_the_page_and_then_goes_on(numeric):
    page, position, attempt_id = numeric
    page.context.set_offline(True)
    page.locator("input[name=answer]").fill("37.5")
    page.keyboard.press("Enter")
    status(page).get_by_text("This page goes on once it is saved.").wait_for()
    assert page.url.endswith(f"/{position}")
    page.context.set_offline(False)
    page.wait_for_url(f"**/attempts/{attempt_id}/{position + 1}")
    assert kept(attempt_id, position) == {"written": "37.5"}


def test_an_answer_that_could_not_be_sent_comes_back_with_the_page(numeric):
    page, position, attempt_id = numeric
    page.context.set_offline(True)
    page.locator("input[name=answer]").fill("37.5")
    status(page).get_by_text("Not saved yet").wait_for()
    later = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    later.goto(f"/attempts/{attempt_id}/{position}")
    status(later).get_by_text("Saved ").wait_for()
    assert later.locator("input[name=answer]").input_value() == "37.5"
    assert kept(attempt_id, position) == {"written": "37.5"}


def test_who_is_signed_out_is_told_so_and_loses_nothing(numeric, cast, sign_in):
    page, position, attempt_id = numeric
    page.context.clear_cookies()
    page.locator("input[name=answer]").fill("37.5")
    status(page).get_by_text("you are signed out").wait_for()
    sign_in(page, cast.ben)
    page.reload()
    status(page).get_by_text("Saved ").wait_for()
    assert kept(attempt_id, position) == {"written": "37.5"}


def test_on_two_devices_the_later_answer_counts_and_an_old_copy_does_not_come_back(numeric):
    page, position, attempt_id = numeric
    page.context.set_offline(True)
    page.locator("input[name=answer]").fill("1")
    status(page).get_by_text("Not saved yet").wait_for()
    db.session.add(Response(attempt_id=attempt_id, position=position, sequence=1, answer={"written": "2"}, at=utcnow()))
    db.session.commit()
    later = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    later.goto(f"/attempts/{attempt_id}/{position}")
    assert later.locator("input[name=answer]").input_value() == "2"
    assert kept(attempt_id, position) == {"written": "2"}


def test_a_quiz_finished_elsewhere_takes_no_answer_and_says_so(numeric, cast, school):
    page, _, _ = numeric
    take(school.enrolment(cast.ben), school.modules["listen"], at=utcnow())
    db.session.commit()
    page.locator("input[name=answer]").fill("1")
    status(page).get_by_text("This attempt is finished: its answers stay as they are.").wait_for()


def test_every_page_about_learning_holds_the_rules_in_the_middle_of_work(cast, open_page, sign_in, check_page):
    school = busy_school(cast, utcnow())
    attempts = select(Attempt.id).where(Attempt.enrolment_id == school.enrolments[cast.ben.id])
    under_way = db.session.scalars(attempts.where(Attempt.finished_at.is_(None))).one()
    finished = db.session.scalars(attempts.where(Attempt.finished_at.is_not(None)).order_by(Attempt.id.desc())).first()
    db.session.commit()
    course = "talking-with-customers"
    for who, addresses in {
        cast.ben: ("/portal", "/course", f"/course/{course}/one-voice/own-words-same-promise", f"/attempts/{finished}"),
        cast.amara: ("/learners", f"/learners/{cast.ben.id}", f"/attempts/{finished}", f"/attempts/{under_way}"),
        cast.petra: ("/courses", f"/courses/{course}", f"/courses/{course}/questions/1"),
        cast.mina: ("/portal", "/course"),
        cast.otto: ("/learners",),
    }.items():  # fmt: skip
        page = sign_in(open_page(), who)
        for address in addresses:
            page.goto(address)
            check_page(page)
