"""Two minutes of practice, as a learner takes them; and the curve, as an owner reads it."""

import pytest
from playwright.sync_api import expect

from db import db
from tests.support.practising import card_of

pytestmark = pytest.mark.browser


def test_a_learner_practises_by_keyboard_alone(page, cast, school, sign_in, check_page) -> None:
    card_of(cast.ben, "true_false")
    db.session.commit()
    sign_in(page, cast.ben)
    page.goto("/practice")
    check_page(page)
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    check_page(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("It comes back on")
    check_page(page)
    page.get_by_role("link", name="Done for today").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Done for today")


def test_an_owner_reads_what_is_still_known(page, cast, school, sign_in, check_page) -> None:
    sign_in(page, cast.petra)
    page.goto(f"/courses/{school.slug}/retention")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Too few have practised")
    check_page(page)
