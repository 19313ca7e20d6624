"""Every kind of question in one attempt in a real browser: by keyboard alone, and without script."""

import re

import pytest

from db import db, utcnow
from tests.support.answering import answer_by_hand, answer_by_keyboard, tab_to, walk_a_talk_by_keyboard
from tests.support.every_kind import WRITTEN, every_kind, right_fields
from tests.support.learning import begin, make_school, question_at
from training.attempts.queries import counting_responses
from training.rules.kinds.catalogue import KINDS

FILE = {"name": "reply.txt", "mimeType": "text/plain", "buffer": b"Dear Maria, by Friday I will know."}


@pytest.fixture
def sit(cast):
    """Begin the quiz that asks every kind; gives the attempt's number and the right answers as fields."""

    def sit(quiz=None):
        school = make_school(cast, every_kind(quiz), utcnow())
        attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"], utcnow()).id
        fields = right_fields(attempt_id)
        assert {kind for kind, _ in fields.values()} == set(KINDS)
        db.session.commit()
        return attempt_id, fields

    return sit


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def kept(attempt_id):
    answers = {place: one.answer for place, one in counting_responses(attempt_id).items()}
    db.session.commit()
    return answers


def test_every_kind_is_answered_by_keyboard_alone(cast, sit, page, sign_in, check_page):
    attempt_id, fields = sit()
    sign_in(page, cast.ben).goto(f"/attempts/{attempt_id}/1")
    for position, (kind, form) in fields.items():
        page.wait_for_url(f"**/attempts/{attempt_id}/{position}")
        if kind == "file_upload":
            tab_to(page, "[name=upload]")
            with page.expect_file_chooser() as chooser:
                page.keyboard.press("Space")
            chooser.value.set_files(FILE)
            page.get_by_label("Keep reply.txt").wait_for()
        walk_a_talk_by_keyboard(page, form.get("path", []))
        answer_by_keyboard(page, {name: values for name, values in form.items() if name != "path"})
        if kind == "hot_spot":
            page.get_by_role("status").get_by_text("Saved ").wait_for()
            check_page(page)
        tab_to(page, "button[value=next]:not([tabindex])")
        page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    assert heading(page) == "All 15 questions are answered."
    tab_to(page, ".commit button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/attempts/\d+$"))
    assert heading(page).startswith("Not final yet: two answers wait for your trainer.")
    assert len(kept(attempt_id)) == len(KINDS)


def test_every_kind_is_answered_without_script(cast, sit, open_page, sign_in):
    attempt_id, fields = sit()
    page = sign_in(open_page(script=False), cast.ben)
    page.goto(f"/attempts/{attempt_id}/1")
    for position, (kind, form) in fields.items():
        page.wait_for_url(f"**/attempts/{attempt_id}/{position}")
        if kind == "file_upload":
            page.locator("[name=upload]").set_input_files(FILE)
            page.get_by_role("button", name="Send the file").click()
        answer_by_hand(page, form)
        page.get_by_role("button", name=re.compile("Next question|Check my answers")).click()
    page.wait_for_url("**/check")
    assert heading(page) == "All 15 questions are answered."
    assert {"written": WRITTEN} in kept(attempt_id).values()


def test_a_click_in_the_picture_chooses_from_the_list(cast, sit, page, sign_in, check_page):
    attempt_id, _ = sit()
    position = question_at(attempt_id, "hot_spot")
    db.session.commit()
    sign_in(page, cast.ben).goto(f"/attempts/{attempt_id}/{position}")
    page.locator("[data-area]:has(polygon) text").click()
    page.get_by_role("status").get_by_text("Saved ").wait_for()
    assert page.get_by_label("The box for questions").is_checked()
    check_page(page)


def test_an_attempt_goes_on_where_it_was_on_another_device(cast, sit, open_page, sign_in):
    attempt_id, _ = sit()
    position = question_at(attempt_id, "numeric")
    db.session.commit()
    first, second = sign_in(open_page(), cast.ben), sign_in(open_page(), cast.ben)
    first.goto(f"/attempts/{attempt_id}/{position}")
    first.locator("input[name=answer]").fill("37.5")
    first.get_by_role("status").get_by_text("Saved ").wait_for()
    second.goto(f"/attempts/{attempt_id}/{position}")
    assert second.locator("input[name=answer]").input_value() == "37.5"
    second.locator("input[name=answer]").fill("38")
    second.get_by_role("status").get_by_text("Saved ").wait_for()
    first.reload()
    assert first.locator("input[name=answer]").input_value() == "38"
    first.goto("/course")
    first.get_by_role("button", name=re.compile("Go on")).click()
    first.wait_for_url(f"**/attempts/{attempt_id}/1")
