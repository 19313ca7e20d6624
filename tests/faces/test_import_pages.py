"""Importing a file as the owner does it, in a real browser, with and without script; every page held to the rules."""

import pytest
from playwright.sync_api import expect

from activity.imports import uploads
from activity.models import ActivityEvent, Import
from db import db
from jobs.running import run_waiting
from tests.activity.conftest import as_csv
from tests.support.browsing import check_page


@pytest.fixture
def forum(cast, tmp_path):
    """An export with known people, strangers, bad dates, unknown verbs and counts of views."""
    for left in uploads.folder().iterdir():
        left.unlink()
    people = [cast.ben, cast.amara, cast.otto, cast.carla]
    rows = []
    for number in range(240):
        rows.append(
            {
                "post_id": f"f-{88121 + number}",
                "created": f"2026-02-{number % 27 + 1:02d}T08:14:{number % 60:02d}Z",
                "author_mail": "t.eberlake@larkspur.example" if number % 6 == 0 else people[number % 4].email,
                "type": "upvote" if number % 40 == 7 else ("answer" if number % 3 else "question"),
                "in_reply_to": f"f-{88097 + number // 2}" if number % 3 else "",
                "promoted": "no" if number % 5 else "",
                "views": str(341 + 17 * number),
            }
        )
    for number in (11, 50, 51):
        rows[number]["created"] = "2062-11-03T10:02:00Z"
    path = tmp_path / "forum-2026-11.csv"
    path.write_bytes(as_csv(rows))
    return path


def hand_in(page, path, source="Forum export"):
    page.goto("/imports/new")
    page.get_by_label("What is in the file").select_option("activity")
    page.get_by_label("The system it comes from").fill(source)
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Read its columns").click()


def run_its_job():
    job_id = db.session.scalars(db.select(Import.job_id).order_by(Import.id.desc())).first()
    db.session.commit()
    run_waiting(job_id)


def test_the_owner_imports_a_file_from_an_empty_list_to_its_report(page, cast, sign_in, forum, shot):
    sign_in(page, cast.petra)
    page.goto("/imports")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is imported yet.")
    check_page(page)
    shot(page, "imports-empty")
    page.get_by_role("link", name="Import the staff directory").click()
    check_page(page)
    shot(page, "import-new")
    hand_in(page, forum)
    expect(page.get_by_role("heading", level=1)).to_have_text("6 columns are read of 7. Is that right?")
    check_page(page)
    shot(page, "import-columns")
    page.get_by_label("Read the next file from “Forum export” the same way").check()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("forum-2026-11.csv is being checked.")
    check_page(page)
    shot(page, "import-running")
    run_its_job()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rows can be taken")
    check_page(page)
    shot(page, "import-checked")
    page.get_by_role("link", name="No employee has this e-mail address").click()
    expect(page.get_by_text("Only: No employee has this e-mail address")).to_be_visible()
    page.get_by_role("button", name="Import 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("forum-2026-11.csv is being imported.")
    run_its_job()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rows were taken")
    check_page(page)
    shot(page, "import-done")
    page.goto("/imports")
    check_page(page)
    shot(page, "imports")
    assert db.session.scalar(db.select(db.func.count()).select_from(ActivityEvent)) > 100


def test_what_is_wrong_stands_beside_its_field(page, cast, sign_in, forum, tmp_path, shot):
    sign_in(page, cast.petra)
    workbook = tmp_path / "forum.xlsx"
    workbook.write_bytes(b"PK\x03\x04[Content_Types].xml" + bytes(100))
    hand_in(page, workbook)
    expect(page.get_by_role("alert")).to_contain_text("The file is an Excel workbook.")
    check_page(page)
    hand_in(page, forum)
    page.get_by_label("Read type as").select_option("")
    page.get_by_label("Read views as").select_option("at")
    page.get_by_text("Fixed values and translations").click()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Another column is read as “When” already.")
    check_page(page)
    shot(page, "import-columns-wrong")


def test_everything_works_without_script(open_page, cast, sign_in, forum):
    page = sign_in(open_page(script=False), cast.petra)
    hand_in(page, forum)
    page.get_by_role("button", name="Import at once").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("forum-2026-11.csv is being imported.")
    assert page.locator("noscript meta[http-equiv=refresh]").count() == 1
    run_its_job()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rows were taken")
    with page.expect_download() as download:
        page.get_by_role("link", name="Rejected rows as CSV").click()
    assert download.value.suggested_filename.startswith("rejected-")
