"""A trainer who has never seen the product writes a module with a quiz; a learner learns by it."""

from sqlalchemy import select

from db import db
from tests.support.cast import NOW
from tests.support.written import draft_by
from training.learning.enrolment_operations import enrol
from training.models import Course

DONE = "button[name=do][value=done]"


def add(page, what, title):
    page.get_by_placeholder(f"Title of a new {what}").first.fill(title)
    page.get_by_role("button", name=f"Add {what}").first.click()


def save(page):
    page.click(DONE)
    page.wait_for_url("**/write/*#*")


def test_from_a_new_course_to_a_learner_who_reads_it(cast, page, sign_in, check_page, open_page):
    sign_in(page, cast.amara)
    page.goto("/write")
    check_page(page)
    page.fill("#title", "Answering complaints in public")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/write/*")
    here = page.url
    add(page, "module", "Listen before you answer")
    page.fill("#aim", "say back what a customer means")
    save(page)
    add(page, "lesson", "Read it twice")
    page.fill("#text", "## First the feeling\n\nA complaint has **two halves**.")
    page.locator("#shown strong", has_text="two halves").wait_for()
    page.locator("#saved", has_text="Saved").wait_for()
    check_page(page)
    save(page)
    page.get_by_role("link", name="Add question").click()
    page.click("button[value=single_choice]")
    page.fill("#prompt", "What do you say first?")
    page.fill("#choices-0-text", "That you see what it took")
    page.check("#choices-0-right")
    page.fill("#choices-1-text", "The opening hours")
    page.get_by_role("button", name="More rows").first.click()
    page.wait_for_selector("#choices-4-text")
    check_page(page)
    save(page)
    page.get_by_role("link", name="Add question").click()
    page.click("button[value=true_false]")
    page.fill("#prompt", "A phrase is an answer.")
    page.select_option("#right", "false")
    save(page)
    page.get_by_role("link", name="Publish").click()
    page.get_by_role("link", name="The course").click()
    page.fill("#summary", "How to answer where all can read it.")
    save(page)
    check_page(page)
    page.goto(f"{here}/look")
    check_page(page)
    page.goto(f"{here}/publish")
    check_page(page)
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("is published").wait_for()
    course_id = db.session.scalars(select(Course.id)).one()
    enrol([cast.ben.id], course_id=course_id, due_on=None, at=NOW)
    db.session.commit()
    learner = sign_in(open_page(), cast.ben)
    learner.goto("/course/answering-complaints-in-public/listen-before-you-answer/read-it-twice")
    assert learner.inner_text("article strong >> text=two halves") == "two halves"
    assert "Quiz: 2 questions" in learner.inner_text("nav.rail")


def test_without_script_a_question_is_written_saved_and_shown(cast, open_page, sign_in):
    draft = draft_by(cast.amara)
    page = sign_in(open_page(script=False), cast.amara)
    page.goto(f"/write/{draft.id}/modules/answer/questions/single-choice")
    page.fill("#prompt", "Who is it **really** for?")
    page.get_by_role("button", name="Save and preview").click()
    page.wait_for_url("**#preview")
    assert page.inner_text("#shown strong") == "really"
