"""The owner's pages about people, walked in a real browser as an owner walks them."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from db import db, utcnow
from people.auditing import audit
from people.directory import operations as directory_operations
from people.directory.rows import DirectoryRow
from people.models import Employee, RoleGrant
from people.settings import company_settings
from tests.support.browsing import check_page
from tests.support.cast import NOW


@pytest.fixture
def owner(page, cast, sign_in):
    """The owner's browser, in a company of some size."""
    rows = [
        DirectoryRow(
            number, f"E{number}", f"Person {number:03}", "", f"Larkspur / Shops / Shop {number % 9}", "p-101", "Lyon"
        )
        for number in range(120)
    ]
    directory_operations.import_directory(rows, actor_id=cast.petra.id, at=utcnow())
    db.session.commit()
    return sign_in(page, cast.petra)


ADDRESSES = (
    "/people?q=nobody-is-called-this",
    "/people?q=person&page=2",
    "/people/new",
    "/people/{dev}",
    "/people/{lena}",
    "/people/{petra}",
    "/people/{dev}/edit",
    "/teams",
    "/teams/{care}",
    "/settings",
    "/audit?check=1",
    "/notice",
)


def test_every_page_holds_the_house_rules(owner, cast):
    company_settings.change_settings(
        {"contact_email": "ask@larkspur.example", "notice": "One.\n\nTwo."}, actor_id=cast.petra.id, at=NOW
    )
    db.session.commit()
    for address in ADDRESSES:
        owner.goto(
            address.format(
                dev=cast.dev.id, lena=cast.lena.id, petra=cast.petra.id, care=cast.care, care_porto=cast.care_porto
            )
        )
        check_page(owner)


def test_a_broken_chain_holds_the_house_rules_too(owner, cast):
    audit.append(audit.Verb.NOMINATED, actor_id=None, subject_id=cast.ben.id, at=NOW).row_hash = "0" * 64
    db.session.commit()
    owner.goto("/audit?check=1")
    expect(owner.get_by_role("status")).to_contain_text("does not fit")
    check_page(owner)


def test_an_owner_alone_sees_what_to_do(cli, page, sign_in):
    cli.invoke(args=["people", "create-owner", "Petra", "petra@larkspur.example"])
    sign_in(page, db.session.scalars(select(Employee)).one())
    for address in ("/people", "/teams", "/audit"):
        page.goto(address)
        check_page(page)


def test_an_owner_finds_somebody_moves_them_and_grants_a_role_without_script(open_page, cast, sign_in):
    page = sign_in(open_page(script=False), cast.petra)
    page.goto("/people")
    page.get_by_label("Name, e-mail address or id").fill("harrow")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person fits, of 11.")
    page.get_by_role("link", name="Ben Harrowgate").click()
    page.get_by_role("link", name="Change Ben Harrowgate").click()
    page.get_by_label("Team", exact=True).fill("Care Leeds")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Did you mean Larkspur / Care / Care Leeds?")
    page.get_by_label("Team", exact=True).fill("Larkspur / Care / Care Leeds")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("works in Care Leeds")
    page.get_by_text("Grant a role").click()
    page.get_by_label("Role", exact=True).select_option("Reviewer")
    page.get_by_role("button", name="Grant this role").click()
    expect(page.get_by_role("status")).to_have_text("Ben Harrowgate is reviewer from now on.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("holds one role")


def test_a_form_with_faults_holds_the_house_rules(owner, cast):
    owner.goto("/people/new")
    owner.get_by_label("E-mail address").fill("nobody")
    owner.get_by_role("button", name="Add this person").click()
    expect(owner.get_by_role("alert")).to_contain_text("Some things need your attention")
    check_page(owner)
    owner.goto(f"/people/{cast.ben.id}")
    owner.get_by_text("Grant a role").click()
    owner.get_by_role("button", name="Grant this role").click()
    expect(owner.get_by_role("alert")).to_contain_text("Choose a role.")
    check_page(owner)
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.employee_id == cast.ben.id)).all() == []


def test_an_owner_deactivates_somebody_and_takes_it_back(owner, cast):
    owner.goto(f"/people/{cast.ben.id}")
    owner.get_by_role("button", name="Deactivate").click()
    expect(owner.get_by_role("status")).to_contain_text("is signed out everywhere")
    check_page(owner)
    owner.get_by_role("button", name="Reactivate this account").click()
    expect(owner.get_by_role("status")).to_have_text("Ben Harrowgate can sign in again.")
    owner.get_by_role("button", name="Send a link to choose a password").click()
    expect(owner.get_by_role("status")).to_contain_text("A link is on its way to ben@larkspur.example.")


def test_the_keyboard_alone_reaches_a_grant(owner, cast):
    owner.goto(f"/people/{cast.ben.id}")
    owner.get_by_text("Grant a role").focus()
    owner.keyboard.press("Enter")
    owner.keyboard.press("Tab")
    expect(owner.get_by_label("Role", exact=True)).to_be_focused()
    owner.keyboard.press("R")
    for _ in range(3):
        owner.keyboard.press("Tab")
    owner.get_by_role("button", name="Grant this role").focus()
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("status")).to_have_text("Ben Harrowgate is reviewer from now on.")
