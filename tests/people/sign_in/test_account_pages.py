"""The pages around signing in, as a visitor sees them in the browser."""

import pytest


@pytest.mark.parametrize("address", ["/sign-in", "/password/forgotten", "/password/no-such-link", "/nothing-here"])
def test_the_pages_before_signing_in_are_sound(page, check_page, address):
    page.goto(address)
    check_page(page)


def test_the_account_page_is_sound(page, cast, sign_in, check_page):
    sign_in(page, cast.ben).goto("/account")
    assert "Ben Harrowgate" in page.locator("#nav").text_content()
    check_page(page)
